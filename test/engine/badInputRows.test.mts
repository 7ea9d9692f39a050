import { atLeast, entryAt } from '../../runtime/entries.mts';
import { explain, makePlan, type LinkRow } from '../../nodes/MatchAndMap/engine/index';
import {
	baseOf,
	brief,
	contact,
	daysLater,
	inputOf,
	linked,
	pendingWrite,
	reasons,
	run,
	savedAt,
	seen,
	user,
	userUpdate,
} from './builders.mts';
import { nested, pollutes } from './hostile.mts';

const a = 'a@example.com';
const b = 'b@example.com';
const row = (more: object) => linked('C1', 'U1', a, more as Partial<LinkRow>);
/** A linked pair edited in Wix, whose row is sound: whatever stands beside it, its change is planned. */
const sound = {
	wixRecords: [contact('C1', a), contact('C2', b)],
	users: [user('U1', a), user('U2', a)],
	links: [linked('C2', 'U2', a)],
};
const soundChange = [userUpdate('U2', a, b)];

/** Plans with one more row beside the sound one, and explains its records. */
function beside(link: unknown) {
	const made = makePlan(inputOf({ ...sound, links: [link as LinkRow, ...sound.links] }));
	for (const name of ['C1', 'U1', a]) expect(explain(name, made).join(' ')).not.toBe('');
	return seen(made.plan);
}

afterEach(() => expect(pollutes()).toBe(false));

describe('a row that cannot be used is one matter for review; the others go on', () => {
	const cyclic: { self?: unknown } = {};
	cyclic.self = cyclic;

	test.each<[string, unknown]>([
		['null', null],
		['nothing', undefined],
		['a number', 7],
		['a text', 'C1'],
		['a list', [linked('C1', 'U1', a)]],
		['an empty object', {}],
		['a function', () => linked('C1', 'U1', a)],
		['without a flow', row({ flow: null })],
		['with an object as its flow', row({ flow: { toString: 1 } })],
	])('%s', (_, link) => {
		const outcome = beside(link);
		expect(reasons(outcome)).toEqual(['badLink']);
		expect(entryAt(outcome.review, 0).question).toContain('its flow is empty');
		expect(outcome.report.counts.review).toBe(1);
		expect(brief(outcome.toUsers)).toEqual(soundChange);
	});

	test.each<[string, object, string]>([
		['a list as an id', { wixId: ['C1'] }, 'its wixId is no text'],
		['an object as an id', { userId: { toString: 1 } }, 'its userId is no text'],
		['a cyclic object as an id', { userId: cyclic }, 'its userId is no text'],
		['a deep object as an id', { linkId: nested(100_000) }, 'its linkId is no text'],
		['a BigInt as an id', { wixId: 1n }, 'its wixId is no text'],
		['a symbol as an id', { wixId: Symbol('x') }, 'its wixId is no text'],
		['an object as a note', { note: {} }, 'its note is no text'],
		['a function as a note', { note: () => 1 }, 'its note is no text'],
		['an unknown state', { state: 'constructor' }, 'its state is none of'],
		['no state', { state: null }, 'its state is none of'],
		['a list as a state', { state: ['linked'] }, 'its state is none of'],
		['no ids', { wixId: null, userId: '' }, 'it names no record'],
		['half of a link', { userId: '' }, 'a linked row needs both ids'],
		['half of a pair to keep apart', { state: 'keepApart', wixId: '' }, 'needs both ids'],
	])('%s', (_, more, text) => {
		const outcome = beside(row(more));
		expect(reasons(outcome)).toEqual(['badLink']);
		expect(entryAt(outcome.review, 0).question).toContain(text);
		expect(outcome.report.counts.review).toBe(1);
		expect(brief(outcome.toUsers)).toEqual(soundChange);
		expect(outcome.links.map(({ operation }) => operation)).not.toContain('remove');
	});

	const deep = (count: number) => '['.repeat(count) + ']'.repeat(count);

	test.each<[string, unknown]>([
		['broken JSON', '{"primaryInfo.email":'],
		['a text', '"text"'],
		['a list', '[]'],
		['a number', '5'],
		['true', true],
		['an object as a prototype', '{"__proto__":{"polluted":1}}'],
		['a list as a value', `{"primaryInfo.email":["${a}"]}`],
		['100,000 lists in each other', deep(100_000)],
		['100,000 lists in each other as a value', `{"x":${deep(100_000)}}`],
		['10 MB of text', 'x'.repeat(10_000_000)],
		['10 MB of JSON text', `"${'x'.repeat(10_000_000)}"`],
		['a cyclic object', cyclic],
		['a deep object', nested(100_000)],
	])('%s as lastSynced', (_, lastSynced) => {
		const outcome = beside(row({ lastSynced }));
		expect(reasons(outcome)).toEqual(['badLink']);
		expect(entryAt(outcome.review, 0).question).toContain('its lastSynced is no JSON object');
		expect(brief(outcome.toUsers)).toEqual(soundChange);
	});

	const entry = pendingWrite(a, b);
	test.each<[string, unknown]>([
		['broken JSON', '[{'],
		['an object', JSON.stringify(entry)],
		['a list of null', '[null]'],
		['a list of lists', '[[]]'],
		['an entry with an unknown operation', [{ ...entry, operation: 'toString' }]],
		['an entry with an unknown side', [{ ...entry, side: '__proto__' }]],
		['an entry with an unknown outcome', [{ ...entry, outcome: 'lost' }]],
		['an entry without a property', [{ ...entry, property: undefined }]],
		['an entry with a number as its time', [{ ...entry, at: 5 }]],
		['an entry with a number as its lease', [{ ...entry, until: 5 }]],
		['an entry without a field', [{ ...entry, field: undefined }]],
		['an entry with an unknown reason', [{ ...entry, reason: 'why' }]],
		['an entry with a text as others', [{ ...entry, others: 'U7' }]],
		['an entry with a list as defaults', [{ ...entry, defaults: [] }]],
		['an update from an object', [{ ...entry, from: { email: a } }]],
		['an entry with a list to write', [{ ...entry, to: [b] }]],
		['100,000 lists in each other', deep(100_000)],
		['100,000 lists in each other in an entry', `[{"x":${deep(100_000)}}]`],
		['a cyclic list', [cyclic]],
	])('%s as pending', (_, pending) => {
		const outcome = beside(row({ pending }));
		expect(reasons(outcome)).toEqual(['badLink']);
		expect(entryAt(outcome.review, 0).question).toContain('its pending is no JSON list');
		expect(brief(outcome.toUsers)).toEqual(soundChange);
	});

	test('rows without any id are one matter, which names each of them and counts the rest', () => {
		const rows = Array.from({ length: 15 }, (_, n) =>
			linked('', '', null, { id: n + 1, state: 'ignored' }),
		);
		const outcome = run({ ...sound, links: [...rows, ...rows.slice(0, 3), ...sound.links] });
		expect(reasons(outcome)).toEqual(['badLink']);
		const { question } = entryAt(outcome.review, 0);
		expect(question).toContain('Row 1 of the links table');
		expect(question).toContain('Row 10 of the links table');
		expect(question).not.toContain('Row 11 ');
		expect(question).toMatch(/ 5 more are of this kind\.$/);
		expect(outcome.report.counts.review).toBe(18);
		expect(brief(outcome.toUsers)).toEqual(soundChange);
	});

	test('10 MB of an id stay out of the page', () => {
		const long = 'x'.repeat(10_000_000);
		const outcome = beside(row({ wixId: long, state: 'perhaps' }));
		expect(entryAt(outcome.review, 0).wixIds === long).toBe(true);
		expect(outcome.report.html.length).toBeLessThan(20_000);
	});

	test('a matter of many records names the first in the page', () => {
		const wixRecords = Array.from({ length: 500 }, (_, n) => contact(`C${n}`, a));
		const outcome = run({ wixRecords, users: [user('U1', a)] });
		expect(entryAt(outcome.review, 0).wixIds.split(', ')).toHaveLength(500);
		expect(outcome.report.html).toContain('and 480 more');
		expect(outcome.report.html).not.toContain('C499');
	});
});

describe('what is odd in a row but can be used', () => {
	test.each([null, undefined, '', 'null', '{}', ' '])(
		'%j as lastSynced is no base',
		(lastSynced) => {
			const outcome = beside(row({ lastSynced }));
			expect(reasons(outcome)).toEqual([]);
			const saved = outcome.links.find(({ link }) => link.wixId === 'C1');
			expect(saved && baseOf(saved.link)).toBe(a);
		},
	);

	test('JSON columns that come parsed, and numbers as ids', () => {
		const given = {
			wixRecords: [{ ...contact('1', b), id: 1 }],
			users: [{ ...user('2', a), id: 2 }],
		};
		const parsed = { lastSynced: { 'primaryInfo.email': a }, pending: [] };
		const links = [
			{ ...linked('1', '2', a), wixId: 1, userId: 2, ...parsed },
		] as unknown as LinkRow[];
		const made = makePlan(inputOf({ ...given, links }));
		const outcome = seen(made.plan);
		expect(brief(outcome.toUsers)).toEqual([userUpdate('2', a, b)]);
		expect(entryAt(outcome.toUsers, 0).link).toMatchObject({ wixId: '1', userId: '2' });
		expect(explain('1', made).join(' ')).toContain(`'${a}'`);
	});

	test('a key like __proto__ in lastSynced stays where it is', () => {
		const lastSynced = `{"__proto__":"polluted","primaryInfo.email":"${b}"}`;
		const outcome = beside(row({ lastSynced }));
		const saved = outcome.links.find(({ link }) => link.wixId === 'C1')?.link.lastSynced;
		expect(saved).toBe(`{"__proto__":"polluted","primaryInfo.email":"${a}"}`);
	});

	test('30,000 announced writes, each once or all the same, and twice the row', () => {
		const entries = Array.from({ length: 30_000 }, (_, n) =>
			pendingWrite(`${n}@example.com`, `${n + 1}@example.com`, { outcome: 'sent' }),
		);
		const properties = entries.map((entry, n) => ({ ...entry, property: `p${n}` }));
		for (const list of [entries, entries.map(() => entries[0]), properties]) {
			const pending = JSON.stringify(list);
			expect(brief(beside(row({ pending })).toUsers)).toEqual(soundChange);
			const links = [row({ pending, id: 8 }), row({ pending, id: 9 })];
			const outcome = run({ ...sound, links });
			expect(outcome.links.map(({ operation, link }) => [operation, link.id])).toContainEqual([
				'remove',
				9,
			]);
		}
	});

	test('a base of 100,000 keys, in a row that is there twice', () => {
		const base = (start: number) =>
			JSON.stringify(
				Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`p${start + n}`, n])),
			);
		const links = [row({ lastSynced: base(0), id: 8 }), row({ lastSynced: base(50_000), id: 9 })];
		const [kept] = atLeast(run({ ...sound, links }).links, 1);
		const united = JSON.parse(kept.link.lastSynced) as Record<string, number>;
		expect(Object.keys(united)).toHaveLength(150_000);
		// What both rows hold stays as the older one has it
		expect([united.p50000, united.p149999]).toEqual([50_000, 99_999]);
	});

	test('one row 10,000 times is one link', () => {
		const links = Array.from({ length: 10_000 }, (_, n) => row({ id: n + 1 }));
		const outcome = run({ ...sound, links });
		expect(outcome.links).toEqual([]);
		expect(outcome.report.sweep).toEqual({
			state: 'linked',
			...{ fromId: 2, toId: 10_000, savedUntil: savedAt },
		});
		expect(outcome.report.counts).toMatchObject({ inSync: 1, review: 0 });
	});

	test('times that nobody can read: the write counts as sent long ago', () => {
		const pending = JSON.stringify([pendingWrite(a, b, { at: 'never', outcome: 'sent' })]);
		const given = { wixRecords: [contact('C1', b)], users: [user('U1', a)] };
		const links = [row({ pending })];
		const outcome = run({ ...given, links, now: daysLater(1) });
		expect(reasons(outcome)).toEqual(['notTaken']);
	});
});
