import type { JsonObject } from '../../nodes/shared/contract/index';
import { differences, fixture, listAtFixture, missing } from './fixtureShapes.mts';
import { listAt, pick, startWorld, type World } from './harness.mts';

const contacts = listAtFixture('wix/contacts-v4-list-response.json', 'contacts');
const members = listAtFixture('wix/members-query-response-full.json', 'members');
const users = listAtFixture('users/hub-users-page.json', 'users');

let world: World;
beforeAll(async () => {
	world = await startWorld();
	await world.wixControl('PUT', '/state', { contacts, members });
	await world.hubControl('PUT', '/state', { users: [...users, fixture('users/hub-user.json')] });
});
afterAll(() => world.close());

describe('shapes', () => {
	it('the comparison sees another kind and a lost key', () => {
		expect(differences({ a: [{ b: 1 }] }, { a: [{ b: '1' }] })).toEqual([
			'$.a[].b: string instead of number',
		]);
		expect(missing({ a: { b: 1, c: 1 } }, { a: { b: 2 } })).toEqual(['$.a.c']);
	});

	it.each<[string, 'contacts' | 'members' | 'users', string, string]>([
		['wix/contact-v4.json', 'contacts', 'GET', `/${String(contacts[0]?.id)}`],
		['wix/contacts-v4-list-response.json', 'contacts', 'GET', '?fieldsets=FULL'],
		['wix/contacts-v4-query-response.json', 'contacts', 'POST', '/query'],
		['wix/member-public-fieldset.json', 'members', 'GET', `/${String(members[0]?.id)}`],
		['users/hub-users-page.json', 'users', 'GET', ''],
		['users/hub-user.json', 'users', 'GET', '/7b1f0c52-3d0e-4f0a-9a55-0c1d2e3f4a51'],
	])('%s', async (file, api, method, path) => {
		const reply = await world[api](method, path, method === 'POST' ? {} : undefined);
		expect(reply.status).toBe(200);
		const expected = fixture(file);
		expect(differences(expected, reply.body)).toEqual([]);
		expect(missing(expected, reply.body)).toEqual([]);
	});

	it('wix/contacts-v4-query-page-toomany.json and …-query-empty.json', async () => {
		await world.wixControl('POST', '/behave', { tooManyToCount: true });
		const page = await world.contacts('POST', '/query', { query: { fieldsets: ['BASIC'] } });
		await world.wixControl('POST', '/behave', { tooManyToCount: false });
		const expected = fixture('wix/contacts-v4-query-page-toomany.json');
		expect(Object.keys(listAt(page, 'contacts')[0] ?? {})).toEqual(
			Object.keys((pick(expected, 'contacts[0]') ?? {}) as JsonObject),
		);
		expect(Object.keys(page.body.pagingMetadata as JsonObject)).toEqual(
			Object.keys(expected.pagingMetadata as JsonObject),
		);
		const none = await world.contacts('POST', '/query', { query: { filter: { id: 'nobody' } } });
		expect(none.body).toEqual(fixture('wix/contacts-v4-query-empty.json'));
	});

	it('keeps a phone-only contact and a member contact as the fixture has them', async () => {
		for (const index of [1, 2]) {
			const expected = contacts[index] ?? {};
			const reply = await world.contacts('GET', `/${String(expected.id)}`);
			const { info, ...rest } = expected as { info: JsonObject };
			expect(reply.body.contact).toMatchObject(rest);
			expect(pick(reply.body, 'contact.info.emails')).toEqual(info.emails);
			expect(pick(reply.body, 'contact.info.phones')).toEqual(info.phones);
			expect(pick(reply.body, 'contact.info.labelKeys')).toEqual(info.labelKeys);
		}
	});

	it('wix/labels-list-response.json and extended-fields-list-response.json', async () => {
		for (const [path, file] of [
			['labels', 'wix/labels-list-response.json'],
			['extended-fields', 'wix/extended-fields-list-response.json'],
		]) {
			const response = await fetch(`${world.sandbox.wixUrl}/contacts/v4/${path}`, {
				headers: { authorization: 'key', 'wix-site-id': 'site' },
			});
			const body = (await response.json()) as JsonObject;
			expect(differences(fixture(String(file)), body)).toEqual([]);
			expect(missing(fixture(String(file)), body)).toEqual([]);
		}
	});
});

describe('members', () => {
	const memberPath = `/${String(members[0]?.id)}`;
	let other: World;
	beforeAll(async () => {
		other = await startWorld();
		await other.wixControl('PUT', '/state', { contacts, members });
		// What a member shows of its contact is the contact's: the details come in by the member's own update.
		await other.members('PATCH', memberPath, { member: { contact: members[0]?.contact ?? {} } });
	});
	afterAll(() => other.close());

	it('wix/member.json', async () => {
		const reply = await other.members('GET', `${memberPath}?fieldsets=FULL`);
		const expected = fixture('wix/member.json');
		expect(differences(expected, reply.body)).toEqual([]);
		expect(missing(expected, reply.body)).toEqual([]);
		expect(reply.at('member.contact.emails')).toEqual(pick(expected, 'member.contact.emails'));
	});

	it('wix/members-query-response-full.json', async () => {
		const reply = await other.members('POST', '/query', { fieldsets: ['FULL'] });
		const expected = fixture('wix/members-query-response-full.json');
		expect(differences(expected, reply.body)).toEqual([]);
		expect(missing(expected, reply.body)).toEqual([]);
	});
});

describe('errors', () => {
	const memberContact = String(members[0]?.contactId);
	const firstContact = String(contacts[0]?.id);
	const patch = (id: string, revision: number, info: JsonObject) =>
		world.contacts('PATCH', `/${id}`, { revision, info });
	const emails = (email: string): JsonObject => ({ emails: { items: [{ email, primary: true }] } });

	it.each<[string, () => ReturnType<World['contacts']>]>([
		['wix/error-contact-not-found.json', () => world.contacts('GET', '/nobody')],
		['wix/error-revision-conflict.json', () => patch(firstContact, 1, { company: 'X' })],
		['wix/error-member-email-locked.json', () => patch(memberContact, 12, emails('x@example.com'))],
		['wix/error-delete-member-contact.json', () => world.contacts('DELETE', `/${memberContact}`)],
		[
			'wix/error-duplicate-contact-v4.json',
			() => world.contacts('POST', '', { info: emails('mira.okafor@example.com') }),
		],
		[
			'wix/error-validation.json',
			() => world.members('POST', '', { member: { loginEmail: 'nobody' } }),
		],
		[
			'wix/error-unsupported-filter.json',
			() => world.contacts('POST', '/query', { query: { filter: { 'info.nickname': 'x' } } }),
		],
	])('%s', async (file, call) => {
		const reply = await call();
		const { statusCode, body } = fixture(file);
		expect(reply.status).toBe(statusCode);
		expect(reply.code).toEqual(pick(body as JsonObject, 'details.applicationError.code'));
		expect(differences(body ?? null, reply.body)).toEqual([]);
		expect(missing(body ?? null, reply.body)).toEqual([]);
	});

	it('wix/error-429.json', async () => {
		await world.wixControl('POST', '/faults', { rate: 1, kinds: ['429'] });
		const reply = await world.contacts('GET', '');
		await world.wixControl('POST', '/faults', { rate: 0 });
		expect({ status: reply.status, body: reply.body }).toEqual({
			status: 429,
			body: fixture('wix/error-429.json').body,
		});
	});

	it('users/hub-error-conflict.json', async () => {
		const reply = await world.users('POST', '', { login: 'mira.holt' });
		const { status, body } = fixture('users/hub-error-conflict.json') as {
			status: number;
			body: JsonObject;
		};
		expect(reply.status).toBe(status);
		expect(Object.keys(reply.body)).toEqual(Object.keys(body));
		expect([reply.body.error, reply.body.error_field]).toEqual([body.error, body.error_field]);
	});

	it('takes the requests of the users fixtures', async () => {
		const create = fixture('users/hub-create-request.json');
		const created = await world.users('POST', '', create.body);
		expect(created.at('profile.email.email')).toBe('lena.brandt@example.net');
		const update = fixture('users/hub-update-request.json');
		const updated = await world.users(
			'POST',
			`/${String(created.at('id'))}?fields=profile/email/email`,
			update.body,
		);
		expect(updated.at('profile.email.email')).toBe('mira.h@example.com');
	});
});
