import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { largestPage } from '../../nodes/TargetUsers/systems/hub/users';
import type { Passing } from './proxy.mts';
import { crowd, crowdId, ids, user, youTrackWorld } from './youTrackWorld.mts';

const { hub, put, run, through } = youTrackWorld();

const queryOf = ({ url }: Passing) => new URL(url, 'http://x').searchParams;
const isPage = ({ method, url }: Passing) => method === 'GET' && /\/users\?/.test(url);
const listAll = async () => await run('getAll', { returnAll: true });

/** [$skip, $top] of each page that was asked for, and what came of it. */
async function pagesOf(read: typeof listAll, before?: (call: Passing) => Promise<unknown>) {
	return await through(
		async (call) => {
			if (isPage(call)) await before?.(call);
		},
		async (proxy) => {
			const done = await read();
			const pages = proxy.calls.filter(isPage).map(queryOf);
			const windows = pages.map((query) => [Number(query.get('$skip')), Number(query.get('$top'))]);
			return { ...done, pages, windows };
		},
	);
}

describe('a listing over several pages', () => {
	test('each page begins with the last user of the one before; ordered by id, the total asked flat', async () => {
		await put([...crowd(700), user('zguest', undefined, { guest: true })]);
		const { json, items, error, windows, pages } = await pagesOf(listAll);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(crowd(700).map(({ id }) => id));
		expect(entryAt(items, 699).pairedItem).toEqual({ item: 0 });
		expect(windows).toEqual([
			[0, largestPage],
			[largestPage - 1, largestPage + 1],
			[2 * largestPage - 1, largestPage + 1],
		]);
		for (const query of pages) {
			expect(query.get('orderBy')).toBe('id');
			expect(query.get('fields')).toMatch(/^total,id,/);
		}
	});

	test('as many calls as pages of the maximum, and one that asks whom the token acts for', async () => {
		await put(crowd(10_000));
		expect((await listAll()).json).toHaveLength(10_000);
		const { byRoute, total, writes } = await hub().requests();
		expect(byRoute['GET /hub/api/rest/users']).toBe(Math.ceil(10_000 / largestPage));
		expect(byRoute['GET /hub/api/rest/users/me']).toBe(1);
		expect([total, writes]).toEqual([Math.ceil(10_000 / largestPage) + 1, 0]);
	});

	test('users who are deleted from pages already read make nobody missed', async () => {
		await put(crowd(700));
		const gone = [0, 1, 2].map(crowdId);
		const { json, error, windows } = await pagesOf(listAll, async (call) => {
			if (Number(queryOf(call).get('$skip')) !== largestPage - 1) return;
			for (const id of gone.splice(0)) await hub().remove(id);
		});
		expect(error).toBeUndefined();
		expect(new Set(ids(json)).size).toBe(json.length);
		expect(ids(json)).toEqual(
			expect.arrayContaining(
				crowd(700)
					.slice(3)
					.map(({ id }) => id),
			),
		);
		// The page that came did not begin with a known user, so the one before it was read again.
		expect(windows.map(([skip]) => skip).slice(0, 3)).toEqual([0, largestPage - 1, 0]);
	});

	test('users who are created among those already read make nobody come twice', async () => {
		await put(crowd(700));
		let created = false;
		const { json, error } = await pagesOf(listAll, async (call) => {
			if (created || queryOf(call).get('$skip') === '0') return;
			created = true;
			const { users } = await hub().state();
			await put([user('u00000-new', 'new@example.com'), ...users]);
		});
		expect(error).toBeUndefined();
		expect(new Set(ids(json)).size).toBe(json.length);
		expect(ids(json)).toEqual(expect.arrayContaining(crowd(700).map(({ id }) => id)));
	});

	test.each([7, 100])('a server with pages of %i, which its answers tell', async (topMaximum) => {
		await put(crowd(250));
		await hub().behave({ topMaximum });
		const { json, error } = await listAll();
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(crowd(250).map(({ id }) => id));
	});

	test('a server with smaller pages that tells no total', async () => {
		const many = crowd(250);
		const { json, error } = await through(
			(call) => {
				if (!isPage(call)) return undefined;
				const skip = Number(queryOf(call).get('$skip'));
				const users = many.slice(skip, skip + 40);
				return { status: 200, body: JSON.stringify({ skip, top: 40, users }) };
			},
			async () => await listAll(),
		);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(ids(many as never));
	});

	test('a server that gives no more than a page, says neither so nor a total, and ends with a whole one', async () => {
		const many = crowd(3 * largestPage - 2);
		const { json, error } = await through(
			(call) => {
				if (!isPage(call)) return undefined;
				const skip = Number(queryOf(call).get('$skip'));
				return {
					status: 200,
					body: JSON.stringify({ users: many.slice(skip, skip + largestPage) }),
				};
			},
			async () => await listAll(),
		);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(ids(many as never));
	});

	test('each page brings as many new users as the first one: the last call is not for the overlap', async () => {
		await put(crowd(4 * largestPage));
		const { windows } = await pagesOf(listAll);
		expect(windows.map(([skip = 0]) => skip)).toEqual(
			[0, 1, 2, 3].map((page) => Math.max(0, page * largestPage - 1)),
		);
	});

	test('a server that refuses to order by id is read without an order, by one more call', async () => {
		await put(crowd(700));
		await hub().behave({ refuseOrderById: true });
		const { json, error, pages } = await pagesOf(listAll);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(crowd(700).map(({ id }) => id));
		expect(pages.map((query) => query.get('orderBy'))).toEqual(['id', null, null, null]);
	});

	test('a query that cannot be read is told after both ways', async () => {
		await put(crowd(3));
		const filters = { query: 'shoeSize: 3' };
		const { error } = await run('getAll', { returnAll: true, filters });
		expect(error?.message).toBe('YouTrack refused the request (HTTP 400, code Bad Request)');
	});
});

describe('an answer that is no page', () => {
	/** The first call asks whom the token acts for. */
	const withAnswer = async (body: JsonObject) => {
		await hub().answer({ method: 'GET', path: '/hub/api/rest/users', status: 200, body, skip: 1 });
		return await listAll();
	};

	test('without users and without a total is told, not taken for an empty directory', async () => {
		for (const body of [{}, { skip: 0, top: 300 }, { total: 5 }] as JsonObject[]) {
			await put(crowd(3));
			const { error, json } = await withAnswer(body);
			expect(error?.message).toBe('The answer of YouTrack was cut off (HTTP 200)');
			expect(json).toEqual([]);
		}
	});

	test('without users, but with a total of 0, is an empty directory', async () => {
		await put(crowd(3));
		const { error, json } = await withAnswer({ skip: 0, top: 300, total: 0 });
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
	});
});

test('up to a limit no more is read than one page', async () => {
	await put(crowd(700));
	const limited = await pagesOf(async () => await run('getAll', { returnAll: false, limit: 5 }));
	expect(ids(limited.json)).toEqual([0, 1, 2, 3, 4].map(crowdId));
	expect(limited.windows).toHaveLength(1);
});
