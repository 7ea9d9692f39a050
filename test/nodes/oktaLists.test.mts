import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { startProxy } from './proxy.mts';
import { idsOf, oktaId, oktaUser, oktaWorld } from './oktaRun.mts';

const { world, run, put, requests, answer, waits, through } = oktaWorld();

const all = async (filters = {}, more = {}) =>
	await run('getAll', { returnAll: true, filters }, undefined, more);

const numbered = (count: number, more: JsonObject = {}) =>
	Array.from({ length: count }, (_, index) => oktaUser(index, `p${index}@example.com`, more));

describe('which users', () => {
	beforeEach(async () => {
		await put([
			oktaUser('ada', 'ada@example.com', {
				lastUpdated: '2026-03-01T10:00:00.000Z',
				profile: { department: 'Sales' },
			}),
			oktaUser('bo', 'bo@example.com', {
				status: 'DEPROVISIONED',
				lastUpdated: '2026-03-01T12:00:00.000Z',
			}),
			oktaUser('cy', 'cy@example.com', {
				status: 'SUSPENDED',
				lastUpdated: '2026-03-02T12:00:00.000Z',
				profile: { department: 'sales' },
			}),
		]);
	});

	test.each<[string, JsonObject, string[]]>([
		['no filter', {}, ['ada', 'bo', 'cy']],
		['without deactivated ones', { includeDeactivated: false }, ['ada', 'cy']],
		['a filter', { filter: ' status eq "DEPROVISIONED" ' }, ['bo']],
		[
			'a search, which does not heed case',
			{ search: 'profile.department eq "SALES"' },
			['ada', 'cy'],
		],
		['changed ones', { updatedAfter: '2026-03-01T10:00:00.000Z' }, ['bo', 'cy']],
		['a time object', { updatedAfter: '={{ DateTime.utc(2026, 3, 2) }}' }, ['cy']],
		[
			'filter and time',
			{
				filter: 'status eq "ACTIVE" or status eq "SUSPENDED"',
				updatedAfter: '2026-03-02T00:00:00Z',
			},
			['cy'],
		],
		[
			'filter and search',
			{ search: 'profile.department pr', filter: 'status eq "ACTIVE" or status eq "STAGED"' },
			['ada'],
		],
		[
			'a search without deactivated ones',
			{ search: 'profile.login sw "login"', includeDeactivated: false },
			['ada', 'cy'],
		],
	])('%s', async (_what, filters, names) => {
		const done = await all(filters);
		expect(done.error).toBeUndefined();
		expect(idsOf(done)).toEqual(names.map(oktaId));
	});

	test('a time that is none is told by its label', async () => {
		const { error } = await all({ updatedAfter: 'soon' });
		expect(error?.message).toBe("The filter 'Updated After' is no date");
	});

	test('an expression that Okta does not read', async () => {
		const { error } = await all({ filter: 'profile.department eq "Sales"' });
		expect(error?.message).toContain('Okta does not understand the filter or search (HTTP 400');
		expect(error?.description).toMatch(/^Correct Filter or Search\./);
		expect((await requests()).total).toBe(1);
	});
});

describe('pages', () => {
	test('each user once, in calls of 200, with item links', async () => {
		await put(numbered(450));
		const done = await all();
		expect(new Set(idsOf(done)).size).toBe(450);
		expect(done.json).toHaveLength(450);
		expect(entryAt(done.items, 449).pairedItem).toEqual({ item: 0 });
		expect(await requests()).toMatchObject({ total: 3, writes: 0 });
	});

	test('a full last page that names another one', async () => {
		await put(numbered(200));
		await world().okta.behave({ nextOnFullLastPage: true });
		expect((await all()).json).toHaveLength(200);
		expect((await requests()).total).toBe(2);
	});

	test('up to a limit', async () => {
		await put(numbered(10));
		const done = await run('getAll', { returnAll: false, limit: 3 });
		expect(done.json).toHaveLength(3);
		expect((await requests()).total).toBe(1);
	});

	test('the query of the next page is sent as it came', async () => {
		await put([]);
		const query = 'after=a%2Bb%3D%3D%20c%2C%22&limit=200&filter=x%20gt%20%22y%22';
		await answer({
			status: 200,
			body: [{ id: 'u1' }],
			headers: {
				Link: `<https://a.example/api/v1/users?limit=200>; rel="self", <https://a.example/api/v1/users?${query}>; rel="next"`,
			},
		});
		const urls: string[] = [];
		await through(
			({ url }) => void urls.push(url),
			async () => await all(),
		);
		expect(urls[1]).toBe(`/api/v1/users?${query}`);
	});

	test.each([
		['another host', (host: string) => `${host}/api/v1/users?after=x`],
		['another host below a path', (host: string) => `${host}/okta/api/v1/users?after=x`],
		['another host, without a scheme', (host: string) => `${host.slice(5)}/api/v1/users?after=x`],
	])('a next page at %s is asked of Okta alone', async (_what, linkTo) => {
		await put(numbered(2));
		const stranger = await startProxy(world().sandbox.oktaUrl, () => ({ status: 200, body: '[]' }));
		const headers = { link: `<${linkTo(stranger.url)}>; rel="next"` };
		await answer({ status: 200, body: [oktaUser('ada', 'ada@example.com')], headers });
		await answer({ status: 200, body: [oktaUser('bo', 'bo@example.com')] });
		const done = await all();
		await stranger.close();
		expect(idsOf(done)).toEqual([oktaId('ada'), oktaId('bo')]);
		expect(stranger.calls).toEqual([]);
	});

	test.each(['https://a.example/login', '/api/v1/groups?after=x', '/api/v1/users', ''])(
		'a next page that is none of users (%p) does not end the list in silence',
		async (target) => {
			const headers = { link: `<${target}>; rel="next"` };
			await answer({ status: 200, body: [{ id: 'u1' }], headers });
			const { error } = await all();
			expect(error?.message).toContain('The answer of Okta was cut off');
		},
	);

	test('what was read before a page failed comes out where errors stay with the items', async () => {
		await put(numbered(450));
		await answer({ status: 403, body: { errorCode: 'E0000006', errorSummary: 'No' }, skip: 1 });
		const done = await all({}, { onError: 'continueRegularOutput' });
		expect(done.json).toHaveLength(201);
		expect(entryAt(done.json, 200).error).toContain('After 200 users: Okta does not permit this');
	});

	test('a server that refuses the first expression for all users is asked by their status', async () => {
		await put([
			oktaUser('ada', 'ada@example.com'),
			oktaUser('bo', 'bo@example.com', { status: 'DEPROVISIONED' }),
		]);
		await answer({ status: 400, body: { errorCode: 'E0000031', errorSummary: 'No' } });
		const done = await all();
		expect(done.error).toBeUndefined();
		expect(idsOf(done)).toEqual([oktaId('ada'), oktaId('bo')]);
	});

	test('a credential that sees no address is told before anything is planned', async () => {
		const hidden = ['ada', 'bo'].map((name) => ({ id: oktaId(name), profile: { login: name } }));
		await put(hidden);
		const { error } = await all();
		expect(error?.message).toContain('Okta shows no address of any user');
		const some = await all({ filter: `id eq "${oktaId('ada')}"` });
		expect(idsOf(some)).toEqual([oktaId('ada')]);
	});
});

describe('pace', () => {
	const spent = (reset: number, more: JsonObject = {}): JsonObject => ({
		'x-rate-limit-limit': '600',
		'x-rate-limit-remaining': '0',
		'x-rate-limit-reset': String(reset),
		...more,
	});
	/** By the server's clock, an hour ahead of the test's. */
	const date = 'Mon, 23 Nov 2026 11:00:00 GMT';
	const inSeconds = (seconds: number) => Date.parse(date) / 1000 + seconds;

	test('goes on without a pause while there is something left', async () => {
		await put(numbered(450));
		await all();
		expect(waits()).toEqual([]);
	});

	test('when nothing is left the next call waits until the limit begins anew, by the server’s clock', async () => {
		await put(numbered(450));
		const next = `<https://a.example/api/v1/users?limit=200&filter=status%20eq%20%22ACTIVE%22>; rel="next"`;
		await answer({
			status: 200,
			body: [{ id: 'u1', profile: { email: 'u1@example.com' } }],
			headers: spent(inSeconds(42), { date, link: next }),
		});
		const done = await all();
		expect(done.json).toHaveLength(451);
		expect(waits()).toEqual([43_000]);
	});

	test('without a date, by the own clock; after a limit that has begun already, a second', async () => {
		await put(numbered(1));
		await world().okta.behave({ omitDate: true });
		const own = Date.parse('2026-11-23T10:00:00.000Z') / 1000;
		await answer({ status: 429, body: { errorCode: 'E0000047' }, headers: spent(own + 7) });
		expect((await all()).json).toHaveLength(1);
		expect(waits()).toEqual([8_000]);
		await answer({ status: 429, body: { errorCode: 'E0000047' }, headers: spent(own - 600) });
		expect((await all()).json).toHaveLength(1);
		expect(waits()).toEqual([8_000, 1_000]);
	});

	test('a 429 without any header is met with waits of our own', async () => {
		await put(numbered(1));
		await world().okta.behave({ rateLimitHeaders: false });
		await answer({ status: 429, body: { errorCode: 'E0000047' }, times: 2 });
		expect((await all()).json).toHaveLength(1);
		expect(waits()).toEqual([2_000, 8_000]);
	});

	test('a write that was refused by the limit is made once', async () => {
		await put([oktaUser('ada', 'old@example.com')]);
		await answer({
			method: 'POST',
			status: 429,
			body: { errorCode: 'E0000047' },
			headers: spent(inSeconds(5), { date }),
		});
		const { error } = await run('update', {
			userId: { __rl: true, mode: 'id', value: oktaId('ada') },
			updateFields: { email: 'new@example.com' },
		});
		expect(error).toBeUndefined();
		expect(waits()).toEqual([6_000]);
		expect((await requests()).writes).toBe(2);
	});
});
