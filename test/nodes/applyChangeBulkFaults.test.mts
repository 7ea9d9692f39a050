import { addressOf, applyWorld, contact, outcomesOf } from './applyChangeWorld.mts';
import type { Passing } from './proxy.mts';
import { resultIn } from './world.mts';

const { world, apply, createOf, other, put, stored, through, update } = applyWorld('wix');

const count = 8;
const ids = Array.from({ length: count }, (_, index) => `c${index}`);
const contacts = () => ids.map((id) => contact(id, `${id}@old.example.com`));
const moves = () => ids.map((id) => update(id, `${id}@old.example.com`, `${id}@new.example.com`));
const creates = () => ids.map((id) => createOf(`${id}@example.com`));
const all = (outcome: string) => ids.map(() => outcome);

const isBulk = ({ url }: Passing) => url.includes('/v5/bulk/');

/** True for the first bulk call only. */
function firstBulk() {
	let isFirst = true;
	return (call: Passing) => {
		const hit = isFirst && isBulk(call);
		if (hit) isFirst = false;
		return hit;
	};
}

async function expectMovedOnce(): Promise<void> {
	const { contacts: after } = await world().wix.state();
	expect(after.map((record) => [addressOf(record), record.revision])).toEqual(
		ids.map((id) => [`${id}@new.example.com`, 2]),
	);
}

async function expectCreatedOnce(): Promise<void> {
	const { contacts: after } = await world().wix.state();
	expect(after.map(addressOf).sort()).toEqual(ids.map((id) => `${id}@example.com`));
}

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
