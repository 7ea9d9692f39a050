import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	run,
	steps,
	u,
	user,
	userUpdate,
	w,
	z,
	type Given,
} from './builders.mts';
import { Tables } from './tables.mts';
import type { LinkRow } from '../../nodes/MatchAndMap/engine/index';

const start = Date.parse('2026-05-01T12:00:00.000Z');
/** So many seconds after the first run has planned. Its lease for one write is over after 181. */
const after = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const lease = 181;

/** A run that reads the rows and plans at once, unless said. */
const runAt = (seconds: number, tables: Tables, given: Given) =>
	run({ ...tables.read(), now: after(seconds), ...given });

/** Entries of a row, as 'outcome to'. */
const entries = (row: LinkRow) =>
	pendingOf(row).map(({ outcome, to }) => `${outcome} ${String(to)}`);

/** One pair, edited in Wix. */
const edited: Given = { wixRecords: [contact('C1', w)], users: [user('U1', a)] };
const onePair = () => new Tables([linked('C1', 'U1', a)]);
/** The table after a run has announced `w` for the user; that run was killed, or is under way. */
function announced(): Tables {
	const tables = onePair();
	expect(tables.save(runAt(0, tables, edited)).map(entries)).toEqual([[`announced ${w}`]]);
	return tables;
}

describe('two runs at once', () => {
	test('41: both announce, one save succeeds, and only what came out is sent and noted', () => {
		const tables = onePair();
		const [one, two] = [runAt(0, tables, edited), runAt(1, tables, edited)];
		expect([one, two].map(steps)).toEqual([['users update'], ['users update']]);
		const rows = tables.save(one);
		expect([rows.length, tables.save(two)]).toEqual([1, []]);
		const noted = rows.map((row) => ({
			...row,
			pending: pendings(pendingWrite(a, w, { outcome: 'sent' })),
		}));
		expect(tables.saveLinks(noted)).toHaveLength(1);
		expect(tables.links.map(entries)).toEqual([[`sent ${w}`]]);
	});

	test('42: what was read before another run saved the row does not come out', () => {
		const tables = onePair();
		const early = runAt(0, tables, { ...edited, wixRecords: [contact('C1', z)] });
		expect(tables.save(runAt(5, tables, edited))).toHaveLength(1);
		expect([steps(early), tables.save(early)]).toEqual([['users update'], []]);
		expect(tables.links.map(entries)).toEqual([[`announced ${w}`]]);
	});

	test('43: two first runs: nothing is sent, the next run unites the rows, the one after saves nothing', () => {
		const first: Given = {
			wixRecords: [contact('C1', a), contact('C2', w)],
			users: [user('U1', a), user('U2', w)],
		};
		const tables = new Tables();
		const [one, two] = [runAt(0, tables, first), runAt(1, tables, first)];
		expect([...tables.save(one), ...tables.save(two)]).toEqual([]);
		expect(tables.links).toHaveLength(4);
		const unites = runAt(60, tables, first);
		expect(steps(unites)).toEqual([]);
		tables.save(unites);
		tables.sweep();
		expect(tables.links.map(({ wixId, userId }) => `${wixId}-${userId}`)).toEqual([
			'C1-U1',
			'C2-U2',
		]);
		const rests = runAt(120, tables, first);
		expect([rests.links, rests.review, steps(rests)]).toEqual([[], [], []]);
	});

	test('44: a create that both want stands in two rows at most and is made once', () => {
		const given: Given = {
			wixRecords: [contact('C1', a), contact('C2', w)],
			users: [user('U2', w)],
			policies: { createMissing: 'users' },
		};
		const tables = new Tables([linked('C2', 'U2', w)]);
		const [one, two] = [runAt(0, tables, given), runAt(1, tables, given)];
		expect([...tables.save(one), ...tables.save(two)]).toEqual([]);
		const waiting = () => tables.links.filter(({ wixId }) => wixId === 'C1');
		expect(waiting().map(entries)).toEqual([[`held ${a}`], [`held ${a}`]]);
		const unites = runAt(60, tables, given);
		expect(steps(unites)).toEqual([]);
		tables.save(unites);
		tables.sweep();
		expect(waiting()).toHaveLength(1);
		const makes = runAt(120, tables, given);
		expect(steps(makes)).toEqual(['users create']);
		expect(tables.save(makes)).toHaveLength(1);
		expect(steps(runAt(130, tables, given))).toEqual([]);
	});

	test.each<[string, Partial<LinkRow>]>([
		['a note', { note: 'on leave' }],
		['a state', { state: 'ignored' }],
	])(
		'45: %s that a person types while a run is under way stands; the run sends nothing',
		(_, typed) => {
			const tables = onePair();
			const outcome = runAt(0, tables, edited);
			tables.type(11, typed);
			expect([steps(outcome), tables.save(outcome)]).toEqual([['users update'], []]);
			expect(entryAt(tables.links, 0)).toMatchObject({ ...typed, pending: '' });
		},
	);
});

describe('a row under way', () => {
	const other = {
		wixRecords: [contact('C1', w), contact('C2', z)],
		users: [user('U1', a), user('U2', b)],
	};

	test('46: is left to its run until the lease is over, while all others go on; then it is announced again', () => {
		const tables = announced();
		tables.links.push(linked('C2', 'U2', b));
		for (const seconds of [1, lease - 0.001]) {
			const beside = runAt(seconds, tables, other);
			expect(brief(beside.toUsers)).toEqual([userUpdate('U2', b, z)]);
			expect(beside.changedLinks.map(({ wixId }) => wixId)).toEqual(['C2']);
			expect(beside.report.counts).toMatchObject({ waiting: 1, changed: 1 });
		}
		const next = runAt(lease, tables, {
			...other,
			wixRecords: [contact('C1', w), contact('C2', b)],
		});
		expect(brief(next.toUsers)).toEqual([userUpdate('U1', a, w)]);
		const [row] = atLeast(tables.save(next), 1);
		expect(pendingOf(row)).toEqual([
			pendingWrite(a, w, { at: after(0), until: after(lease + lease) }),
		]);
	});

	test('47: that was written and not noted is seen by the first run after the lease', () => {
		const tables = announced();
		const written = { ...edited, users: [user('U1', w)] };
		expect(runAt(1, tables, written).links).toEqual([]);
		const sees = runAt(lease, tables, written);
		expect(steps(sees)).toEqual([]);
		tables.save(sees);
		expect(tables.links.map((row) => [baseOf(row), row.pending])).toEqual([[w, '']]);
	});

	test('59 and 60: of 40, beside a further edit: only that is sent; one that shows already is left, too', () => {
		const numbers = Array.from({ length: 41 }, (_, n) => n);
		const old = (n: number) => `p${n}@example.com`;
		const fresh = (n: number) => `new${n}@example.com`;
		const site = (editedTo: number, shown: number): Given => ({
			wixRecords: numbers.map((n) => contact(`C${n}`, n < editedTo ? fresh(n) : old(n))),
			users: numbers.map((n) => user(`U${n}`, n < shown ? fresh(n) : old(n))),
			policies: { guard: null },
		});
		const tables = new Tables(numbers.map((n) => linked(`C${n}`, `U${n}`, old(n), { id: n + 1 })));
		expect(tables.save(runAt(0, tables, site(40, 0)))).toHaveLength(40);
		const beside = runAt(5, tables, site(41, 3));
		expect(beside.changedLinks.map(({ wixId }) => wixId)).toEqual(['C40']);
		expect(beside.report.counts).toMatchObject({ waiting: 40, changed: 1, inSync: 0 });
		expect(tables.save(beside)).toHaveLength(1);
		const later = runAt(600, tables, site(41, 41));
		expect(steps(later)).toEqual([]);
		tables.save(later);
		expect(tables.links.map((row) => [baseOf(row), row.pending])).toEqual(
			numbers.map((n) => [fresh(n), '']),
		);
	});

	test('61: edited anew after its run was killed: one announced write; the earlier value is kept for its echo', () => {
		const tables = announced();
		const again = { ...edited, wixRecords: [contact('C1', z)] };
		const next = runAt(lease, tables, again);
		expect(brief(next.toUsers)).toEqual([userUpdate('U1', a, z)]);
		expect(tables.save(next).map(entries)).toEqual([[`held ${w}`, `announced ${z}`]]);
		const echo = runAt(3 * lease, tables, { ...again, users: [user('U1', w)] });
		expect([brief(echo.toUsers), echo.toWix, echo.review]).toEqual([
			[userUpdate('U1', w, z)],
			[],
			[],
		]);
	});

	test('69: put back in Wix while the user shows it: left, then one write, and never into Wix', () => {
		const tables = announced();
		const back = { wixRecords: [contact('C1', a)], users: [user('U1', w)] };
		const within = runAt(60, tables, back);
		expect([within.links, within.review, steps(within)]).toEqual([[], [], []]);
		const next = runAt(lease, tables, back);
		expect([brief(next.toUsers), next.toWix, next.review]).toEqual([
			[userUpdate('U1', w, a)],
			[],
			[],
		]);
	});

	test('70: counts as under way for a run that read the rows before the lease was over', () => {
		const tables = announced();
		const late = runAt(lease + 60, tables, { ...edited, readFrom: after(lease - 1) });
		expect([late.links, steps(late), late.report.counts.waiting]).toEqual([[], [], 1]);
		expect(steps(runAt(lease + 60, tables, { ...edited, readFrom: after(lease) }))).toEqual([
			'users update',
		]);
	});
});

describe('an address that one frees and another takes', () => {
	/** The first moves from a to b in Wix, the second from u to a. */
	const moves: Given = {
		wixRecords: [contact('C1', b), contact('C2', a)],
		users: [user('U1', a), user('U2', u)],
	};
	const twoPairs = () => new Tables([linked('C1', 'U1', a), linked('C2', 'U2', u)]);
	const first = 'contacts:C1:U1';
	const waitsFor = (row: LinkRow) => pendingOf(row).map(({ outcome, after: id }) => [outcome, id]);

	test('62: the second names the first, whose row comes first; where that one is not saved, it can be left', () => {
		const tables = twoPairs();
		const outcome = runAt(0, tables, moves);
		expect(outcome.changedLinks.map(({ wixId }) => wixId)).toEqual(['C1', 'C2']);
		expect(outcome.changedLinks.map(waitsFor)).toEqual([
			[['announced', undefined]],
			[['announced', first]],
		]);
		tables.type(11, { note: 'mine' });
		const out = tables.save(outcome);
		expect(out.map(({ linkId }) => linkId)).toEqual(['contacts:C2:U2']);
		expect(out.map(waitsFor)).toEqual([[['announced', first]]]);
		// Nothing was sent: the next run, after the lease, announces both anew
		expect(runAt(600, tables, moves).changedLinks.map(waitsFor)).toEqual([
			[['announced', undefined]],
			[['announced', first]],
		]);
	});

	test('while the first is under way in another run, the second is only held', () => {
		const tables = twoPairs();
		const rest = contact('C2', u);
		tables.save(runAt(0, tables, { ...moves, wixRecords: [contact('C1', b), rest] }));
		const beside = runAt(5, tables, moves);
		expect([beside.changedLinks.map(waitsFor), beside.review]).toEqual([
			[[['held', undefined]]],
			[],
		]);
		expect(beside.report.counts.waiting).toBe(2);
	});

	test('71: once the first has settled, the second is announced anew and waits for nobody', () => {
		const tables = twoPairs();
		tables.save(runAt(0, tables, moves));
		const killed = { ...moves, users: [user('U1', b), user('U2', u)] };
		const settles = runAt(600, tables, killed);
		expect(brief(settles.toUsers)).toEqual([userUpdate('U2', u, a)]);
		const rows = tables.save(settles);
		expect(rows.filter(({ wixId }) => wixId === 'C2').map(waitsFor)).toEqual([
			[['announced', undefined]],
		]);
		expect(tables.links.map(baseOf)).toEqual([b, u]);
	});
});

test('72: of a link that two first runs added, the twin that was announced stays; neither is touched under its lease', () => {
	// By age alone the other one would stay
	const twin = { ...entryAt(announced().links, 0), id: 900 };
	const tables = new Tables([linked('C1', 'U1', a, { id: 102 }), twin]);
	const within = runAt(60, tables, edited);
	expect([within.links, steps(within), within.report.counts.waiting]).toEqual([[], [], 1]);
	const unites = runAt(600, tables, edited);
	expect(steps(unites)).toEqual([]);
	expect(unites.changedLinks.map(({ id, state }) => [id, state])).toEqual([[102, 'removed']]);
	expect(tables.save(unites)).toHaveLength(1);
	tables.sweep();
	expect(tables.links.map((row) => [row.id, entries(row)])).toEqual([[900, [`announced ${w}`]]]);
	expect(brief(runAt(700, tables, edited).toUsers)).toEqual([userUpdate('U1', a, w)]);
});
