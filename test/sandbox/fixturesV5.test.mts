import type { JsonObject } from '../../nodes/shared/contract/index';
import { differences, fixture, listAtFixture, missing } from './fixtureShapes.mts';
import { listAt, pick, send, startWorld, type World } from './harness.mts';

const contacts = listAtFixture('wix/contacts-v4-list-response.json', 'contacts');
const members = listAtFixture('wix/members-query-response-full.json', 'members');
const onlyInV5 = ['externalId', 'timeZone', 'tags'];
const expectedV5 = pick(fixture('wix/contact-v5.json'), 'contact') as JsonObject;
const first = {
	...contacts[0],
	...Object.fromEntries(onlyInV5.map((key) => [key, expectedV5[key] ?? null])),
};
const id = String(contacts[0]?.id);
/** Ids of an activity's text: no part of what the sandbox keeps. */
const notKept = 'lastActivity.templateId';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() =>
	world.wixControl('PUT', '/state', { contacts: [first, ...contacts.slice(1)], members }),
);

describe('shapes of contacts v5, of contacts that came by v4', () => {
	it('wix/contact-v5.json', async () => {
		const reply = await world.v5('GET', `/contacts/${id}`);
		const expected = fixture('wix/contact-v5.json');
		expect(differences(expected, reply.body)).toEqual([]);
		expect(missing(expected, reply.body)).toEqual([`$.contact.${notKept}`]);
		expect(reply.at('contact.extendedFields.namespaces._user_fields.crm_id')).toBe(
			pick(expected, 'contact.extendedFields.namespaces._user_fields.crm_id'),
		);
	});

	it('wix/contact-v5-upsert-response.json', async () => {
		const contact = { externalId: expectedV5.externalId ?? '', locale: 'en-us' };
		const reply = await world.v5('POST', '/contacts/upsert', { contact });
		const expected = fixture('wix/contact-v5-upsert-response.json');
		expect(differences(expected, reply.body)).toEqual([]);
		expect(missing(expected, reply.body)).toEqual([`$.contact.${notKept}`]);
		expect(reply.at('action')).toBe(expected.action);
	});

	it('wix/contacts-v5-query-response.json, a lead and a member', async () => {
		const reply = await world.v5('POST', '/contacts/query', {
			query: { cursorPaging: { limit: 2 } },
		});
		const expected = fixture('wix/contacts-v5-query-response.json');
		const metadata = expected.pagingMetadata ?? null;
		expect(differences(metadata, reply.body.pagingMetadata ?? null)).toEqual([]);
		expect(missing(metadata, reply.body.pagingMetadata ?? null)).toEqual([]);
		const wanted = listAtFixture('wix/contacts-v5-query-response.json', 'contacts');
		const ids = wanted.map((contact) => contact.id ?? null);
		const found = await world.v5('POST', '/contacts/query', {
			query: { filter: { id: { $in: ids } } },
		});
		const shown = listAt(found, 'contacts');
		expect(shown).toHaveLength(2);
		for (const contact of wanted) {
			const other = shown.find((entry) => entry.id === contact.id) ?? null;
			expect(differences(contact, other)).toEqual([]);
			expect(missing(contact, other).filter((path) => path !== `$.${notKept}`)).toEqual([]);
		}
	});

	it('wix/error-duplicate-contact-v5.json', async () => {
		const contact = { email: { email: 'mira.okafor@example.com' } };
		const reply = await world.v5('POST', '/contacts', { contact });
		const { statusCode, body = null } = fixture('wix/error-duplicate-contact-v5.json');
		expect(reply.status).toBe(statusCode);
		expect(differences(body, reply.body)).toEqual([]);
		expect(missing(body, reply.body)).toEqual([]);
	});

	it('wix/sites-query-response.json and error-403-empty.json', async () => {
		const sites = (account: string) =>
			send(
				'POST',
				`${world.sandbox.wixUrl}/site-list/v2/sites/query`,
				{ authorization: 'key', 'wix-account-id': account },
				{},
			);
		const reply = await sites('any');
		const expected = fixture('wix/sites-query-response.json');
		expect(differences(expected, reply.body)).toEqual([]);
		expect(missing(expected, reply.body)).toEqual([]);
		const refused = await sites('wrong-account');
		const { statusCode, body } = fixture('wix/error-403-empty.json');
		expect({ statusCode: refused.status, body: refused.text }).toEqual({ statusCode, body });
		expect(refused.headers.get('x-wix-request-id')).toMatch(/^\d+\.\d+$/);
	});
});
