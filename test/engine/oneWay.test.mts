import { atLeast } from '../../runtime/entries.mts';
import type { LinkRow, Policies, PropertyRule } from '../../nodes/MatchAndMap/engine/index';
import {
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	runAnswered,
	sent,
	type Given,
} from './builders.mts';
import { flowOf, kept } from './refusal.mts';

type Direction = PropertyRule['direction'];
type Name = string | null;

/** A pair with one name that is kept in sync; `base` is what both held. */
const pairOf = (
	direction: Direction,
	[wix, users]: [Name, Name],
	base: Name = 'Ada',
	row: Partial<LinkRow> = {},
	policies: Partial<Policies> = {},
): Given => ({
	dataFlow: flowOf([kept('name', 'name', { direction })]),
	wixRecords: [{ id: 'C1', name: wix }],
	users: [{ id: 'U1', name: users }],
	links: [
		linked('C1', 'U1', null, {
			lastSynced: base === null ? '' : JSON.stringify({ name: base }),
			...row,
		}),
	],
	policies,
});
const pair = (...given: Parameters<typeof pairOf>) => run(pairOf(...given));
/** The run after a person has answered what the pair comes to. */
const answers = (names: [Name, Name], base: Name, answer: string) =>
	runAnswered(pairOf('both', names, base), answer);
const written = (outcome: ReturnType<typeof pair>) =>
	[...outcome.toUsers, ...outcome.toWix].map(({ side, reason, expected, set }) => [
		side,
		reason,
		expected.name,
		set.name,
	]);

/** Seen from the source of a one-way rule: towards whom it goes, and a pair told source first. */
const ways: Array<
	['toUsers' | 'toWix', 'users' | 'wix', (source: Name, target: Name) => [Name, Name]]
> = [
	['toUsers', 'users', (source, target) => [source, target]],
	['toWix', 'wix', (source, target) => [target, source]],
];

describe.each(ways)('%s', (direction, target, sides) => {
	const edited = target === 'users' ? 'wixEdited' : 'userEdited';

	test('an edit of the source is carried', () => {
		expect(written(pair(direction, sides('Bea', 'Ada')))).toEqual([[target, edited, 'Ada', 'Bea']]);
	});

	test('an edit of the target is put back', () => {
		const outcome = pair(direction, sides('Ada', 'Bea'));
		expect(written(outcome)).toEqual([[target, 'putBack', 'Bea', 'Ada']]);
		expect(outcome.report.counts.putBack).toBe(1);
	});

	test('a target that was emptied is put back', () => {
		expect(written(pair(direction, sides('Ada', null)))).toEqual([
			[target, 'putBack', null, 'Ada'],
		]);
	});

	test('a source that was emptied empties nothing: reviewed', () => {
		const outcome = pair(direction, sides(null, 'Ada'));
		expect([written(outcome), reasons(outcome)]).toEqual([[], ['emptied']]);
	});

	test('a source that was emptied while the target was edited: reviewed by the source', () => {
		const outcome = pair(direction, sides(null, 'Bea'));
		expect(written(outcome)).toEqual([]);
		expect(outcome.review.map(({ question }) => question)).toEqual([
			expect.stringContaining(
				target === 'users' ? 'emptied in Wix' : 'emptied in the users system',
			),
		]);
	});

	test('both edited: the source is right, whatever the policy', () => {
		const wrong = target === 'users' ? ('usersWin' as const) : ('wixWins' as const);
		for (const policies of [{}, { bothEdited: wrong }])
			expect(written(pair(direction, sides('Bea', 'Cleo'), 'Ada', {}, policies))).toEqual([
				[target, edited, 'Cleo', 'Bea'],
			]);
	});

	test('a new pair: the target is filled, the source never', () => {
		expect(written(pair(direction, sides('Bea', null), null))).toEqual([
			[target, 'fillEmpty', null, 'Bea'],
		]);
		const empty = pair(direction, sides(null, 'Bea'), null);
		expect([written(empty), reasons(empty)]).toEqual([[], []]);
		expect(empty.report.counts.inSync).toBe(1);
	});

	test('a new pair that differs: only the target may be written', () => {
		const right = target === 'users' ? ('wixWins' as const) : ('usersWin' as const);
		const wrong = target === 'users' ? ('usersWin' as const) : ('wixWins' as const);
		const differs = (firstLink: Policies['firstLink']) =>
			pair(direction, sides('Bea', 'Cleo'), null, {}, { firstLink });
		expect(written(differs(right))).toEqual([[target, 'firstLink', 'Cleo', 'Bea']]);
		expect([written(differs(wrong)), reasons(differs(wrong))]).toEqual([[], ['firstLinkDiffers']]);
		const [{ answers }] = atLeast(differs('review').review, 1);
		expect(answers).toContain(`${right}: `);
		expect(answers).not.toContain(`${wrong}: `);
	});
});

describe('in both directions', () => {
	test.each<[string, [Name, Name], unknown[]]>([
		['edited in Wix', ['Bea', 'Ada'], ['users', 'wixEdited', 'Ada', 'Bea']],
		['edited by the user', ['Ada', 'Bea'], ['wix', 'userEdited', 'Ada', 'Bea']],
		['one empty, the other edited', ['Bea', null], ['users', 'fillEmpty', null, 'Bea']],
		['the other empty', [null, 'Bea'], ['wix', 'fillEmpty', null, 'Bea']],
	])('%s', (_, names, expected) => {
		expect(written(pair('both', names))).toEqual([expected]);
	});

	test.each<[[Name, Name], string]>([
		[[null, 'Ada'], 'emptied in Wix'],
		[['Ada', null], 'emptied in the users system'],
	])('%j: reviewed by the side that was emptied', (names, words) => {
		const outcome = pair('both', names);
		expect(written(outcome)).toEqual([]);
		expect(outcome.review.map(({ question }) => question)).toEqual([
			expect.stringContaining(words),
		]);
	});

	test('an answer fills the side that was emptied; to empty the other is no answer', () => {
		expect(written(answers(['Ada', null], 'Ada', 'wixWins'))).toEqual([
			['users', 'answer', null, 'Ada'],
		]);
		const outcome = answers([null, 'Ada'], 'Ada', 'wixWins');
		expect(written(outcome)).toEqual([]);
		expect(outcome.review).toMatchObject([{ reason: 'emptied', state: 'open', answer: '' }]);
	});

	test('a new pair that differs is settled by policy or answer', () => {
		const names: [Name, Name] = ['Bea', 'Cleo'];
		expect(reasons(pair('both', names, null))).toEqual(['firstLinkDiffers']);
		expect(written(pair('both', names, null, {}, { firstLink: 'wixWins' }))).toEqual([
			['users', 'firstLink', 'Cleo', 'Bea'],
		]);
		expect(written(answers(names, null, 'usersWin'))).toEqual([['wix', 'answer', 'Bea', 'Cleo']]);
	});
});

describe('emptied on both sides', () => {
	const write = (more = {}) => ({
		pending: pendings(pendingWrite('Ada', 'Bea', { property: 'name', ...sent, ...more })),
	});

	test('is remembered', () => {
		const outcome = pair('both', [null, ' ']);
		expect(outcome.links.map(({ link }) => link.lastSynced)).toEqual(['']);
		expect(outcome.report.counts.inSync).toBe(1);
	});

	test('and leaves the memory of other fields alone', () => {
		const outcome = run({
			dataFlow: flowOf([kept('name', 'name'), kept('org', 'org')]),
			wixRecords: [{ id: 'C1', org: 'Co' }],
			users: [{ id: 'U1', org: 'Co' }],
			links: [linked('C1', 'U1', null, { lastSynced: '{"name":"Ada","org":"Co"}' })],
		});
		expect(outcome.links.map(({ link }) => JSON.parse(link.lastSynced))).toEqual([{ org: 'Co' }]);
	});

	test('waits while a value is on its way that could still show', () => {
		const outcome = pair('both', [null, null], 'Ada', write());
		expect(outcome.links).toEqual([]);
		expect(outcome.report.counts.waiting).toBe(1);
	});

	test('not for ever, and not for one that was refused', () => {
		for (const more of [{ at: '2026-04-01T00:00:00.000Z' }, { outcome: 'refused' as const }]) {
			const outcome = pair('both', [null, null], 'Ada', write(more));
			expect(outcome.links.map(({ link }) => [link.lastSynced, pendingOf(link)])).toEqual([
				['', []],
			]);
		}
	});
});
