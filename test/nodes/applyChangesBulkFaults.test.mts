import { addressOf } from './applyChangesWorld.mts';
import { outcomesOf } from './rows.mts';
import { count, ids, contacts, all, isBulk, firstBulk, bulkWorld } from './bulkOfEight.mts';

const {
	world,
	apply,
	other,
	put,
	stored,
	through,
	moves,
	creates,
	expectMovedOnce,
	expectCreatedOnce,
} = bulkWorld();

describe('a bulk call whose answer is lost', () => {
	test.each([
		['dropBefore', 'dropBefore'],
		['dropAfter', 'dropAfter'],
		['a page', { status: 200, body: '<html>sign in</html>' }],
		['503', { status: 503, body: '' }],
	] as const)('updates (%s): applied, each written once', async (_name, fate) => {
		await put(contacts());
		const isFirst = firstBulk();
		const run = await through(
			(call) => (isFirst(call) ? fate : undefined),
			async (proxy) => {
				const done = await apply(moves());
				expect(proxy.calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
				return done;
			},
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectMovedOnce();
	});

	test('updates, also when queries show the writes late', async () => {
		await put(contacts());
		await world().wix.behave({ queryLagReads: 50 });
		const isFirst = firstBulk();
		const run = await through(
			(call) => (isFirst(call) ? 'dropAfter' : undefined),
			async () => await apply(moves()),
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectMovedOnce();
	});

	test('updates that a person makes other in the meantime stay the person’s', async () => {
		await put(contacts());
		const isFirst = firstBulk();
		const run = await through(
			async (call) => {
				if (!isFirst(call)) return undefined;
				await world().wix.edit('c3', 'primaryInfo.email', 'person@example.com');
				return 'dropBefore';
			},
			async () => await apply(moves()),
		);
		expect(outcomesOf(run)).toEqual(ids.map((id) => (id === 'c3' ? 'stale' : 'applied')));
		expect(addressOf(await stored('c3'))).toBe('person@example.com');
	});

	test('creates that were not carried out: applied', async () => {
		await put([]);
		const isFirst = firstBulk();
		const run = await through(
			(call) => (isFirst(call) ? 'dropBefore' : undefined),
			async () => await apply(creates()),
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectCreatedOnce();
	});

	test.each([0, 50])(
		'creates that were carried out: told as existing, none doubled (query lag of %i reads)',
		async (queryLagReads) => {
			await put([]);
			await world().wix.behave({ queryLagReads });
			const isFirst = firstBulk();
			const run = await through(
				(call) => (isFirst(call) ? 'dropAfter' : undefined),
				async () => await apply(creates()),
			);
			expect(outcomesOf(run)).toEqual(all('exists'));
			await expectCreatedOnce();
		},
	);

	test('and stays lost: single calls do it', async () => {
		await put(contacts());
		const run = await through(
			(call) => (isBulk(call) ? 'dropBefore' : undefined),
			async (proxy) => {
				const done = await apply(moves());
				expect(proxy.calls.filter(isBulk).length).toBeLessThanOrEqual(4);
				return done;
			},
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectMovedOnce();
	});
});

test.each([
	['403', { status: 403, body: JSON.stringify({ message: 'no permission', details: {} }) }],
	['404', { status: 404, body: JSON.stringify({ message: 'no such path', details: {} }) }],
	['400', { status: 400, body: JSON.stringify({ message: 'Expected an object', details: {} }) }],
] as const)('v5 says %s: single v4 calls do it', async (_name, fate) => {
	await put(contacts());
	const run = await through(
		(call) => (isBulk(call) ? fate : undefined),
		async () => await apply([...moves(), ...creates()]),
	);
	expect(outcomesOf(run)).toEqual([...all('applied'), ...all('applied')]);
});

test('a query that fails leaves all to single calls', async () => {
	await put(contacts());
	const body = JSON.stringify({ message: 'bad filter', details: {} });
	const run = await through(
		({ url }) => (url.endsWith('/query') ? { status: 400, body } : undefined),
		async () => await apply(moves()),
	);
	expect(outcomesOf(run)).toEqual(all('applied'));
	await expectMovedOnce();
});

describe('a run that died', () => {
	test('is finished by the next one: already for what was done, nothing doubled', async () => {
		await put(contacts());
		const changes = [...moves(), ...creates()];
		await apply([...changes.slice(0, 5), ...changes.slice(count, count + 3)]);
		const run = await apply(changes);
		expect(outcomesOf(run)).toEqual([
			...ids.map((_, index) => (index < 5 ? 'already' : 'applied')),
			...ids.map((_, index) => (index < 3 ? 'exists' : 'applied')),
		]);
		const { contacts: after } = await world().wix.state();
		expect(after).toHaveLength(2 * count);
		expect(after.slice(0, count).map(({ revision }) => revision)).toEqual(ids.map(() => 2));
	});

	test.each([1, 2, 3, 4, 5])(
		'with faults at random (seed %i) comes to the same end',
		async (seed) => {
			await put(contacts());
			const changes = [...moves(), ...creates(), ...ids.map((id) => other('verify', id))];
			const kinds = [
				'429',
				'500',
				'503',
				'resetBefore',
				'resetAfter',
				'html',
				'truncated',
				'conflict',
			];
			await world().wix.faults({ rate: 0.3, kinds, seed });
			const first = await apply(changes);
			await world().wix.faults({ rate: 0 });
			const firstOutcomes = outcomesOf(first).slice(0, 2 * count);
			for (const outcome of firstOutcomes)
				expect(['applied', 'exists', 'failed']).toContain(outcome);
			const again = outcomesOf(await apply(changes));
			expect(again.slice(2 * count)).toEqual(all('present'));
			const { contacts: after } = await world().wix.state();
			expect(after.map(addressOf).sort()).toEqual(
				[
					...ids.map((id) => `${id}@example.com`),
					...ids.map((id) => `${id}@new.example.com`),
				].sort(),
			);
		},
	);
});
