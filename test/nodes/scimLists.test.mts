import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';
import type { Fate, Passing } from './proxy.mts';
import { crowd, ids, scimWorld } from './scimWorld.mts';

jest.setTimeout(120_000);

const { world, run, put, behave, calls, control, through } = scimWorld();

const everybody = async () => await run('getAll', { returnAll: true, output: 'syncFields' });
const idsOf = (users: JsonObject[]) => users.map(({ id }) => id);
const pagesRead = async () => (await calls())['GET /Users'];

type List = JsonObject & { Resources?: JsonObject[] };

/** Asks the server what a call asks, with another query, and answers what `change` makes of it. */
async function answered(
	{ url, headers }: Passing,
	change: (list: List) => JsonObject,
	ask: (query: URLSearchParams) => void = () => {},
): Promise<Fate> {
	const target = new URL(url, world().sandbox.scimUrl);
	ask(target.searchParams);
	const answer = await fetch(target, { headers });
	return { status: answer.status, body: JSON.stringify(change((await answer.json()) as List)) };
}

describe('all users, each once, in pages of the server’s maximum and one call more', () => {
	test('of a server that keeps to the standard', async () => {
		await put(crowd(3000));
		const { json, error } = await everybody();
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(idsOf(crowd(3000)));
		expect(await pagesRead()).toBe(3000 / 200 + 1);
	});

	// The pages overlap: 200 users, then 199 more on each.
	test.each([
		['exact', 1000, 6],
		['exact', 200 + 199, 3],
		['tooFew', 1000, 7],
		['tooMany', 1000, 7],
		['drifting', 1000, 7],
	])('with totals that are %s, of %i users in %i calls', async (scimTotals, count, most) => {
		await put(crowd(count));
		await behave({ scimTotals });
		const { json, error } = await everybody();
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(idsOf(crowd(count)));
		expect(await pagesRead()).toBeLessThanOrEqual(most);
	});

	test.each([
		[
			'the length of each page',
			(list: List) => ({ ...list, totalResults: list.Resources?.length }),
		],
		['missing', ({ totalResults: _, ...list }: List) => list],
		['a text', (list: List) => ({ ...list, totalResults: String(list.totalResults) })],
	])('with totals that are %s', async (_, change) => {
		await put(crowd(500));
		const { json } = await through(
			async (call) => await answered(call, change as (list: List) => JsonObject),
			everybody,
		);
		expect(ids(json)).toEqual(idsOf(crowd(500)));
	});

	test('pages that are cut below what the server tells', async () => {
		await put(crowd(130));
		await behave({ scimPageCut: 50 });
		const { json } = await everybody();
		expect(ids(json)).toEqual(idsOf(crowd(130)));
		expect(await pagesRead()).toBe(3);
	});

	test('a server that refuses to be asked for so many is asked for a hundred', async () => {
		await put(crowd(150));
		const { json, error } = await through(
			({ url }) =>
				Number(new URL(url, 'http://x').searchParams.get('count')) > 100
					? { status: 400, body: '{"status":"400","scimType":"invalidValue","detail":"count"}' }
					: undefined,
			everybody,
		);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(idsOf(crowd(150)));
	});

	test.each([
		['always gives the whole list', (query: URLSearchParams) => query.delete('startIndex')],
		[
			'begins anew where its pages end',
			(query: URLSearchParams) => {
				if (Number(query.get('startIndex')) > 30) query.delete('startIndex');
			},
		],
		[
			'gives its last page for any later one',
			(query: URLSearchParams) =>
				query.set('startIndex', String(Math.min(21, Number(query.get('startIndex'))))),
		],
	])('a server that %s is not asked for ever', async (_, ask) => {
		await put(crowd(40));
		const { json, error } = await through(
			async (call) => await answered(call, (list) => list, ask),
			everybody,
		);
		expect(error).toBeUndefined();
		expect(ids(json)).toEqual(idsOf(crowd(40)));
		expect(await pagesRead()).toBeLessThanOrEqual(8);
	});

	test.each(['list', 'absent'])('nobody, with Resources as %s', async (scimEmptyResources) => {
		await put([]);
		await behave({ scimEmptyResources });
		const { json, error } = await everybody();
		expect([json, error, await pagesRead()]).toEqual([[], undefined, 1]);
	});
});

test('whatever the totals say and whoever is deleted meanwhile, all who stay come once', async () => {
	const histories = fc.record({
		count: fc.integer({ min: 0, max: 60 }),
		page: fc.integer({ min: 2, max: 12 }),
		totals: fc.array(fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }), {
			minLength: 1,
			maxLength: 12,
		}),
		// Before which call, and which user.
		deleted: fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 59 })), {
			maxLength: 8,
		}),
	});
	await fc.assert(
		fc.asyncProperty(histories, async ({ count, page, totals, deleted }) => {
			const users = crowd(count);
			await put(users);
			await behave({ scimPageCut: page });
			const gone = new Set<unknown>();
			const { json, error } = await through(async (call) => {
				for (const [nth, index] of deleted) {
					const id = users[index]?.id;
					if (nth !== call.nth || id === undefined || gone.has(id)) continue;
					gone.add(id);
					await control().remove(String(id));
				}
				return await answered(call, ({ totalResults: _, ...list }) => {
					const total = totals[call.nth % totals.length];
					return {
						...list,
						Resources: list.Resources ?? [],
						...(total === undefined ? {} : { totalResults: total }),
					};
				});
			}, everybody);
			const came = ids(json as IDataObject[]);
			expect(error).toBeUndefined();
			expect(new Set(came).size).toBe(came.length);
			expect(came).toEqual(expect.arrayContaining(idsOf(users).filter((id) => !gone.has(id))));
		}),
		{ numRuns: 40 },
	);
});
