import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type LinkRow,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	answered,
	baseOf,
	gone,
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
function pair(wix: Values, users: Values, row: Partial<LinkRow> = {}, given: Given = {}) {
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
		expect(entryAt(outcome.review, 0).question).toContain("'one'");
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
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ one: 'old', two: 'new' }]);
		expect(outcome.report.counts).toMatchObject({ changed: 1, putBack: 0 });
		expect(outcome.report.html).toContain('edited in Wix');
		expect(outcome.report.html).not.toContain('the rule goes one way');
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
		expect(entryAt(outcome.review, 0).question).toContain("'one' holds a list");
	});
});

describe('an answer', () => {
	const answer = (code: string, wix: Values, users: Values, policies: Given['policies'] = {}) => {
		const asked = answered(pair(wix, users), code);
		return pair(wix, users, {}, { review: asked, policies });
	};

	test('settles every conflict of the pair at once', () => {
		const outcome = answer('wixWins', { one: 'x', two: 'x' }, { one: 'y', two: 'y' });
		expect(sets(outcome)).toEqual([['users', 'answer', { one: 'x', two: 'x' }]]);
		expect(outcome.review.map(({ state }) => state)).toEqual(['settled']);
	});

	test('goes with a write that only partly asks for it', () => {
		const outcome = answer('wixWins', { one: 'new', two: 'x' }, { two: 'y' });
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ one: 'new', two: 'x' }]);
		expect(outcome.review.map(({ state }) => state)).toEqual(['settled']);
	});

	test('stays for the next run where the other side is written first', () => {
		const outcome = answer('usersWin', { one: 'new', two: 'x' }, { two: 'y' });
		expect(sets(outcome)).toEqual([['users', 'wixEdited', { one: 'new' }]]);
		expect(outcome.review).toEqual([]);
	});

	test('stays for the run that may carry it out: in a preview, and outside a trial', () => {
		for (const policies of [{ dryRun: true }, { onlyRecords: ['C9'] }]) {
			const outcome = answer('wixWins', { one: 'x' }, { one: 'y' }, policies);
			expect([steps(outcome), outcome.review]).toEqual([[], []]);
		}
	});

	test('to another question than the one that stands now is cleared, and the question is asked anew', () => {
		const asked = answered(pair({ one: 'x' }, { one: 'y' }), 'wixWins');
		const outcome = pair({ one: 'z' }, { one: 'y' }, {}, { review: asked });
		expect(steps(outcome)).toEqual([]);
		expect(outcome.review).toMatchObject([{ id: 1, state: 'open', answer: '' }]);
		expect(entryAt(outcome.review, 0).question).toContain("'z'");
	});

	test('that nothing asks for any more is settled without a write', () => {
		const asked = answered(pair({ one: 'x' }, { one: 'y' }), 'wixWins');
		const outcome = pair({ one: 'y' }, { one: 'y' }, {}, { review: asked });
		expect(steps(outcome)).toEqual([]);
		expect(outcome.review).toMatchObject([{ id: 1, state: 'settled' }]);
	});

	test('to leave it alone keeps the other fields from being written, too', () => {
		const outcome = answer('leaveAlone', { one: 'new', two: 'x' }, { two: 'y' });
		expect(steps(outcome)).toEqual([]);
		expect(outcome.links.map(({ link }) => link.state)).toEqual(['ignored']);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, review: 0 });
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
				linked('C3', 'U3', 'c@example.com', gone),
				linked('C4', 'U4', 'd@example.com'),
			],
			policies: { createMissing: 'users', vanished: 'delete', guard: null },
		});
		expect(outcome.report.changes).toEqual([
			{ side: 'users', operation: 'update', property: 'primaryInfo.email', count: 2 },
			{ side: 'users', operation: 'delete', property: '', count: 1 },
			{ side: 'users', operation: 'create', property: 'primaryInfo.email', count: 1 },
			{ side: 'users', operation: 'verify', property: '', count: 1 },
			{ side: 'wix', operation: 'verify', property: '', count: 1 },
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
