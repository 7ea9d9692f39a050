import {
	baseOf,
	contact,
	daysLater,
	linked,
	pendingOf,
	reasons,
	run,
	steps,
	user,
	type Given,
	type Seen,
} from './builders.mts';
import { Tables } from './tables.mts';

const old = (n: number) => `p${n}@example.com`;
const fresh = (n: number) => `new${n}@example.com`;
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => n + from);
const pairs = (count: number) =>
	new Tables(numbers(count).map((n) => linked(`C${n}`, `U${n}`, old(n), { id: n + 1 })));
const contacts = (from: number, to: number) =>
	numbers(to - from, from).map((n) => contact(`C${n}`, old(n)));
const users = (count: number, id = 'U') => numbers(count).map((n) => user(`${id}${n}`, old(n)));

/** One run after the other, a tenth of a day apart: no lease of one reaches the next. */
function later(tables: Tables) {
	let runs = 0;
	return (given: Given): Seen => run({ ...tables.read(), now: daysLater(runs++ / 10), ...given });
}

/** The guard has stopped the plan; a person lets it through in the review table. */
function approve(tables: Tables, outcome: Seen): void {
	expect([outcome.links, outcome.report.guard.tripped]).toEqual([[], true]);
	expect(reasons(outcome)).toEqual(['guard']);
	tables.save(outcome);
	tables.answer('guard', `approve ${outcome.report.guard.planHash}`);
}

/** What a plan sends, by operation and side. */
function sends(outcome: Seen): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const row of outcome.changedLinks)
		for (const { outcome: state, operation, side } of pendingOf(row))
			if (state === 'announced')
				counts[`${side} ${operation}`] = (counts[`${side} ${operation}`] ?? 0) + 1;
	return counts;
}

describe('a list of strangers', () => {
	const whole = { wixRecords: contacts(0, 348), users: users(348) };
	const strangers = { ...whole, users: users(348, 'X') };

	test('48: 348 linked users are not in the list: nothing is looked up or linked; set back, all is as before', () => {
		const tables = pairs(348);
		const next = later(tables);
		const outcome = next(strangers);
		expect([outcome.links, outcome.report.guard.tripped, reasons(outcome)]).toEqual([
			[],
			true,
			['guard'],
		]);
		tables.save(outcome);
		const back = next(whole);
		expect([back.links, steps(back), back.report.counts.inSync]).toEqual([[], [], 348]);
		tables.save(back);
		expect(tables.asked()).toEqual([]);
	});

	test('49: approved: looked up, gone, and healed by rule, once that is approved as well: one move a pair, bases kept', () => {
		const tables = pairs(348);
		const next = later(tables);
		approve(tables, next(strangers));
		const asks = next(strangers);
		expect(sends(asks)).toEqual({ 'users verify': 348 });
		tables.lookUp(tables.save(asks), daysLater(0.1));
		approve(tables, next(strangers));
		const heals = next(strangers);
		expect(sends(heals)).toEqual({});
		tables.save(heals);
		expect(tables.links.map((row) => [row.wixId, row.userId, baseOf(row), row.pending])).toEqual(
			numbers(348).map((n) => [`C${n}`, `X${n}`, old(n), '']),
		);
		const rests = next(strangers);
		expect([rests.links, rests.review, steps(rests)]).toEqual([[], [], []]);
	});
});

test('50: a filter leaves 300 of 400 out: asked once, looked up once, then only counted', () => {
	const filtered = { wixRecords: contacts(300, 400), users: users(400) };
	const tables = pairs(400);
	const next = later(tables);
	approve(tables, next(filtered));
	const asks = next(filtered);
	expect(sends(asks)).toEqual({ 'wix verify': 300 });
	const present = Object.fromEntries(
		numbers(300).map((n) => [`C${n}`, { outcome: 'present' as const }]),
	);
	tables.lookUp(tables.save(asks), daysLater(0.1), present);
	for (const _run of numbers(3)) {
		const quiet = next(filtered);
		expect([quiet.links, quiet.review, steps(quiet)]).toEqual([[], [], []]);
		expect(quiet.report.counts).toMatchObject({ outside: 300, inSync: 100 });
	}
	const week = run({ ...filtered, ...tables.read(), now: daysLater(8) });
	expect([week.report.guard.tripped, sends(week)]).toEqual([false, { 'wix verify': 300 }]);
});

test('51: 15 of 20 contacts are deleted by mistake, policy delete: nothing is removed, however often it is asked', () => {
	const left: Given = {
		wixRecords: contacts(15, 20),
		users: users(20),
		policies: { vanished: 'delete' },
	};
	const tables = pairs(20);
	const next = later(tables);
	approve(tables, next(left));
	tables.lookUp(tables.save(next(left)), daysLater(0.1));
	const stops = next(left);
	expect([stops.links, stops.report.guard]).toMatchObject([[], { tripped: true }]);
	expect(stops.report.guard.wouldChange).toEqual({ wix: 0, users: 15 });
});

test('58: 60 edits in slices of 25: weighed once, each announced in the run that sends it', () => {
	const tables = pairs(100);
	const next = later(tables);
	const given = (shown: number): Given => ({
		wixRecords: numbers(100).map((n) => contact(`C${n}`, n < 60 ? fresh(n) : old(n))),
		users: numbers(100).map((n) => user(`U${n}`, n < shown ? fresh(n) : old(n))),
		policies: { writesPerRun: 25 },
	});
	approve(tables, next(given(0)));
	const slices = [0, 25, 50, 60].map((shown) => {
		const outcome = next(given(shown));
		expect(outcome.report.guard.tripped).toBe(false);
		const { changed, waiting } = outcome.report.counts;
		const out = tables.save(outcome);
		const held = tables.links.flatMap(pendingOf).filter(({ outcome: state }) => state === 'held');
		return [sends(outcome)['users update'] ?? 0, changed, waiting, out.length > 0, held.length];
	});
	expect(slices).toEqual([
		[25, 25, 35, true, 35],
		[25, 25, 10, true, 10],
		[10, 10, 0, true, 0],
		[0, 0, 0, true, 0],
	]);
	expect(tables.links.map((row) => [baseOf(row), row.pending])).toEqual(
		numbers(100).map((n) => [n < 60 ? fresh(n) : old(n), '']),
	);
	expect(next(given(60)).links).toEqual([]);
});

test('58: a step that waits for its slice was never sent: edited again it is replaced, taken back it is dropped', () => {
	const tables = pairs(3);
	const next = later(tables);
	const given = (...addresses: string[]): Given => ({
		wixRecords: addresses.map((address, n) => contact(`C${n}`, address)),
		users: [user('U0', fresh(0)), ...numbers(2, 1).map((n) => user(`U${n}`, old(n)))],
		policies: { writesPerRun: 1 },
	});
	tables.save(next({ ...given(fresh(0), fresh(1), fresh(2)), users: users(3) }));
	tables.save(next(given(fresh(0), 'other@example.com', old(2))));
	expect(tables.links.map((row) => pendingOf(row).map(({ outcome, to }) => [outcome, to]))).toEqual(
		[[], [['announced', 'other@example.com']], []],
	);
});

test('65: a first run that would create is asked once: 40 linked and 20 noted, then 20 created', () => {
	const first: Given = {
		wixRecords: contacts(0, 60),
		users: users(40),
		policies: { createMissing: 'users' },
	};
	const tables = new Tables();
	const next = later(tables);
	approve(tables, next(first));
	const links = next(first);
	expect([links.newLinks.length, links.changedLinks]).toEqual([60, []]);
	expect(links.newLinks.filter(({ userId }) => userId === '')).toHaveLength(20);
	tables.save(links);
	const creates = next(first);
	expect([creates.report.guard.tripped, sends(creates)]).toEqual([false, { 'users create': 20 }]);
	// As the writer notes them
	tables.saveLinks(
		tables.save(creates).map((row) => ({
			...row,
			userId: row.wixId.replace('C', 'U'),
			pending: JSON.stringify(
				pendingOf(row).map(({ until: _until, defaults: _defaults, ...entry }) => ({
					...entry,
					outcome: 'sent',
				})),
			),
		})),
	);
	const seen = { ...first, users: users(60) };
	const sees = next(seen);
	expect([steps(sees), sees.review, sees.report.counts.inSync]).toEqual([[], [], 60]);
	tables.save(sees);
	expect(next(seen).links).toEqual([]);
	expect(new Set(tables.links.map(({ pending }) => pending))).toEqual(new Set(['']));
});
