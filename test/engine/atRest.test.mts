import { entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers, type LinkRow } from '../../nodes/MatchAndMap/engine/index';
import { read } from '../../nodes/MatchAndMap/engine/read';
import { compile } from '../../nodes/MatchAndMap/engine/rules';
import {
	a,
	b,
	contact,
	daysLater,
	expectNoWrites,
	finding,
	gone,
	goneUser,
	inputOf,
	linked,
	movedTo,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	user,
	w,
	type Given,
} from './builders.mts';
import { flowOf, kept } from './refusal.mts';

/** Whether each row is left at rest: neither merged nor looked at again. */
function atRest(given: Given): boolean[] {
	const input = inputOf(given);
	const known = read(compile(input), input);
	return [...known.atRest.map(() => true), ...known.linked.map(() => false)];
}
const pair = (row: Partial<LinkRow> = {}, more: Given = {}): Given => ({
	wixRecords: [contact('C1', a)],
	users: [user('U1', a)],
	links: [linked('C1', 'U1', a, row)],
	...more,
});

describe('a linked row is at rest', () => {
	test('where both sides hold what it remembers', () => {
		expect(atRest(pair())).toEqual([true]);
		expect(atRest(pair({}, { users: [user('U1', ` ${a.toUpperCase()} `)] }))).toEqual([true]);
		expect(run(pair()).report.counts).toMatchObject({ inSync: 1, unmatched: 0, withoutKey: 0 });
	});

	test.each<[string, Given]>([
		['a write is under way', pair({ pending: pendings(pendingWrite(b, a, sent)) })],
		['a record was gone', pair(gone)],
		['a record was merged', pair(movedTo('wix', 'C9'))],
		['the contact is not listed', pair({}, { wixRecords: [] })],
		['the user is not listed', pair({}, { users: [] })],
		['the contact was edited', pair({}, { wixRecords: [contact('C1', w)] })],
		['the user was edited', pair({}, { users: [user('U1', w)] })],
		['both are edited alike', pair({}, { wixRecords: [contact('C1', w)], users: [user('U1', w)] })],
		[
			'both are empty',
			pair({ lastSynced: '' }, { wixRecords: [contact('C1', null)], users: [user('U1', null)] }),
		],
		['nothing is remembered', pair({ lastSynced: '' })],
	])('not where %s', (_, given) => expect(atRest(given)).toEqual([false]));

	test('in all its fields or not at all', () => {
		const dataFlow = flowOf([...contactsAndUsers.properties, kept('company', 'org')]);
		const given = (org: string): Given =>
			pair(
				{ lastSynced: JSON.stringify({ 'primaryInfo.email': a, company: 'North' }) },
				{
					dataFlow,
					wixRecords: [{ ...contact('C1', a), company: 'North' }],
					users: [{ ...user('U1', a), org }],
				},
			);
		expect([atRest(given('North')), atRest(given('South'))]).toEqual([[true], [false]]);
	});
});

test('two empty records that a person linked: there is nothing to remember and nothing to save', () => {
	const outcome = run(
		pair({ lastSynced: '' }, { wixRecords: [contact('C1', null)], users: [user('U1', null)] }),
	);
	expect(outcome.links).toEqual([]);
	expectNoWrites(outcome);
});

test.each([
	['gone', gone],
	['gone, the user', goneUser],
	['outside the list', { pending: pendings(finding('wix', 'present')) }],
])(
	'a record that is seen again is not %s: the finding is taken off a pair that agrees',
	(_, row) => {
		const outcome = run(pair(row));
		expect(outcome.links.map(({ link }) => link.pending)).toEqual(['']);
		expectNoWrites(outcome);
	},
);

describe('what is said of a pair that is left alone', () => {
	const questions = (given: Given) => run(given).review.map(({ question }) => question);

	test('that was linked by hand and differs: no side was emptied', () => {
		const outcome = run(pair({ lastSynced: '' }, { users: [user('U1', b)] }));
		expect(reasons(outcome)).toEqual(['firstLinkDiffers']);
		expect(entryAt(outcome.review, 0).question).toContain('Nothing tells which one is right');
	});

	test('whose write never shows: it was taken, not refused', () => {
		const late = pair(
			{
				lastSynced: JSON.stringify({ 'primaryInfo.email': b }),
				pending: pendings(pendingWrite(b, a, sent)),
			},
			{ users: [user('U1', b)], now: daysLater(9) },
		);
		expect(reasons(run(late))).toEqual(['notTaken']);
		expect(questions(late)[0]).toContain('more than 7 days ago');
	});

	test('where one side holds what cannot be used: only that side is named, once', () => {
		const bad = pair({}, { wixRecords: [{ id: 'C1', primaryInfo: { email: 'nobody' } }] });
		expect(questions(bad)).toEqual([
			expect.stringMatching(/^The field 'primaryInfo.email' is no email address [^']+$/),
		]);
	});

	test.each<[string, Given]>([
		[
			'of Wix',
			{
				wixRecords: [{ id: 'C1', primaryInfo: { email: 7 } }],
				users: [],
				complete: { wix: true, users: false },
			},
		],
		[
			'of the users',
			{
				wixRecords: [],
				users: [{ id: 'U1', profile: { email: 7 } }],
				complete: { wix: false, users: true },
			},
		],
	])('in a run that sees only the side %s, with a value that cannot be used', (_, more) => {
		const outcome = run(pair({}, more));
		expect(reasons(outcome)).toEqual(['badValue']);
		expectNoWrites(outcome);
	});
});
