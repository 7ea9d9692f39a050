import type { IDataObject } from 'n8n-workflow';

import { timeLimit } from '../../nodes/shared/Api';
import { clock } from '../../nodes/shared/clock';
import type { BulkWriter } from '../../nodes/shared/apply/BulkWriter';
import type { RecordStore } from '../../nodes/shared/apply/RecordStore';
import { createFor, updateWith } from './applyChangesWorld.mts';
import { failureOf, memoryStore, type Turn } from './memoryStore.mts';
import { resultIn, rowFor, updateOf, type Asked } from './rows.mts';
import { person, primary, scimWorld } from './scimWorld.mts';
import { applyTo } from './tasks.mts';
import { fastClock } from './world.mts';

let time: ReturnType<typeof fastClock>;
beforeEach(() => {
	time = fastClock();
});
afterEach(() => time.restore());

/** What a write may take at most, and the allowance for clocks that differ; milliseconds. */
const margin = timeLimit.milliseconds + 30_000;
/** A lease that ends so many milliseconds after the last moment at which a write may begin. */
const until = (spare: number) => new Date(clock.now() + margin + spare).toISOString();

const emails = { expected: { email: 'old@x.se' }, set: { email: 'new@x.se' } };
const asked: Record<string, (lease?: string) => IDataObject> = {
	update: (lease) =>
		rowFor('users', { operation: 'update', recordId: 'u1', ...emails, ...at(lease) }),
	create: (lease) =>
		rowFor('users', { operation: 'create', set: { email: 'new@x.se' }, ...at(lease) }),
	deactivate: (lease) => removal('deactivate', lease),
	delete: (lease) => removal('delete', lease),
};
const at = (lease?: string): Partial<Asked> => (lease === undefined ? {} : { until: lease });
const removal = (operation: 'delete' | 'deactivate', lease?: string) =>
	rowFor('users', { operation, recordId: 'u1', expected: { email: 'old@x.se' }, ...at(lease) });

const people = () => [{ id: 'u1', email: 'old@x.se' }];
const isWrite = (call: string) => !/^(read|look)/.test(call);
const unclear: Turn = { failure: failureOf(503) };

describe.each(Object.entries(asked))('%s', (_operation, row) => {
	test.each([
		['a moment too late', 0, 'left'],
		['at the last moment', 1, 'applied'],
		['long over', -10 * margin, 'left'],
	])('a write that comes %s (%i ms to spare): %s', async (_when, spare, outcome) => {
		const { store, calls } = memoryStore('users', people());
		const [done] = await applyTo(store, [row(until(spare))]);
		expect(done?.outcome).toBe(outcome);
		expect(calls.filter(isWrite)).toHaveLength(outcome === 'left' ? 0 : 1);
		if (outcome === 'left') expect(done).toMatchObject({ isHandedOn: false, history: [] });
	});

	test.each(['', 'soon'])(
		'an announcement whose lease cannot be read (%j) is not sent',
		async (lease) => {
			const { store, calls } = memoryStore('users', people());
			const [done] = await applyTo(store, [row(lease)]);
			expect(done?.outcome).toBe('left');
			expect(calls.filter(isWrite)).toEqual([]);
		},
	);

	test('one repetition fits, the next one does not: each looks first, and nothing is told as failed', async () => {
		// Waits of 2, 8 and 30 seconds
		const { store, calls } = memoryStore('users', people(), [unclear, unclear, unclear]);
		const [done] = await applyTo(store, [row(until(5_000))]);
		expect(done).toMatchObject({ outcome: 'left', isHandedOn: false, history: [] });
		expect(calls.filter(isWrite)).toHaveLength(2);
		expect(calls.map(isWrite)).toEqual([false, true, false, true, false]);
	});

	test('a look that takes long counts', async () => {
		const { store, calls } = memoryStore('users', people());
		const slow: RecordStore = {
			...store,
			read: async (id) => {
				await clock.sleep(10_000);
				return await store.read(id);
			},
			holdersOf: async (address) => {
				await clock.sleep(10_000);
				return await store.holdersOf(address);
			},
		};
		const [done] = await applyTo(slow, [row(until(9_000))]);
		expect(done?.outcome).toBe('left');
		expect(calls.filter(isWrite)).toEqual([]);
	});
});

test('a look by id needs no lease', async () => {
	const { store } = memoryStore('users', people());
	const look = (recordId: string) =>
		rowFor('users', { operation: 'verify', recordId, until: until(-1) });
	const done = await applyTo(store, [look('u1'), look('u2')]);
	expect(done.map(({ pending }) => pending[0]?.outcome)).toEqual(['present', 'gone']);
});

test('what is there already is told so, however late', async () => {
	const { store } = memoryStore('users', [{ id: 'u1', email: 'new@x.se' }]);
	const [done] = await applyTo(store, [asked.update?.(until(-1)) ?? {}]);
	expect(done?.outcome).toBe('already');
});

test('a row that is late does not keep the others from being written', async () => {
	const ids = ['u1', 'u2', 'u3'];
	const { store, records } = memoryStore(
		'users',
		ids.map((id) => ({ id, email: `${id}@old.se` })),
	);
	const rows = ids.map((id) =>
		updateWith(
			'users',
			id,
			{ email: `${id}@old.se` },
			{ email: `${id}@new.se` },
			{ until: until(id === 'u2' ? -1 : 1_000) },
		),
	);
	const done = await applyTo(store, rows);
	expect(done.map(({ outcome }) => outcome)).toEqual(['applied', 'left', 'applied']);
	expect(records.get('u2')).toMatchObject({ email: 'u2@old.se' });
});

describe('in bulk', () => {
	const ids = Array.from({ length: 6 }, (_, index) => `c${index}`);

	/** Bulk calls of two parts each, that take `takes` milliseconds. */
	function bulkStore(takes: number) {
		const memory = memoryStore(
			'wix',
			ids.map((id) => ({ id, email: `${id}@old.se` })),
		);
		const sent: string[][] = [];
		const bulk: BulkWriter = {
			mostLookedAt: 100,
			mostWritten: 2,
			read: async () => await Promise.resolve({ ok: true, value: new Map(memory.records) }),
			holdersOf: async () => await Promise.resolve({ ok: true, value: new Map() }),
			canWrite: () => true,
			write: async (parts) => {
				sent.push(parts.map(({ record }) => String(record.id)));
				await clock.sleep(takes);
				const outcomes = parts.map(({ record, set }) => {
					const next = { ...record, ...set };
					memory.records.set(String(record.id), next);
					return { outcome: 'done' as const, record: next };
				});
				return { ok: true, value: outcomes };
			},
			canCreate: () => true,
			create: async (parts) => {
				sent.push(parts.map(({ set }) => String(set.email)));
				await clock.sleep(takes);
				return {
					ok: true,
					value: parts.map(({ set }) => ({
						outcome: 'done' as const,
						id: `of ${String(set.email)}`,
					})),
				};
			},
		};
		return { ...memory, store: { ...memory.store, bulk }, sent };
	}
	const update = (id: string, more: Partial<Asked>) =>
		updateWith('wix', id, { email: `${id}@old.se` }, { email: `${id}@new.se` }, more);
	const create = (id: string, more: Partial<Asked>) =>
		createFor('wix', '', { set: { email: `${id}@new.se` }, ...more });

	test.each([
		['updates', update, (id: string) => id],
		['creates', create, (id: string) => `${id}@new.se`],
	])('%s that a later call would reach too late are left alone', async (_what, row, nameOf) => {
		const { store, sent, calls } = bulkStore(3_000);
		const done = await applyTo(
			store,
			ids.map((id) => row(id, { until: until(5_000) })),
		);
		expect(done.map(({ outcome }) => outcome)).toEqual([
			...['applied', 'applied', 'applied', 'applied', 'left', 'left'],
		]);
		expect(sent).toEqual([ids.slice(0, 2).map(nameOf), ids.slice(2, 4).map(nameOf)]);
		expect(calls.filter(isWrite)).toEqual([]);
	});

	test('of one call only the rows are sent whose lease lasts', async () => {
		const { store, sent } = bulkStore(0);
		const done = await applyTo(
			store,
			ids.map((id, index) => update(id, { until: until(index % 2 === 0 ? 1_000 : 0) })),
		);
		expect(sent.flat()).toEqual(['c0', 'c2', 'c4']);
		expect(done.map(({ outcome }) => outcome)).toEqual(
			ids.map((_, n) => (n % 2 ? 'left' : 'applied')),
		);
	});

	test('a row that comes after another one is sent when that one is done', async () => {
		const { store, sent, calls } = bulkStore(0);
		const rows = ids.map((id) => update(id, {}));
		const last = update('c5', { after: String(rows[0]?.linkId) });
		const done = await applyTo(store, [...rows.slice(0, 5), last]);
		expect(done.map(({ outcome }) => outcome)).toEqual(ids.map(() => 'applied'));
		expect(sent.flat()).toEqual(ids.slice(0, 5));
		expect(calls.filter(isWrite)).toEqual(['write c5']);
	});
});

describe('a write that takes several calls', () => {
	const { run, put, behave, stored, through } = scimWorld();

	test.each([
		['in time', 20_000, 'applied', ['PATCH', 'PUT']],
		['too late', 5_000, 'left', ['PATCH']],
	])('its second one is %s', async (_when, spare, outcome, sent) => {
		await put([person('u1', 'old@x.se')]);
		await behave({ scimPatch: '501', scimConfig: 'wrong' });
		const row = updateOf('users', 'u1', 'old@x.se', 'new@x.se', { until: until(spare) });
		const methods: string[] = [];
		const done = await through(
			async ({ method }) => {
				if (method !== 'GET') methods.push(method);
				if (method === 'PATCH') await clock.sleep(10_000);
				return undefined;
			},
			async () => await run('applyChanges', {}, [row]),
		);
		expect(done.error).toBeUndefined();
		expect([resultIn(done).outcome, methods]).toEqual([outcome, sent]);
		const address = outcome === 'left' ? 'old@x.se' : 'new@x.se';
		expect(await stored('u1')).toMatchObject(primary(address));
	});
});
