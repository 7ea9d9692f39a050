import fc from 'fast-check';

import { entryAt } from '../../runtime/entries.mts';
import {
	cursorAt,
	cursorIn,
	takeNew,
	type Cursor,
	type Stamped,
} from '../../nodes/shared/polling/window';

const second = 1000;
const overlap = 60 * second;

const at = (id: string, version: number, time: number, isWanted = true): Stamped => ({
	id,
	version: String(version),
	at: time,
	isWanted,
	record: { id },
});
const ids = (fresh: readonly Stamped[]) => fresh.map(({ id, version }) => `${id}.${version}`);

describe('a window', () => {
	test('delivers the oldest first, and nothing again', () => {
		const found = [at('b', 1, 2000), at('a', 1, 1000)];
		const first = takeNew({ since: 0, seen: {} }, found, 10, overlap);
		expect(ids(first.fresh)).toEqual(['a.1', 'b.1']);
		expect(takeNew(first.cursor, found, 10, overlap).fresh).toEqual([]);
		expect(ids(takeNew(first.cursor, [at('a', 2, 3000)], 10, overlap).fresh)).toEqual(['a.2']);
	});

	test('carries over what one poll may not deliver, equal dates included', () => {
		const found = ['a', 'b', 'c', 'd', 'e'].map((id) => at(id, 1, 5000));
		let cursor: Cursor = { since: 0, seen: {} };
		const delivered: string[][] = [];
		for (let poll = 0; poll < 4; poll++) {
			const next = takeNew(cursor, found, 2, 0);
			delivered.push(ids(next.fresh));
			cursor = next.cursor;
		}
		expect(delivered).toEqual([['a.1', 'b.1'], ['c.1', 'd.1'], ['e.1'], []]);
	});

	test('what is not wanted is passed over, and takes nobody’s place', () => {
		const found = [at('a', 1, 1000, false), at('b', 2, 2000), at('c', 1, 3000, false)];
		const next = takeNew({ since: 0, seen: {} }, found, 1, 0);
		expect(ids(next.fresh)).toEqual(['b.2']);
		expect(next.isMore).toBe(false);
	});

	test('a first poll counts what is there as delivered', () => {
		const found = [at('a', 1, 90 * second), at('b', 1, 10 * second)];
		const cursor = cursorAt(50 * second, found);
		expect(Object.keys(cursor.seen)).toEqual(['a']);
		expect(takeNew(cursor, [entryAt(found, 0)], 10, overlap).fresh).toEqual([]);
	});

	test.each([
		[undefined],
		[null],
		['x'],
		[{}],
		[{ since: 'x', seen: {} }],
		[{ since: 1, seen: [] }],
	])('what is no cursor is none: %j', (kept) => expect(cursorIn(kept)).toBeUndefined());

	test('an id that is a name of every object is an id like others', () => {
		const found = [at('__proto__', 1, 1000), at('constructor', 1, 1000)];
		const next = takeNew({ since: 0, seen: {} }, found, 10, overlap);
		expect(ids(next.fresh).sort()).toEqual(['__proto__.1', 'constructor.1']);
		expect(takeNew(next.cursor, found, 10, overlap).fresh).toEqual([]);
	});
});

type Step =
	| { kind: 'edit'; who: number; after: number; lag: number }
	| {
			kind: 'poll';
			after: number;
			/** How long the list is read, and what is edited meanwhile, by the percentage of that time. */
			reading: number;
			meanwhile: Array<{ who: number; when: number; lag: number }>;
	  }
	| { kind: 'down'; after: number };

type Poll = Extract<Step, { kind: 'poll' }>;

const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('edit' as const),
			who: fc.nat(7),
			after: fc.nat(3 * second),
			lag: fc.nat(20 * second),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('poll' as const),
			after: fc.nat(30 * second),
			reading: fc.nat(200).map((seconds) => seconds * second),
			meanwhile: fc.array(
				fc.record({
					who: fc.nat(7),
					when: fc.nat(100),
					lag: fc.nat(20 * second),
				}),
				{ maxLength: 3 },
			),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('down' as const),
			after: fc.nat(10 * 60 * second),
		}),
	},
);

interface Held {
	version: number;
	at: number;
	/** Shown in lists from then on; until then the version before it is. */
	showsAt: number;
	before?: Held | undefined;
}

/** What a list shows of a record at a time. */
function shown(held: Held | undefined, now: number): Held | undefined {
	let each = held;
	while (each !== undefined && each.showsAt > now) each = each.before;
	return each;
}

test('each edit is delivered at least once, none twice with the same revision', () => {
	fc.assert(
		fc.property(
			fc.array(step, { maxLength: 60 }),
			fc.integer({ min: 1, max: 4 }),
			fc.constantFrom(1, second, 10 * second),
			(steps, most, grain) => {
				const records = new Map<string, Held>();
				const delivered: string[] = [];
				let now = 1_000_000 * second;
				let cursor = cursorAt(now - overlap, []);
				const edit = (who: number, lag: number) => {
					const id = `r${who}`;
					const before = records.get(id);
					records.set(id, {
						version: (before?.version ?? 0) + 1,
						// Dates of a coarse clock: many are equal
						at: Math.floor(now / grain) * grain,
						showsAt: now + lag,
						before,
					});
				};
				const poll = ({ reading, meanwhile }: Pick<Poll, 'reading' | 'meanwhile'>) => {
					const found: Stamped[] = [];
					const start = now;
					const edits = [...meanwhile].sort((left, right) => left.when - right.when);
					const ids = Array.from({ length: 8 }, (_, who) => `r${who}`);
					ids.forEach((id, index) => {
						// Each record is read at its own moment
						const share = (100 * (index + 1)) / ids.length;
						while (edits.length > 0 && entryAt(edits, 0).when <= share) {
							const { who, when, lag } = edits.shift() as Poll['meanwhile'][number];
							now = start + (reading * when) / 100;
							edit(who, lag);
						}
						const seen = shown(records.get(id), start + (reading * share) / 100);
						if (seen !== undefined && seen.at >= cursor.since) {
							found.push(at(id, seen.version, seen.at));
						}
					});
					now = start + reading;
					const next = takeNew(cursor, found, most, overlap + reading);
					// As n8n keeps it
					cursor = cursorIn(JSON.parse(JSON.stringify(next.cursor))) as Cursor;
					delivered.push(...next.fresh.map(({ id, version }) => `${id}.${version}`));
				};
				for (const each of steps) {
					now += each.after;
					if (each.kind === 'edit') edit(each.who, each.lag);
					if (each.kind === 'poll') poll(each);
				}
				now += overlap;
				for (let round = 0; round < 20; round++) poll({ reading: 0, meanwhile: [] });
				expect(new Set(delivered).size).toBe(delivered.length);
				for (const [id, { version }] of records) {
					expect(delivered.filter((text) => text.startsWith(`${id}.`)).pop()).toBe(
						`${id}.${version}`,
					);
				}
			},
		),
		{ numRuns: Number(process.env.PROPERTY_CASES ?? 500) },
	);
});
