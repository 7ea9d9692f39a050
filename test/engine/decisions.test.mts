import { makePlan, membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import type { Pending } from '../../nodes/shared/contract/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	finding,
	gone,
	inputOf,
	linked,
	member,
	movedTo,
	now,
	pendings,
	pendingWrite,
	run,
	answered,
	sent,
	toWix,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';

/** More than 300 lines because it is one table: a situation, and the decisions that it comes to. */
type Told = [subject: string, outcome: string | undefined, because: object];

/** Each decision of a run as what it is about, what it comes to, and its reason as data. */
const decisionsOf = (given: Given): Told[] =>
	makePlan(inputOf(given)).released.decisions.map(({ row, record, outcome, because }) => [
		row === undefined ? (record?.id ?? '') : `${row.wixId}-${row.userId}`,
		outcome,
		because,
	]);

const email = 'primaryInfo.email';
const pair = (ofWix: string | null, ofUser: string | null, ...entries: Pending[]): Given => ({
	wixRecords: [contact('C1', ofWix)],
	users: [user('U1', ofUser)],
	links: [linked('C1', 'U1', a, { pending: entries.length === 0 ? '' : pendings(...entries) })],
});
const until = daysLater(1);
const free = { guard: null };
const one = (...told: Told): Told[] => [told];
const alone: Given = { wixRecords: [contact('C1', a)], users: [] };
const gone1: Given = { users: [user('U1', a)], links: [linked('C1', 'U1', a, gone)] };

describe('a decision names its outcome and its reason as data', () => {
	test.each<[string, Given, Told[]]>([
		['a pair at rest: none', pair(a, a), []],
		['a new link', { ...pair(a, a), links: [] }, one('C1-U1', 'linkedNow', { code: 'linkedNow' })],
		[
			'a new link that differs is a question, too',
			{ ...pair(a, b), links: [linked('C1', 'U1', null)] },
			one('C1-U1', 'review', { code: 'firstLinkDiffers', side: 'wix', field: email }),
		],
		[
			'an edit in Wix',
			pair(w, a),
			one('C1-U1', 'changed', { code: 'wixEdited', side: 'users', field: 'profile.email.email' }),
		],
		[
			'an edit of the user',
			pair(a, u),
			one('C1-U1', 'changed', { code: 'userEdited', side: 'wix', field: email }),
		],
		['the same edit on both sides', pair(w, w), one('C1-U1', 'inSync', { code: 'agreed' })],
		[
			'a conflict',
			pair(w, u),
			one('C1-U1', 'review', { code: 'bothEdited', side: 'wix', field: email }),
		],
		[
			'an emptied side',
			pair(a, null),
			one('C1-U1', 'review', { code: 'emptied', side: 'users', field: email }),
		],
		[
			'a value that is sent and not shown',
			pair(w, a, pendingWrite(a, w, sent)),
			one('C1-U1', 'waiting', { code: 'notShown', field: email }),
		],
		[
			'a value that is refused',
			pair(w, a, pendingWrite(a, w, { outcome: 'refused', code: 'LOCKED' })),
			one('C1-U1', 'refused', { code: 'refused', side: 'users', field: email }),
		],
		[
			'a value that cannot be used',
			pair('no address', a),
			one('C1-U1', 'review', { code: 'badValue', side: 'wix', field: email }),
		],
		[
			'a row that another run is at work on',
			pair(w, a, pendingWrite(a, w, { until })),
			one('C1-U1', 'waiting', { code: 'leased' }),
		],
		[
			'a row that two runs added',
			{ ...pair(a, a), links: [linked('C1', 'U1', a), linked('C1', 'U1', a, { id: 99 })] },
			one('C1-U1', 'inSync', { code: 'doubled' }),
		],
		[
			'a record that is not in the list',
			{
				...pair(a, a),
				users: [],
				policies: free,
				links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
				wixRecords: [contact('C1', a), contact('C2', b)],
			},
			[
				['C1-U1', 'waiting', { code: 'lookUp' }],
				['C2-U2', 'waiting', { code: 'lookUp' }],
				['', undefined, { code: 'guard' }],
			],
		],
		[
			'a record outside the list',
			{ ...pair(a, a, finding('wix', 'present')), wixRecords: [contact('C9', z)] },
			[
				['C1-U1', 'outside', { code: 'outside' }],
				['C9', 'unmatched', { code: 'noPartner', side: 'wix' }],
			],
		],
		[
			'a record that is gone',
			{ ...gone1, wixRecords: [contact('C9', z)] },
			[
				['C1-U1', 'vanished', { code: 'vanished', side: 'wix', ids: ['C1'] }],
				['C9', 'unmatched', { code: 'noPartner', side: 'wix' }],
			],
		],
		[
			'both records gone',
			{
				wixRecords: [contact('C9', z)],
				users: [user('U9', b)],
				links: [
					linked('C1', 'U1', a, {
						pending: pendings(finding('wix', 'gone'), finding('users', 'gone')),
					}),
				],
			},
			[
				['C1-U1', 'vanished', { code: 'bothGone' }],
				['C9', 'unmatched', { code: 'noPartner', side: 'wix' }],
				['U9', 'unmatched', { code: 'noPartner', side: 'users' }],
			],
		],
		[
			'what is left is to be removed',
			{ ...gone1, wixRecords: [contact('C9', z)], policies: { vanished: 'delete' } },
			[
				['C1-U1', 'changed', { code: 'vanished', side: 'users' }],
				['C9', 'unmatched', { code: 'noPartner', side: 'wix' }],
			],
		],
		[
			'a removal that was refused',
			{
				...gone1,
				wixRecords: [contact('C9', z)],
				policies: { vanished: 'delete' },
				links: [
					linked('C1', 'U1', a, {
						pending: pendings(finding('wix', 'gone'), {
							...pendingWrite(a, w, {
								operation: 'delete',
								property: '',
								field: '',
								outcome: 'refused',
								code: 'NO',
							}),
						}),
					}),
				],
			},
			[
				['C1-U1', 'refused', { code: 'refused', side: 'users' }],
				['C9', 'unmatched', { code: 'noPartner', side: 'wix' }],
			],
		],
		[
			'merged into a record that is linked',
			{
				wixRecords: [contact('C9', b)],
				users: [user('U1', a), user('U9', b)],
				links: [linked('C1', 'U1', a, movedTo('wix', 'C9')), linked('C9', 'U9', b)],
			},
			one('C1-U1', 'review', { code: 'mergedIntoLinked' }),
		],
		[
			'a record that is wanted',
			{ ...alone, policies: { createMissing: 'users', ...free } },
			one('C1-', 'changed', { code: 'missing', side: 'users' }),
		],
		[
			'a record that was made and is not shown',
			{
				...alone,
				policies: { createMissing: 'users', ...free },
				links: [
					linked('C1', '', null, {
						pending: pendings(pendingWrite(null, a, { ...create, ...sent })),
					}),
				],
			},
			one('C1-', 'waiting', { code: 'notShown', side: 'users' }),
		],
		[
			'a record whose address another one holds',
			{
				wixRecords: [contact('C1', a), contact('C2', b)],
				users: [user('U2', b, a)],
				links: [linked('C2', 'U2', b)],
				policies: { createMissing: 'users', ...free },
			},
			one('C1', 'review', { code: 'addressTaken', side: 'users' }),
		],
		[
			'several that match',
			{ wixRecords: [contact('C1', a), contact('C2', a)], users: [user('U1', a)] },
			[
				['', undefined, { code: 'ambiguous' }],
				['C1', 'review', { code: 'ambiguous' }],
				['C2', 'review', { code: 'ambiguous' }],
				['U1', 'review', { code: 'ambiguous' }],
			],
		],
		[
			'one user in two rows',
			{
				wixRecords: [contact('C1', a), contact('C2', b)],
				users: [user('U1', a)],
				links: [linked('C1', 'U1', a), linked('C2', 'U1', b)],
			},
			[
				['C1-U1', 'review', { code: 'linkedTwice' }],
				['C2-U1', 'review', { code: 'linkedTwice' }],
				['', undefined, { code: 'linkedTwice' }],
			],
		],
		[
			'a row that says to leave somebody alone',
			{ ...alone, links: [linked('C1', '', null, { state: 'ignored' })] },
			one('C1', 'ignored', { code: 'barred' }),
		],
		[
			'nothing to link by',
			{ wixRecords: [contact('C1', null)] },
			one('C1', 'withoutKey', { code: 'noKey', side: 'wix' }),
		],
		[
			'nobody could be matched, as one list is not whole',
			{ ...alone, complete: { wix: true, users: false } },
			one('C1', 'waitingForFullRun', { code: 'unseen', side: 'wix' }),
		],
		[
			'an address that somebody keeps',
			{
				wixRecords: [contact('C1', b), contact('C2', b)],
				users: [user('U1', a), user('U2', b)],
				links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
			},
			one('C1-U1', 'review', { code: 'addressTaken', side: 'users', ids: ['U2'] }),
		],
		[
			'beyond the slice',
			{
				wixRecords: [contact('C1', w), contact('C2', z)],
				users: [user('U1', a), user('U2', b)],
				links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
				policies: { writesPerRun: 1 },
			},
			[
				['C1-U1', 'changed', { code: 'wixEdited', side: 'users', field: 'profile.email.email' }],
				['C2-U2', 'waiting', { code: 'nextRun' }],
			],
		],
		[
			'not in the trial',
			{ ...pair(w, a), policies: { onlyRecords: ['somebody'] } },
			one('C1-U1', 'excluded', { code: 'trial' }),
		],
		[
			'a link of another set of rules',
			{ ...pair(a, a), links: [linked('C1', 'U1', a), linked('M1', 'U1', a, { flow: 'members' })] },
			one('C1-U1', 'review', { code: 'linkedInOtherFlow' }),
		],
		[
			'handed over from the contacts',
			{
				dataFlow: membersAndUsers,
				wixRecords: [member('M1', a, 'C1')],
				users: [user('U1', a)],
				links: [linked('C1', 'U1', a)],
			},
			one('M1-U1', 'linkedNow', { code: 'agreed' }),
		],
		[
			'an edit back, where the rule goes one way',
			{
				...pair(a, u),
				dataFlow: {
					...inputOf({}).dataFlow,
					properties: inputOf({}).dataFlow.properties.map((rule) => ({
						...rule,
						direction: 'toUsers' as const,
					})),
				},
			},
			one('C1-U1', 'putBack', { code: 'putBack', side: 'users', field: 'profile.email.email' }),
		],
		[
			'a user that Wix does not have yet',
			{ users: [user('U1', a)], wixRecords: [], policies: { createMissing: 'wix', ...free } },
			one('-U1', 'changed', { code: 'missing', side: 'wix' }),
		],
		[
			'a write to Wix that is not shown',
			pair(a, u, pendingWrite(a, u, { ...toWix, ...sent, reason: 'userEdited' })),
			one('C1-U1', 'waiting', { code: 'notShown', field: email }),
		],
	])('%s', (_, given, expected) => {
		const bySubject = (told: readonly Told[]) =>
			[...told].sort(([one], [other]) => (one < other ? -1 : 1));
		expect(bySubject(decisionsOf(given))).toEqual(bySubject(expected));
	});

	test('an answer that is carried out', () => {
		const given = pair(w, u);
		const review = answered(run(given), 'leaveAlone');
		expect(decisionsOf({ ...given, review })).toEqual(
			one('C1-U1', 'ignored', { code: 'answered' }),
		);
	});

	test('its time is that of the run', () => {
		expect(makePlan(inputOf({ now })).plan.report.html).toContain('1 May 2026, 12:00 UTC');
	});
});
