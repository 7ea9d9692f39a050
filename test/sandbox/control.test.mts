import { idOf, listAt } from './harness.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';

const world = freshWorld({ people: 20, seed: 3 });

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
		await world().wixControl('PUT', '/state', {
			contacts,
			members: [{ loginEmail: 'li@example.com' }],
		});
		const state = await world().wixControl('GET', '/state');
		const ids = listAt(state, 'contacts').map(({ id }) => id);
		expect(ids).toEqual(['a', expect.any(String), 'n', 'l', 'm', 'e', expect.any(String)]);
		expect(state.at('contacts[2].primaryInfo.email')).toBe(42);
		expect(state.at('contacts[3].primaryInfo.email')).toEqual(['x@example.com']);
		expect(state.at('members[0].contactId')).toBe(ids[6]);
		expect(state.at('contacts[6].info.extendedFields.items')).toMatchObject({
			'members.membershipStatus': 'APPROVED',
		});
		expect((await world().contacts('GET', '/n')).at('contact.primaryInfo.email')).toBe(42);
		const query = await world().contacts('POST', '/query', {
			query: { filter: { 'primaryInfo.email': 'same@example.com' } },
		});
		expect(listAt(query, 'contacts').map(({ id }) => id)).toEqual(ids.slice(0, 2));
	});

	it('can be put back as it was read', async () => {
		const before = await world().wixControl('GET', '/state');
		await world().wixControl('PUT', '/state', before.body);
		expect((await world().wixControl('GET', '/state')).body).toEqual(before.body);
		const users = await world().hubControl('GET', '/state');
		await world().hubControl('PUT', '/state', users.body);
		expect((await world().hubControl('GET', '/state')).body).toEqual(users.body);
	});

	it('takes users in any shape and gives ids where they are missing', async () => {
		await world().hubControl('PUT', '/state', {
			users: [
				{ login: 'flat', profile: { email: 'flat@example.com' } },
				{ id: 'n', profile: { email: { email: 7 } } },
			],
		});
		const state = await world().hubControl('GET', '/state');
		expect(state.at('users[0]')).toMatchObject({
			id: expect.any(String),
			name: 'flat',
			profile: { email: 'flat@example.com' },
		});
		expect((await world().users('GET', '/n')).at('profile.email.email')).toBe(7);
	});

	it('lists nobody when everybody is taken away', async () => {
		await world().hubControl('PUT', '/state', { users: [] });
		await world().wixControl('PUT', '/state', { contacts: [] });
		expect(listAt(await world().users('GET', ''), 'users')).toEqual([]);
		expect(listAt(await world().contacts('GET', ''), 'contacts')).toEqual([]);
		expect((await world().users('GET', '/me')).at('login')).toBe('sync.service');
	});
});

describe('counts, limits, reset', () => {
	it('counts calls by route, writes, and bytes of bodies; not the control calls', async () => {
		const body = { info: { name: { first: 'Ada' } } };
		const created = await world().contacts('POST', '', body);
		const queried = await world().contacts('POST', '/query', {});
		const read = await world().contacts('GET', `/${idOf(created)}?fieldsets=BASIC`);
		const lost = await world().contacts('DELETE', '/nobody');
		await world().wixControl('GET', '/state');
		expect((await world().wixControl('GET', '/requests')).body).toEqual({
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
		const user = listAt(await world().users('GET', '?$top=1'), 'users')[0] ?? {};
		await world().users('POST', `/${String(user.id)}`, { name: 'X' });
		await fetch(`${world().sandbox.youTrackUrl}/youtrack/hub/api/rest/users/me`);
		expect((await world().hubControl('GET', '/requests')).body).toMatchObject({
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
		await world().wixControl('POST', '/limits', { requestsPerMinute: 2 });
		const replies = [];
		for (let call = 0; call < 3; call++)
			replies.push(await world().contacts('GET', '?paging.limit=1'));
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
		const wait = Number(replies[2]?.headers.get('retry-after'));
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(60);
		await world().wixControl('POST', '/limits', { requestsPerMinute: 0 });
		expect((await world().contacts('GET', '?paging.limit=1')).status).toBe(200);
		expect((await world().wixControl('POST', '/limits', {})).status).toBe(400);
	});

	it('resets to the seed people, with everything off', async () => {
		const before = await world().wixControl('GET', '/state');
		await world().wixControl('PUT', '/state', { contacts: [] });
		await world().wixControl('POST', '/faults', { rate: 1, kinds: ['500'] });
		await world().wixControl('POST', '/limits', { requestsPerMinute: 1 });
		await world().wixControl('POST', '/behave', { htmlPage: true });
		await world().contacts('GET', '');
		await world().wixControl('POST', '/reset', {});
		expect((await world().wixControl('GET', '/requests')).body).toMatchObject({
			total: 0,
			byRoute: {},
			bytesOut: 0,
		});
		expect((await world().wixControl('GET', '/state')).body).toEqual(before.body);
		for (let call = 0; call < 2; call++)
			expect((await world().contacts('GET', '')).status).toBe(200);
	});

	it('answers wrong control calls with 400 and 404', async () => {
		expect((await world().wixControl('POST', '/nowhere', {})).status).toBe(404);
		expect((await world().wixControl('PUT', '/state', { contacts: [1] })).status).toBe(400);
		expect((await world().hubControl('PUT', '/state', { users: 'all' })).status).toBe(400);
		expect((await world().wixControl('POST', '/faults', { rate: 2 })).status).toBe(400);
		expect(
			(await world().wixControl('POST', '/faults', { rate: 1, kinds: ['flood'] })).status,
		).toBe(400);
		expect((await world().wixControl('POST', '/behave', { queryLag: 3 })).body.error).toContain(
			'queryLagMs',
		);
		expect((await world().wixControl('POST', '/behave', { htmlPage: 'yes' })).status).toBe(400);
		expect((await world().wixControl('POST', '/behave', { duplicateStatus: 500 })).status).toBe(
			400,
		);
	});
});
