import { addressOf, contact } from './applyChangesWorld.mts';
import type { Passing } from './proxy.mts';
import { outcomesOf, resultIn } from './rows.mts';
import { count, ids, contacts, all, isBulk, firstBulk, bulkWorld } from './bulkOfEight.mts';

const { world, apply, other, put, stored, through, moves, creates, expectMovedOnce } = bulkWorld();

describe('an answer part by part', () => {
	/** Lets the server do the work (of another body, where one is given), then changes its answer. */
	const answered = async (
		call: Passing,
		change: (results: Array<{ itemMetadata: { originalIndex: number } }>) => unknown[],
		sent = call.body,
	) => {
		const response = await fetch(world().sandbox.wixUrl + call.url, {
			method: call.method,
			body: sent,
			headers: {
				authorization: 'key-of-test',
				'wix-site-id': 'site',
				'content-type': 'application/json',
			},
		});
		const body = (await response.json()) as { results: Parameters<typeof change>[0] };
		return { status: 200, body: JSON.stringify({ ...body, results: change(body.results) }) };
	};

	test('in another order: each result goes to its own change', async () => {
		await put([]);
		const run = await through(
			async (call) =>
				isBulk(call) ? await answered(call, (results) => results.reverse()) : undefined,
			async () => await apply(creates()),
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		for (const [index, id] of ids.entries()) {
			const record = await stored(String(resultIn(run, index).recordId));
			expect(addressOf(record)).toBe(`${id}@example.com`);
		}
	});

	test('with parts missing: they are looked at, and nothing is done twice', async () => {
		await put(contacts());
		const run = await through(
			async (call) =>
				isBulk(call) ? await answered(call, (results) => results.slice(0, 5)) : undefined,
			async () => await apply([...moves(), ...creates()]),
		);
		const early = (outcome: string, late: string) =>
			ids.map((_, index) => (index < 5 ? outcome : late));
		expect(outcomesOf(run)).toEqual([
			...early('applied', 'applied'),
			...early('applied', 'exists'),
		]);
		const { contacts: after } = await world().wix.state();
		expect(after).toHaveLength(2 * count);
		expect(after.slice(0, count).map(({ revision }) => revision)).toEqual(ids.map(() => 2));
	});

	test('that v5 counts revisions otherwise than v4: single calls do it', async () => {
		await put(contacts());
		const otherwise = (body: string) => body.replaceAll('"revision":"1"', '"revision":"7"');
		const run = await through(
			async (call) =>
				isBulk(call) ? await answered(call, (results) => results, otherwise(call.body)) : undefined,
			async () => await apply(moves()),
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectMovedOnce();
	});

	test('without the contacts themselves: they are read', async () => {
		await put(contacts());
		const run = await through(
			async (call) =>
				isBulk(call)
					? await answered(call, (results) => results.map(({ itemMetadata }) => ({ itemMetadata })))
					: undefined,
			async () => await apply(moves()),
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		expect(resultIn(run).link).toBeUndefined();
	});
});

describe('between the look and the bulk call', () => {
	test('an edit of another property is kept, one of the address itself wins', async () => {
		await put(contacts());
		const isFirst = firstBulk();
		const run = await through(
			async (call) => {
				if (!isFirst(call)) return;
				await world().wix.edit('c1', 'info.company', 'Example Ltd');
				await world().wix.edit('c2', 'primaryInfo.email', 'person@example.com');
				await world().wix.remove('c4');
				await world().wix.merge('c0', ['c5']);
			},
			async () => await apply(moves()),
		);
		expect(outcomesOf(run)).toEqual([
			'applied',
			'applied',
			'stale',
			'applied',
			'gone',
			'moved',
			'applied',
			'applied',
		]);
		expect(await stored('c1')).toMatchObject({
			primaryInfo: { email: 'c1@new.example.com' },
			info: { company: 'Example Ltd' },
		});
		expect(addressOf(await stored('c2'))).toBe('person@example.com');
	});
});

describe('queries that lag', () => {
	test('what they show decides neither stale nor gone nor a write', async () => {
		await put(contacts());
		await world().wix.behave({ queryLagReads: 1000 });
		await world().wix.edit('c1', 'primaryInfo.email', 'person@example.com');
		await world().wix.remove('c2');
		expect(outcomesOf(await apply(moves()))).toEqual([
			'applied',
			'stale',
			'gone',
			...all('applied').slice(3),
		]);
		expect(addressOf(await stored('c1'))).toBe('person@example.com');
		const again = await apply(moves());
		expect(outcomesOf(again)).toEqual(['already', 'stale', 'gone', ...all('already').slice(3)]);
	});

	test('a contact that is back at what was expected is written, whatever they still show', async () => {
		await put([contact('c0', 'person@example.com'), ...contacts().slice(1)]);
		await world().wix.behave({ queryLagReads: 1000 });
		await world().wix.edit('c0', 'primaryInfo.email', 'c0@old.example.com');
		expect(outcomesOf(await apply(moves()))).toEqual(all('applied'));
		expect(addressOf(await stored('c0'))).toBe('c0@new.example.com');
	});

	test('a contact that no query shows yet is verified by its id', async () => {
		await put([]);
		await world().wix.behave({ queryLagReads: 1000 });
		const made = await apply(creates());
		const verifies = ids.map((_, index) => other('verify', String(resultIn(made, index).recordId)));
		expect(outcomesOf(await apply(verifies))).toEqual(all('present'));
	});
});
