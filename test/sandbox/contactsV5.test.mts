import type { JsonObject } from '../../nodes/shared/contract/index';
import { idOf, listAt, startWorld, type World } from './harness.mts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const create = (contact: JsonObject, more: JsonObject = {}) =>
	world.v5('POST', '/contacts', { contact, ...more });
const update = (id: string, revision: string, contact: JsonObject) =>
	world.v5('PATCH', `/contacts/${id}`, { contact: { revision, ...contact } });
const ada = () =>
	create({
		name: { first: 'Ada', last: 'Example' },
		email: { email: ' Ada@Example.com ' },
		additionalEmails: [{ email: 'ada@example.org' }],
		phone: { tag: 'MOBILE', phone: '207 555 0142' },
		company: { name: 'Example Ltd', jobTitle: 'Editor' },
		externalId: 'E-1',
	});
const infoOfV4 = async (id: string) => (await world.contacts('GET', `/${id}`)).at('contact.info');

describe('one store behind v4 and v5', () => {
	it('shows a contact made by v5 in the shape of v4, its address in lower case', async () => {
		const reply = await ada();
		expect(reply.status).toBe(200);
		expect(reply.at('contact.revision')).toBe('1');
		expect(reply.at('contact.email.email')).toBe('ada@example.com');
		const v4 = await world.contacts('GET', `/${idOf(reply)}`);
		expect(v4.body.contact).toMatchObject({
			revision: 1,
			primaryInfo: { email: 'ada@example.com', phone: '207 555 0142' },
			info: {
				name: { first: 'Ada', last: 'Example' },
				emails: { items: [{ primary: true }, { email: 'ada@example.org', primary: false }] },
				phones: { items: [{ tag: 'MOBILE', primary: true }] },
				company: 'Example Ltd',
				jobTitle: 'Editor',
			},
		});
		expect(v4.at('contact.externalId')).toBeUndefined();
	});

	it('shows a contact made by v4 in the shape of v5', async () => {
		const id = idOf(
			await world.contacts('POST', '', {
				info: {
					emails: { items: [{ email: 'ada@example.com', tag: 'WORK' }] },
					phones: { items: [{ phone: '207 555 0142', countryCode: 'US' }] },
					addresses: { items: [{ address: { addressLine: '1 Harbor Lane', city: 'Portland' } }] },
					extendedFields: { items: { 'custom.crm-id': 'EX-1' } },
				},
			}),
		);
		const reply = await world.v5('GET', `/contacts/${id}`);
		expect(reply.body.contact).toMatchObject({
			id,
			revision: '1',
			email: { email: 'ada@example.com', deliverabilityStatus: 'NOT_SET' },
			additionalEmails: [],
			phone: { tag: 'OTHER', phone: '207 555 0142', e164: '+12075550142' },
			addresses: [
				{
					tag: 'OTHER',
					defaultAddress: true,
					address: { addressLine1: '1 Harbor Lane', city: 'Portland' },
				},
			],
			extendedFields: { namespaces: { _user_fields: { crm_id: 'EX-1' } } },
		});
	});

	it('counts one revision for both', async () => {
		const id = idOf(await ada());
		const patched = await update(id, '1', { company: { name: 'Other' } });
		expect(patched.at('contact.revision')).toBe('2');
		expect(patched.at('contact.company')).toEqual({ name: 'Other', jobTitle: 'Editor' });
		const info = { jobTitle: 'Author' };
		expect((await world.contacts('PATCH', `/${id}`, { revision: 2, info })).status).toBe(200);
		expect((await update(id, '2', { locale: 'en-us' })).status).toBe(409);
	});
});

describe('update', () => {
	it('puts a new main address in the place of the old one and keeps the rest', async () => {
		const id = idOf(await ada());
		const before = await infoOfV4(id);
		const reply = await update(id, '1', { email: { email: 'new@example.com' } });
		expect(reply.at('contact.additionalEmails')).toEqual([{ email: 'ada@example.org' }]);
		expect(await infoOfV4(id)).toMatchObject({
			emails: { items: [{ email: 'new@example.com' }, { email: 'ada@example.org' }] },
			phones: (before as JsonObject).phones,
		});
	});

	it('loses what v4 holds beyond eleven addresses', async () => {
		const items = Array.from({ length: 13 }, (_, index) => ({ email: `a${index}@example.com` }));
		const id = idOf(await world.contacts('POST', '', { info: { emails: { items } } }));
		expect(
			listAt(await world.v5('GET', `/contacts/${id}`), 'contact.additionalEmails'),
		).toHaveLength(10);
		await update(id, '1', { name: { first: 'Ada' } });
		const kept = await world.contacts('GET', `/${id}`);
		expect(listAt(kept, 'contact.info.emails.items')).toHaveLength(13);
		await update(id, '2', { email: { email: 'new@example.com' } });
		const cut = await world.contacts('GET', `/${id}`);
		expect(listAt(cut, 'contact.info.emails.items')).toHaveLength(11);
	});

	it.each<[string, number, string | undefined, JsonObject]>([
		['another external id', 400, 'CANNOT_CHANGE_EXTERNAL_ID', { externalId: 'E-2' }],
		['the same address twice', 400, 'DUPLICATE_EMAIL', { email: { email: 'ada@example.org' } }],
		['no main address', 400, 'EMAIL_REQUIRED', { email: { email: '' } }],
		['a bare text for an address', 400, undefined, { email: 'new@example.com' }],
		[
			'eleven further addresses',
			400,
			undefined,
			{ additionalEmails: Array(11).fill({ email: 'x@example.com' }) },
		],
		['an unknown time zone', 400, 'INVALID_TIME_ZONE', { timeZone: 'Moon/Base' }],
		['a bare state', 400, undefined, { addresses: [{ address: { subdivision: 'ME' } }] }],
	])('refuses %s', async (_what, status, code, contact) => {
		const id = idOf(await ada());
		const reply = await update(id, '1', contact);
		expect(reply.status).toBe(status);
		expect(reply.code).toBe(code);
		expect((await world.v5('GET', `/contacts/${id}`)).at('contact.revision')).toBe('1');
	});

	it("refuses another main address for a member's contact, in any case of letters the same one passes", async () => {
		const member = await world.members('POST', '', { member: { loginEmail: 'ada@example.com' } });
		const id = String(member.at('member.contactId'));
		const { revision } = (await world.v5('GET', `/contacts/${id}`)).body.contact as JsonObject;
		const refused = await update(id, String(revision), { email: { email: 'new@example.com' } });
		expect([refused.status, refused.code]).toEqual([428, 'CANNOT_UPDATE_MEMBER_EMAIL']);
		const same = await update(id, String(revision), { email: { email: 'ADA@example.com' } });
		expect(same.status).toBe(200);
	});

	it('answers an old revision with 409 and the code that the switch names', async () => {
		const id = idOf(await ada());
		await update(id, '1', { locale: 'en-us' });
		expect((await update(id, '1', { locale: 'de-de' })).code).toBe('CONTACT_ALREADY_CHANGED');
		await world.wixControl('POST', '/behave', { v5ConflictCode: 'REVISION_MISMATCH' });
		const reply = await update(id, '1', { locale: 'de-de' });
		expect([reply.status, reply.code]).toEqual([409, 'REVISION_MISMATCH']);
		expect((await world.v5('PATCH', `/contacts/${id}`, { contact: {} })).status).toBe(400);
	});
});

describe('v4 bodies', () => {
	it('lose their addresses, or are refused by a switch', async () => {
		const body = { name: { first: 'Ada' }, emails: { items: [{ email: 'ada@example.com' }] } };
		const reply = await create(body);
		expect(reply.status).toBe(200);
		expect(reply.at('contact.email')).toBeUndefined();
		expect((await world.v5('POST', '/contacts', { info: body })).status).toBe(400);
		await world.wixControl('POST', '/behave', { v5ForeignLists: 'refused' });
		expect((await create(body)).status).toBe(400);
	});
});

describe('duplicates', () => {
	it.each<[string, JsonObject]>([
		['EXTERNAL_ID', { name: { first: 'B' }, externalId: 'E-1' }],
		['EMAIL', { email: { email: 'ADA@example.com' } }],
		['PHONE', { phone: { phone: '207 555 0142' } }],
		['EMAIL_AND_PHONE', { email: { email: 'ada@example.com' }, phone: { phone: '207 555 0142' } }],
	])('are found by %s, with the keys of v5', async (matchType, contact) => {
		const id = idOf(await ada());
		const reply = await create(contact);
		expect([reply.status, reply.code]).toEqual([409, 'DUPLICATE_CONTACT_EXISTS']);
		expect(reply.at('details.applicationError.data')).toEqual({ matchingContactId: id, matchType });
		expect((await create(contact, { allowDuplicates: true })).status).toBe(200);
	});

	it('are not found by further addresses, nor by a number when the addresses differ', async () => {
		await ada();
		expect((await create({ email: { email: 'ada@example.org' } })).status).toBe(200);
		const family = { email: { email: 'b@example.com' }, phone: { phone: '207 555 0142' } };
		expect((await create(family)).status).toBe(200);
	});

	it('Find Matching names them, the best first', async () => {
		const byPhone = idOf(await create({ phone: { phone: '1' } }));
		const byEmail = idOf(await create({ email: { email: 'ada@example.com' } }));
		const found = await world.v5('GET', '/contacts/find-matching?email=ada@example.com&phone=1');
		expect(listAt(found, 'contacts').map(({ id }) => id)).toEqual([byEmail, byPhone]);
		expect((await world.v5('GET', '/contacts/find-matching')).code).toBe('NO_IDENTIFIER_PROVIDED');
	});
});

describe('upsert', () => {
	const upsert = (contact: JsonObject, more: JsonObject = {}) =>
		world.v5('POST', '/contacts/upsert', { contact, ...more });

	it('creates, then updates what it finds', async () => {
		const first = await upsert({ email: { email: 'ada@example.com' }, locale: 'en-us' });
		expect(first.at('action')).toBe('CREATED');
		const second = await upsert({ email: { email: 'ada@example.com' }, locale: 'de-de' });
		expect(second.at('action')).toBe('UPDATED');
		expect(second.body.contact).toMatchObject({ id: idOf(first), revision: '2', locale: 'de-de' });
	});

	it('fills only what is empty with APPEND', async () => {
		await ada();
		const reply = await upsert(
			{ externalId: 'E-1', name: { first: 'Eve' }, locale: 'en-us' },
			{ upsertMode: 'APPEND' },
		);
		expect(reply.body.contact).toMatchObject({ name: { first: 'Ada' }, locale: 'en-us' });
	});

	it('adds an incoming main address to the further ones with OVERWRITE_APPEND_ARRAYS', async () => {
		await ada();
		const reply = await upsert(
			{ externalId: 'E-1', name: { first: 'Eve' }, email: { email: 'eve@example.com' } },
			{ upsertMode: 'OVERWRITE_APPEND_ARRAYS' },
		);
		expect(reply.body.contact).toMatchObject({
			name: { first: 'Eve', last: 'Example' },
			email: { email: 'ada@example.com' },
			additionalEmails: [{ email: 'ada@example.org' }, { email: 'eve@example.com' }],
		});
	});

	it("leaves a member's contact alone unless told otherwise", async () => {
		const member = await world.members('POST', '', { member: { loginEmail: 'ada@example.com' } });
		const contact = { email: { email: 'ada@example.com' }, locale: 'en-us' };
		const refused = await upsert(contact);
		expect([refused.status, refused.code]).toEqual([428, 'CANNOT_UPDATE_MEMBER']);
		expect(refused.at('details.applicationError.data.contactId')).toBe(
			member.at('member.contactId'),
		);
		expect((await upsert(contact, { updateMember: true })).at('action')).toBe('UPDATED');
	});
});

describe('delete', () => {
	it("takes a contact away, and a member's only together with the member", async () => {
		const member = await world.members('POST', '', { member: { loginEmail: 'ada@example.com' } });
		const path = `/contacts/${String(member.at('member.contactId'))}`;
		const shown = await world.v5('GET', path);
		expect(shown.at('contact.memberInfo')).toMatchObject({
			memberId: member.at('member.id') ?? '',
			status: 'ACTIVE',
			email: 'ada@example.com',
		});
		const refused = await world.v5('DELETE', path);
		expect([refused.status, refused.code]).toEqual([428, 'CANNOT_DELETE_MEMBER']);
		expect((await world.v5('DELETE', `${path}?deleteMember=true`)).status).toBe(200);
		expect((await world.v5('GET', path)).code).toBe('CONTACT_NOT_FOUND');
		expect((await world.members('GET', `/${idOf(member)}`)).status).toBe(404);
	});
});
