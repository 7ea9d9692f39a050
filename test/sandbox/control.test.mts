import { idOf, listAt, startWorld, type World } from './harness.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';

let world: World;
beforeAll(async () => {
	world = await startWorld({ people: 20, seed: 3 });
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.wixControl('POST', '/reset', {});
	await world.hubControl('POST', '/reset', {});
});

const wixEdit = (id: string, path: string, value: JsonValue) =>
	world.wixControl('POST', '/edit', { id, path, value });
const hubEdit = (id: string, path: string, value: JsonValue) =>
	world.hubControl('POST', '/edit', { id, path, value });

describe('state', () => {
	it("replaces everything, outside the rules, in the API's own shape", async () => {
		const contacts: JsonObject[] = [
			{ id: 'a', primaryInfo: { email: 'same@example.com' } },
			{ primaryInfo: { email: 'same@example.com' } },
			{ id: 'n', info: { emails: { items: [{ email: 42 }] } } },
			{ id: 'l', info: { emails: { items: [{ email: ['x@example.com'] }] } } },
			{ id: 'm', info: { emails: { items: [{ email: `${'x'.repeat(400)}@example.com` }] } } },
			{ id: 'e', info: { name: { first: 'E' } } },
		];
		await world.wixControl('PUT', '/state', {
			contacts,
			members: [{ loginEmail: 'li@example.com' }],
		});
		const state = await world.wixControl('GET', '/state');
		const ids = listAt(state, 'contacts').map(({ id }) => id);
		expect(ids).toEqual(['a', expect.any(String), 'n', 'l', 'm', 'e', expect.any(String)]);
		expect(state.at('contacts[2].primaryInfo.email')).toBe(42);
		expect(state.at('contacts[3].primaryInfo.email')).toEqual(['x@example.com']);
		expect(state.at('members[0].contactId')).toBe(ids[6]);
		expect(state.at('contacts[6].info.extendedFields.items')).toMatchObject({
			'members.membershipStatus': 'APPROVED',
		});
		expect((await world.contacts('GET', '/n')).at('contact.primaryInfo.email')).toBe(42);
		const query = await world.contacts('POST', '/query', {
			query: { filter: { 'primaryInfo.email': 'same@example.com' } },
		});
		expect(listAt(query, 'contacts').map(({ id }) => id)).toEqual(ids.slice(0, 2));
	});

	it('can be put back as it was read', async () => {
		const before = await world.wixControl('GET', '/state');
		await world.wixControl('PUT', '/state', before.body);
		expect((await world.wixControl('GET', '/state')).body).toEqual(before.body);
		const users = await world.hubControl('GET', '/state');
		await world.hubControl('PUT', '/state', users.body);
		expect((await world.hubControl('GET', '/state')).body).toEqual(users.body);
	});

	it('takes users in any shape and gives ids where they are missing', async () => {
		await world.hubControl('PUT', '/state', {
			users: [
				{ login: 'flat', profile: { email: 'flat@example.com' } },
				{ id: 'n', profile: { email: { email: 7 } } },
			],
		});
		const state = await world.hubControl('GET', '/state');
		expect(state.at('users[0]')).toMatchObject({
			id: expect.any(String),
			name: 'flat',
			profile: { email: 'flat@example.com' },
		});
		expect((await world.users('GET', '/n')).at('profile.email.email')).toBe(7);
	});

	it('lists nobody when everybody is taken away', async () => {
		await world.hubControl('PUT', '/state', { users: [] });
		await world.wixControl('PUT', '/state', { contacts: [] });
		expect(listAt(await world.users('GET', ''), 'users')).toEqual([]);
		expect(listAt(await world.contacts('GET', ''), 'contacts')).toEqual([]);
		expect((await world.users('GET', '/me')).at('login')).toBe('sync.service');
	});
});

describe('edits in Wix', () => {
	const one = async (email: string | null, more: JsonObject[] = []) => {
		const items =
			email === null ? [] : [{ id: 'first', tag: 'WORK', email, primary: true }, ...more];
		await world.wixControl('PUT', '/state', {
			contacts: [{ id: 'a', revision: 4, info: { name: { first: 'Ada' }, emails: { items } } }],
		});
	};

	it('types over the primary address in place', async () => {
		await one('ada@example.com', [{ id: 'other', email: 'other@example.com' }]);
		const reply = await wixEdit('a', 'primaryInfo.email', 'new@example.com');
		expect(reply.body).toMatchObject({
			id: 'a',
			revision: 5,
			primaryInfo: { email: 'new@example.com' },
			info: {
				emails: {
					items: [{ id: 'first', tag: 'WORK', email: 'new@example.com' }, { id: 'other' }],
				},
			},
		});
		expect(String(reply.body.updatedDate) > String(reply.body.createdDate)).toBe(true);
		expect((await world.contacts('GET', '/a')).body.contact).toEqual(reply.body);
	});

	it('moves the primary flag to an address that is there already', async () => {
		await one('ada@example.com', [{ id: 'other', email: 'other@example.com' }]);
		const reply = await wixEdit('a', 'primaryInfo.email', 'Other@example.com');
		expect(reply.at('info.emails.items')).toMatchObject([
			{ id: 'first', email: 'ada@example.com', primary: false },
			{ id: 'other', email: 'other@example.com', primary: true },
		]);
	});

	it.each([[''], [null]])('empties the primary address with %j', async (value) => {
		await one('ada@example.com');
		expect((await wixEdit('a', 'primaryInfo.email', value)).at('info.emails')).toEqual({});
	});

	it('adds the first address, and edits other parts by path', async () => {
		await one(null);
		expect(
			(await wixEdit('a', 'primaryInfo.email', 'new@example.com')).at('info.emails.items[0]'),
		).toMatchObject({
			email: 'new@example.com',
			primary: true,
		});
		expect((await wixEdit('a', 'info.name.first', 'Augusta')).at('info.name.first')).toBe(
			'Augusta',
		);
		const listed = await wixEdit('a', 'info.emails.items[0].email', 'third@example.com');
		expect(listed.at('primaryInfo.email')).toBe('third@example.com');
		expect((await wixEdit('a', 'info.emails.items', [])).at('primaryInfo')).toBeUndefined();
	});

	it("changes a member's login with its contact, and the reverse", async () => {
		await world.wixControl('PUT', '/state', {
			members: [{ id: 'm', loginEmail: 'li@example.com' }],
		});
		const contactId = String((await world.members('GET', '/m')).at('member.contactId'));
		const login = () => world.members('GET', '/m?fieldsets=FULL');
		const primary = async () =>
			(await world.contacts('GET', `/${contactId}`)).at('contact.primaryInfo.email');
		await wixEdit('m', 'loginEmail', 'new@example.com');
		expect([(await login()).at('member.loginEmail'), await primary()]).toEqual([
			'new@example.com',
			'new@example.com',
		]);
		await wixEdit(contactId, 'primaryInfo.email', 'third@example.com');
		expect([(await login()).at('member.loginEmail'), await primary()]).toEqual([
			'third@example.com',
			'third@example.com',
		]);
		expect((await wixEdit(contactId, 'primaryInfo.email', null)).status).toBe(400);
		const membership = async (status: string) => {
			await wixEdit('m', 'status', status);
			const fields = (await world.contacts('GET', `/${contactId}`)).at(
				'contact.info.extendedFields.items',
			);
			return (fields as JsonObject)['members.membershipStatus'];
		};
		expect(await membership('PENDING')).toBe('PENDING');
		expect(await membership('BLOCKED')).toBe('DENIED');
		expect(await membership('OFFLINE')).toBe('INACTIVE');
	});

	it('refuses unknown ids and what nobody can edit', async () => {
		await one('ada@example.com');
		expect((await wixEdit('nobody', 'primaryInfo.email', 'x@example.com')).status).toBe(404);
		expect((await wixEdit('a', 'revision', 9)).status).toBe(400);
		expect((await wixEdit('a', 'info.__proto__.x', 9)).status).toBe(400);
		expect((await world.wixControl('POST', '/edit', { path: 'info.company' })).status).toBe(400);
	});
});

describe('edits in YouTrack', () => {
	beforeEach(() =>
		world.hubControl('PUT', '/state', {
			users: [
				{
					id: 'u',
					profile: {
						email: { type: 'EmailJSON', email: 'ada@example.com', verified: true },
						locale: { language: 'en' },
					},
				},
				{ id: 'n', profile: {} },
				{ id: 's', profile: { email: 'flat@example.com' } },
			],
		}),
	);

	it('types over the address and leaves it as verified as it was', async () => {
		for (const path of ['profile.email.email', 'profile.email']) {
			const reply = await hubEdit('u', path, `${path.length}@example.com`);
			expect(reply.at('profile')).toEqual({
				email: { type: 'EmailJSON', email: `${path.length}@example.com`, verified: true },
				locale: { language: 'en' },
			});
		}
		expect(
			(await hubEdit('n', 'profile.email.email', 'n@example.com')).at('profile.email'),
		).toEqual({
			type: 'EmailJSON',
			email: 'n@example.com',
			verified: false,
		});
		expect((await hubEdit('s', 'profile.email', 's@example.com')).at('profile.email')).toBe(
			's@example.com',
		);
		expect((await hubEdit('u', 'profile.email.email', '')).at('profile.email')).toBeUndefined();
	});

	it('edits name and ban, and answers 404 for nobody', async () => {
		expect((await hubEdit('u', 'name', 'Ada')).at('name')).toBe('Ada');
		expect((await hubEdit('u', 'banned', true)).at('banned')).toBe(true);
		expect((await hubEdit('nobody', 'name', 'x')).status).toBe(404);
		expect((await hubEdit('u', 'id', 'x')).status).toBe(400);
	});
});

describe('deletes and merges as a person makes them', () => {
	it('deletes a contact with its member, and a user', async () => {
		await world.wixControl('PUT', '/state', {
			members: [{ id: 'm', loginEmail: 'li@example.com', contactId: 'c' }],
		});
		expect((await world.wixControl('POST', '/delete', { id: 'c' })).status).toBe(200);
		expect((await world.wixControl('GET', '/state')).body).toEqual({ contacts: [], members: [] });
		expect((await world.wixControl('POST', '/delete', { id: 'c' })).status).toBe(404);
		await world.hubControl('PUT', '/state', { users: [{ id: 'u' }] });
		expect((await world.hubControl('POST', '/delete', { id: 'u' })).status).toBe(200);
		expect((await world.users('GET', '/u')).status).toBe(404);
	});

	it('merges contacts and users', async () => {
		await world.wixControl('PUT', '/state', { contacts: [{ id: 'a' }, { id: 'b' }] });
		await world.wixControl('POST', '/merge', { targetId: 'a', sourceIds: ['b'] });
		expect((await world.contacts('GET', '/b')).at('responseType')).toBe('MERGED');
		await world.hubControl('PUT', '/state', { users: [{ id: 'a' }, { id: 'b' }] });
		await world.hubControl('POST', '/merge', { targetId: 'a', sourceIds: ['b'] });
		expect(idOf(await world.users('GET', '/b'))).toBe('a');
		expect(
			(await world.hubControl('POST', '/merge', { targetId: 'x', sourceIds: ['b'] })).status,
		).toBe(404);
		expect(
			(await world.wixControl('POST', '/merge', { targetId: 'a', sourceIds: [] })).status,
		).toBe(400);
	});
});

describe('counts, limits, reset', () => {
	it('counts calls by route, writes, and bytes of bodies; not the control calls', async () => {
		const body = { info: { name: { first: 'Ada' } } };
		const created = await world.contacts('POST', '', body);
		const queried = await world.contacts('POST', '/query', {});
		const read = await world.contacts('GET', `/${idOf(created)}?fieldsets=BASIC`);
		const lost = await world.contacts('DELETE', '/nobody');
		await world.wixControl('GET', '/state');
		expect((await world.wixControl('GET', '/requests')).body).toEqual({
			total: 4,
			writes: 2,
			byRoute: {
				'POST /contacts/v4/contacts': 1,
				'POST /contacts/v4/contacts/query': 1,
				'GET /contacts/v4/contacts/:id': 1,
				'DELETE /contacts/v4/contacts/:id': 1,
			},
			bytesIn: JSON.stringify(body).length + 2,
			bytesOut: [created, queried, read, lost].reduce(
				(sum, { text }) => sum + Buffer.byteLength(text),
				0,
			),
		});
	});

	it('counts an update of a user as a write, also below a context path', async () => {
		const user = listAt(await world.users('GET', '?$top=1'), 'users')[0] ?? {};
		await world.users('POST', `/${String(user.id)}`, { name: 'X' });
		await fetch(`${world.sandbox.youTrackUrl}/youtrack/hub/api/rest/users/me`);
		expect((await world.hubControl('GET', '/requests')).body).toMatchObject({
			total: 3,
			writes: 1,
			byRoute: {
				'GET /hub/api/rest/users': 1,
				'POST /hub/api/rest/users/:id': 1,
				'GET /hub/api/rest/users/me': 1,
			},
		});
	});

	it('answers 429 with Retry-After beyond the limit of a minute', async () => {
		await world.wixControl('POST', '/limits', { requestsPerMinute: 2 });
		const replies = [];
		for (let call = 0; call < 3; call++)
			replies.push(await world.contacts('GET', '?paging.limit=1'));
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
		const wait = Number(replies[2]?.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(60);
		await world.wixControl('POST', '/limits', { requestsPerMinute: 0 });
		expect((await world.contacts('GET', '?paging.limit=1')).status).toBe(200);
		expect((await world.wixControl('POST', '/limits', {})).status).toBe(400);
	});

	it('resets to the seed people, with everything off', async () => {
		const before = await world.wixControl('GET', '/state');
		await world.wixControl('PUT', '/state', { contacts: [] });
		await world.wixControl('POST', '/faults', { rate: 1, kinds: ['500'] });
		await world.wixControl('POST', '/limits', { requestsPerMinute: 1 });
		await world.wixControl('POST', '/behave', { htmlPage: true });
		await world.contacts('GET', '');
		await world.wixControl('POST', '/reset', {});
		expect((await world.wixControl('GET', '/requests')).body).toMatchObject({
			total: 0,
			byRoute: {},
			bytesOut: 0,
		});
		expect((await world.wixControl('GET', '/state')).body).toEqual(before.body);
		for (let call = 0; call < 2; call++) expect((await world.contacts('GET', '')).status).toBe(200);
	});

	it('answers wrong control calls with 400 and 404', async () => {
		expect((await world.wixControl('POST', '/nowhere', {})).status).toBe(404);
		expect((await world.wixControl('PUT', '/state', { contacts: [1] })).status).toBe(400);
		expect((await world.hubControl('PUT', '/state', { users: 'all' })).status).toBe(400);
		expect((await world.wixControl('POST', '/faults', { rate: 2 })).status).toBe(400);
		expect((await world.wixControl('POST', '/faults', { rate: 1, kinds: ['flood'] })).status).toBe(
			400,
		);
		expect((await world.wixControl('POST', '/behave', { queryLag: 3 })).body.error).toContain(
			'queryLagMs',
		);
		expect((await world.wixControl('POST', '/behave', { htmlPage: 'yes' })).status).toBe(400);
		expect((await world.wixControl('POST', '/behave', { duplicateStatus: 500 })).status).toBe(400);
	});
});
