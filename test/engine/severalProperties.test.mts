import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type Link,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	baseOf,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	steps,
	w,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

const name = (field: string, more: Partial<PropertyRule> = {}) => kept(field, field, more);
const flow = (...properties: PropertyRule[]): DataFlow => ({ ...contactsAndUsers, properties });
const three = flow(name('one'), name('two'), name('three'));

type Values = Partial<Record<'one' | 'two' | 'three', string>>;

/** One linked pair that last agreed on 'old' in every field. */
function pair(wix: Values, users: Values, row: Partial<Link> = {}, given: Given = {}) {
	const old = { one: 'old', two: 'old', three: 'old' };
	return run({
		dataFlow: three,
		wixRecords: [{ id: 'C1', ...old, ...wix }],
		users: [{ id: 'U1', ...old, ...users }],
		...given,
		links: [linked('C1', 'U1', null, { lastSynced: JSON.stringify(old), ...row })],
	});
}
const sets = (outcome: ReturnType<typeof run>) =>
	[...outcome.toUsers, ...outcome.toWix].map(({ side, reason, set }) => [side, reason, set]);

describe('several properties of one pair', () => {
	test('edited on one side go out in one write', () => {
		expect(sets(pair({ one: 'new', three: 'newer' }, {}))).toEqual([
			['users', 'wixEdited', { one: 'new', three: 'newer' }],
		]);
	});

	test('edited on different sides: the users first, the rest waits for the next run', () => {
		const outcome = pair({ one: 'new' }, { two: 'newer' });
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { one: 'new' }]]);
		expect(outcome.report.counts).toMatchObject({ changed: 1, waiting: 0 });
		expect(sets(pair({}, { two: 'newer' }))).toEqual([['wix', 'userEdited', { two: 'newer' }]]);
	});

	test('one in conflict keeps none of the others from being written', () => {
		const outcome = pair({ one: 'x', two: 'new' }, { one: 'y' });
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { two: 'new' }]]);
		expect(reasons(outcome)).toEqual(['bothEdited']);
		expect(entryAt(outcome.review, 0).message).toContain("'one'");
		expect(outcome.report.counts).toMatchObject({ review: 1, changed: 0 });
	});

	test('of several reasons an edit is named before a value that is put back', () => {
		const outcome = pair(
			{ two: 'new' },
			{ one: 'mine' },
			{},
			{
				dataFlow: flow(name('one', { direction: 'toUsers' }), name('two'), name('three')),
			},
		);
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { one: 'old', two: 'new' }]]);
	});

	test('put back on one side and edited on the other: it counts as waiting, not as put back', () => {
		const outcome = pair(
			{},
			{ one: 'mine', two: 'new' },
			{},
			{
				dataFlow: flow(name('one', { direction: 'toUsers' }), name('two'), name('three')),
			},
		);
		expect(sets(outcome)).toEqual([['users', 'putBack', { one: 'old' }]]);
		expect(outcome.report.counts).toMatchObject({ waiting: 1, putBack: 0 });
	});

	test('bases move one by one, and are not rewritten where they are the same', () => {
		const outcome = pair({ one: 'same', two: 'x' }, { one: 'same', two: 'y' });
		expect(outcome.links.map(({ link }) => JSON.parse(link.lastSynced))).toEqual([
			{ one: 'same', two: 'old', three: 'old' },
		]);
		expect(baseOf(entryAt(outcome.links, 0).link)).toBeUndefined();
	});

	test('a value that cannot be used holds up only its own field', () => {
		const outcome = pair({ one: ['x'] as never, two: 'new' }, {});
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { two: 'new' }]]);
		expect(reasons(outcome)).toEqual(['badValue']);
		expect(entryAt(outcome.review, 0).message).toContain("'one' holds a list");
	});
});

describe('a decision', () => {
	const decision = { decision: 'wixWins' as const };

	test('settles every conflict of the pair at once, and is cleared', () => {
		const outcome = pair({ one: 'x', two: 'x' }, { one: 'y', two: 'y' }, decision);
		expect(sets(outcome)).toEqual([['users', 'decision', { one: 'x', two: 'x' }]]);
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['']);
		expect(outcome.review).toEqual([]);
	});

	test('is kept while it is not used up: the other side is written first', () => {
		const outcome = pair({ one: 'new', two: 'x' }, { two: 'y' }, { decision: 'usersWin' });
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { one: 'new' }]]);
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['usersWin']);
	});

	test('goes with a write that only partly asks for it', () => {
		const outcome = pair({ one: 'new', two: 'x' }, { two: 'y' }, decision);
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { one: 'new', two: 'x' }]]);
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['']);
	});

	test('is kept while something else of the pair waits or is undecided', () => {
		const pending = pendings(pendingWrite('old', 'new', { ...sent, property: 'one' }));
		const waiting = pair({ one: 'new' }, {}, { ...decision, pending });
		expect([waiting.links, steps(waiting)]).toEqual([[], []]);
		const bad = pair({ one: ['x'] as never }, {}, decision);
		expect(bad.links).toEqual([]);
	});

	test('that nothing asks for is cleared beside an edit', () => {
		const outcome = pair({ one: 'new' }, {}, decision);
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { one: 'new' }]]);
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['']);
	});

	test('is not cleared in a run that sees one side only', () => {
		const users = pair({}, {}, decision, { users: [], complete: { wix: true, users: false } });
		const wix = pair({}, {}, decision, { wixRecords: [], complete: { wix: false, users: true } });
		expect([users.links, wix.links]).toEqual([[], []]);
	});
});

describe('a preview', () => {
	test('saves and sends nothing, and reports what a real run would do', () => {
		const given = { policies: { guard: null } };
		const real = pair({ one: 'new', two: 'x' }, { two: 'y' }, {}, given);
		const preview = pair(
			{ one: 'new', two: 'x' },
			{ two: 'y' },
			{},
			{
				policies: { ...given.policies, dryRun: true },
			},
		);
		expect([preview.links, preview.toUsers, preview.toWix]).toEqual([[], [], []]);
		expect(preview.review).toEqual(real.review);
		const { html: _, ...facts } = real.report;
		expect(preview.report).toMatchObject(facts);
		expect(preview.report.changes).toEqual([
			{ side: 'users', operation: 'update', property: 'one', count: 1 },
		]);
	});
});

describe('what the report counts', () => {
	test('changes by side, step and property; removals and look-ups without one', () => {
		const dataFlow = contactsAndUsers;
		const contactOf = (id: string, email: string) => ({ id, primaryInfo: { email } });
		const userOf = (id: string, email: string) => ({ id, profile: { email: { email } } });
		const outcome = run({
			dataFlow,
			wixRecords: [
				contactOf('C1', w),
				contactOf('C2', 'w2@example.com'),
				contactOf('C5', 'n@example.com'),
			],
			users: [userOf('U1', a), userOf('U2', 'b@example.com'), userOf('U3', 'c@example.com')],
			links: [
				linked('C1', 'U1', a),
				linked('C2', 'U2', 'b@example.com'),
				linked('C3', 'U3', 'c@example.com', {
					goneSide: 'wix',
					goneConfirmedAt: '2026-04-30T00:00:00Z',
				}),
				linked('C4', 'U4', 'd@example.com'),
			],
			policies: { createMissing: 'users', vanished: 'delete', guard: null },
		});
		expect(outcome.report.changes).toEqual([
			{ side: 'users', operation: 'update', property: 'primaryInfo.email', count: 2 },
			{ side: 'users', operation: 'create', property: 'primaryInfo.email', count: 1 },
			{ side: 'users', operation: 'delete', property: '', count: 1 },
			{ side: 'users', operation: 'verify', property: '', count: 1 },
		]);
		expect(outcome.report.review).toEqual({});
		expect(outcome.report.counts).toMatchObject({ changed: 4, waiting: 1 });
	});

	test('matters for review by reason', () => {
		const outcome = run({
			wixRecords: [
				{ id: 'C1', primaryInfo: { email: 7 } },
				{ id: 'C2', primaryInfo: { email: 8 } },
			],
			links: [linked('', '', null)],
		});
		expect(outcome.report.review).toEqual({ badValue: 2, badLink: 1 });
	});
});

test('an entry that was kept in mind for a field that agrees is dropped with the others', () => {
	const outcome = pair(
		{ one: 'new' },
		{ one: 'new' },
		{
			pending: pendings(
				pendingWrite('old', 'new', { ...sent, property: 'one' }),
				pendingWrite('old', 'x', { outcome: 'refused', property: 'two' }),
			),
		},
	);
	expect(outcome.links.map(({ link }) => pendingOf(link))).toEqual([[]]);
});
