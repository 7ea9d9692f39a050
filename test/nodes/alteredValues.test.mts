import type { RecordStore } from '../../nodes/shared/apply/RecordStore';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { applyWorld, contact, updateWith, user } from './applyChangesWorld.mts';
import { failureOf, memoryStore, type Turn } from './memoryStore.mts';
import { entryOf, linkOf, resultIn, rowFor } from './rows.mts';
import { applyTo } from './tasks.mts';
import { fastClock } from './world.mts';

let time: ReturnType<typeof fastClock>;
beforeEach(() => {
	time = fastClock();
});
afterEach(() => time.restore());

const from = 'Old';
const to = 'Example  Ltd';
const stored = 'Example Ltd';
const squeezes = (value: JsonValue) => String(value).replace(/ +/g, ' ');

const row = () =>
	rowFor('users', {
		operation: 'update',
		recordId: 'u1',
		expected: { company: from },
		set: { company: to },
	});

describe('what a system makes of a value that it stores', () => {
	test('is ours: remembered, in front of the value that was sent', async () => {
		const { store } = memoryStore('users', [{ id: 'u1', company: from }], [{ stores: squeezes }]);
		const [done] = await applyTo(store, [row()]);
		expect(done?.outcome).toBe('sent');
		const announced = entryOf('users', { property: 'company', field: 'company', from, to });
		expect(done?.pending).toEqual([
			{ ...announced, from: to, to: stored, outcome: 'held' },
			{ ...announced, outcome: 'sent', code: 'altered' },
		]);
	});

	test('is no person’s edit to the next write', async () => {
		const { store, records } = memoryStore(
			'users',
			[{ id: 'u1', company: from }],
			[{ stores: squeezes }],
		);
		const first = row();
		const [done] = await applyTo(store, [first]);
		const next = entryOf('users', { property: 'company', field: 'company', from, to: 'New' });
		const known = (done?.pending ?? []).map((entry) => ({ ...entry, outcome: 'held' as const }));
		const later = linkOf({ wixId: 'c1', userId: 'u1' }, [...known, next]);
		const [again] = await applyTo(store, [{ ...later }]);
		expect(again?.outcome).toBe('applied');
		expect(records.get('u1')).toMatchObject({ company: 'New' });
	});

	test('stands for its own property alone', async () => {
		const { store } = memoryStore(
			'users',
			[{ id: 'u1', company: from, title: 'Old' }],
			[{ stores: (value) => (value === to ? stored : value) }],
		);
		const both = updateWith(
			'users',
			'u1',
			{ company: from, title: 'Old' },
			{ company: to, title: 'New' },
		);
		const [done] = await applyTo(store, [both]);
		expect(done?.pending.map(({ property, outcome, code }) => [property, outcome, code])).toEqual([
			['company', 'held', undefined],
			['company', 'sent', 'altered'],
			['title', 'announced', undefined],
		]);
		expect(done?.history.map(({ property, outcome }) => [property, outcome])).toEqual([
			['company', 'sent'],
			['title', 'applied'],
		]);
	});

	test('a spelling that compares as the same is no third value', async () => {
		const { store } = memoryStore(
			'users',
			[{ id: 'u1', email: 'old@x.se' }],
			[{ stores: (value) => String(value).toLowerCase() }],
		);
		const [done] = await applyTo(store, [
			updateWith('users', 'u1', { email: 'old@x.se' }, { email: 'New@X.se' }),
		]);
		expect(done).toMatchObject({ outcome: 'applied', columns: undefined });
	});

	test('an answer that shows what was there before is not shown yet', async () => {
		const given: JsonObject[] = [{ id: 'u1', company: from }];
		const { store } = memoryStore('users', given, [{ stores: () => from }]);
		const [done] = await applyTo(store, [row()]);
		expect(done?.pending).toMatchObject([{ outcome: 'sent', to }]);
		expect(done?.pending[0]).not.toHaveProperty('code');
	});

	test.each<[what: string, value: JsonValue]>([
		['nothing', null],
		['a list', ['x']],
	])(
		'an answer that shows %s, which no row can hold, is left for the next run to see',
		async (_what, value) => {
			const given: JsonObject[] = [{ id: 'u1', company: from }];
			const { store } = memoryStore('users', given, [{ stores: () => value }]);
			const [done] = await applyTo(store, [row()]);
			expect(done).toMatchObject({ outcome: 'applied', columns: undefined });
		},
	);

	test.each<[what: string, turn: Turn]>([
		['after an answer that shows nothing', { isSilent: true, stores: () => 'Third' }],
		['after a lost answer', { failure: failureOf(503), isDone: true, stores: () => 'Third' }],
	])('a third value that only a later look shows may be a person’s: %s', async (_what, turn) => {
		const { store } = memoryStore('users', [{ id: 'u1', company: from }], [turn]);
		const [done] = await applyTo(store, [row()]);
		expect(done).toMatchObject({ columns: undefined });
		expect(['applied', 'stale']).toContain(done?.outcome);
	});
});

describe('YouTrack', () => {
	const { world, apply, put, through } = applyWorld('users');

	test('that trims a name: the row waits, and the name is known', async () => {
		await put([user('u1', 'a@example.com', { name: from })]);
		const run = await through(
			async ({ method }) => {
				if (method !== 'POST') return undefined;
				await world().hub.edit('u1', 'name', stored);
				return {
					status: 200,
					body: JSON.stringify({ ...user('u1', 'a@example.com'), name: stored }),
				};
			},
			async () => await apply([updateWith('users', 'u1', { name: from }, { name: to })]),
		);
		expect(resultIn(run)).toMatchObject({
			outcome: 'sent',
			message: 'user u1, name: accepted, but stored in another form',
			pending: [
				{ from: to, to: stored, outcome: 'held', until: expect.any(String) },
				{ from, to, outcome: 'sent', code: 'altered' },
			],
		});
	});
});

describe.each(['bulk', 'oneByOne'])('Wix (%s)', (write) => {
	const { world, apply, put, through } = applyWorld('wix');
	const ids = ['c1', 'c2', 'c3'];

	test('that stores a company in another form', async () => {
		await put(ids.map((id) => contact(id, `${id}@example.com`, { company: from })));
		const rows = ids.map((id) =>
			updateWith('wix', id, { 'info.company': from }, { 'info.company': to }),
		);
		const run = await through(
			async ({ method, url, body }) => {
				if (method !== 'PATCH' && !url.includes('/bulk/')) return undefined;
				const response = await fetch(world().sandbox.wixUrl + url, {
					method,
					body: body.replaceAll(to, stored),
					headers: {
						authorization: 'key-of-test',
						'wix-site-id': 'site',
						'content-type': 'application/json',
					},
				});
				return { status: response.status, body: await response.text() };
			},
			async () => await apply(rows, { write }),
		);
		for (const index of ids.keys()) {
			expect(resultIn(run, index)).toMatchObject({
				outcome: 'sent',
				pending: [
					{ field: 'info.company', from: to, to: stored, outcome: 'held' },
					{ field: 'info.company', from, to, outcome: 'sent', code: 'altered' },
				],
			});
		}
	});
});

describe('the update that finishes a create', () => {
	test('remembers what came of it: a value that the system drops is not sent again', async () => {
		const { store, calls } = memoryStore('users', []);
		const dropping: RecordStore = {
			...store,
			create: async ({ email }, ...more) => await store.create({ email: email ?? null }, ...more),
			write: async (record, _set, ...more) => await store.write(record, {}, ...more),
		};
		const set = { email: 'new@x.se', title: 'Boss' };
		const [made] = await applyTo(dropping, [rowFor('users', { operation: 'create', set })]);
		const userId = String(made?.columns?.userId);
		expect(made?.pending.map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);

		const finish = entryOf('users', { property: 'info.jobTitle', field: 'title', to: 'Boss' });
		const next = linkOf({ wixId: 'c1', userId }, [...(made?.pending ?? []), finish]);
		const [done] = await applyTo(dropping, [{ ...next }]);
		expect(done?.pending.map(({ operation, outcome }) => [operation, outcome])).toEqual([
			['create', 'sent'],
			['create', 'sent'],
			['update', 'sent'],
		]);

		const pending = JSON.stringify(done?.pending);
		const [after] = await applyTo(dropping, [{ ...next, pending }]);
		expect(after?.history).toEqual([]);
		expect(calls.filter((call) => /^(create|write)/.test(call))).toHaveLength(2);
	});

	test('or is refused: that is remembered, too', async () => {
		const { store } = memoryStore(
			'users',
			[{ id: 'u1', email: 'new@x.se' }],
			[{ failure: failureOf(400) }],
		);
		const held = entryOf('users', {
			operation: 'create',
			property: 'primaryInfo.email',
			field: 'email',
			to: 'new@x.se',
			outcome: 'held',
		});
		const finish = entryOf('users', { property: 'info.jobTitle', field: 'title', to: 'Boss' });
		const row = linkOf({ wixId: 'c1', userId: 'u1' }, [held, finish]);
		const [done] = await applyTo(store, [{ ...row }]);
		expect(done?.pending).toEqual([held, { ...finish, outcome: 'refused', code: 'badValue' }]);
	});
});
