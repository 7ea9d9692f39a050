import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import type { Link, Plan, ReviewItem, ReviewReason } from '../../nodes/MatchAndMap/engine/index';
import { matterOf } from '../../templates/source/reviewForm/listMatters.mts';
import { offersOf } from '../../templates/source/reviewForm/offers.mts';
import type { LinkRow, Offer } from '../../templates/source/reviewForm/shapes.mts';
import { words } from '../../templates/source/reviewForm/words.mts';
import {
	a,
	b,
	contact,
	daysLater,
	gone,
	linked,
	member,
	now,
	pendings,
	pendingWrite,
	run,
	sent,
	toWix,
	u,
	user,
	w,
	type Given,
} from '../engine/builders.mts';

const rowsOf = (links: readonly Link[]): LinkRow[] =>
	links.map(({ rowId, ...link }) => ({ ...link, id: Number(rowId) }));

/** What the form would offer for a matter of a plan. */
function offersFor(matter: ReviewItem, links: readonly Link[]): Offer[] {
	const row = {
		...matter,
		wixIds: matter.wixIds.join(', '),
		userIds: matter.userIds.join(', '),
	};
	return offersOf(matterOf(row, 'members'), rowsOf(links), words);
}

let nextRow = 9000;

/** The links table after an answer was saved. */
function answered(links: readonly Link[], { edits }: Offer): Link[] {
	const rows = new Map(links.map((link) => [link.rowId ?? '', link]));
	for (const { operation, link } of edits) {
		const { rowId = String(nextRow++), ...changed } = link;
		const known = rows.get(rowId) ?? ({} as Link);
		if (operation === 'remove') rows.delete(rowId);
		else rows.set(rowId, { ...known, ...changed, rowId });
	}
	return [...rows.values()];
}

const row = (wixId: string, userId: string, rowId: string, more: Partial<Link> = {}) =>
	linked(wixId, userId, a, { rowId, ...more });

/** A matter of each reason, and what the form offers for it. */
const cases: Array<{
	reason: ReviewReason;
	name: string;
	given: Given;
	offers: string[];
	/** One answer settles a part; the rest is listed under the same matter. */
	inParts?: boolean;
}> = [
	{
		reason: 'ambiguous',
		name: 'two contacts and a user',
		given: { wixRecords: [contact('C1', a), contact('C2', a)], users: [user('U1', a)] },
		offers: ['link', 'link', 'apart', 'apart', 'allApart', 'leaveOne', 'leaveOne', 'leaveOne'],
	},
	{
		reason: 'ambiguous',
		name: 'two contacts that would become one user',
		given: {
			wixRecords: [contact('C1', a), contact('C2', a)],
			policies: { createMissing: 'users' },
		},
		offers: ['leaveOne', 'leaveOne'],
	},
	{
		reason: 'ambiguous',
		name: 'two users in the place of one that is gone',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U2', a), user('U3', a)],
			links: [row('C1', 'U1', '1', { goneSide: 'users', goneConfirmedAt: now })],
		},
		offers: ['link', 'link', 'apart', 'apart', 'allApart', 'leaveOne', 'leaveOne'],
	},
	{
		reason: 'bothEdited',
		name: 'both edited',
		given: {
			wixRecords: [contact('C1', w)],
			users: [user('U1', u)],
			links: [row('C1', 'U1', '1')],
		},
		offers: ['wixWins', 'usersWin', 'separate', 'leaveLink'],
	},
	{
		reason: 'bothEdited',
		name: 'both edited, and Wix refused before',
		given: {
			wixRecords: [contact('C1', w)],
			users: [user('U1', u)],
			links: [
				row('C1', 'U1', '1', {
					pending: pendings(pendingWrite(a, u, { ...toWix, outcome: 'refused', code: 'X' })),
				}),
			],
		},
		offers: ['wixWins', 'separate', 'leaveLink'],
	},
	{
		reason: 'firstLinkDiffers',
		name: 'a row typed by hand',
		given: {
			wixRecords: [contact('C1', w)],
			users: [user('U1', u)],
			links: [linked('C1', 'U1', null, { linkId: '', rowId: '1' })],
		},
		offers: ['wixWins', 'usersWin', 'separate', 'leaveLink'],
	},
	{
		reason: 'emptied',
		name: 'emptied in Wix',
		given: {
			wixRecords: [contact('C1', null)],
			users: [user('U1', a)],
			links: [row('C1', 'U1', '1')],
		},
		offers: ['usersWin', 'separate', 'leaveLink'],
	},
	{
		reason: 'emptied',
		name: 'emptied in the users system',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', null)],
			links: [row('C1', 'U1', '1')],
		},
		offers: ['wixWins', 'separate', 'leaveLink'],
	},
	{
		reason: 'refused',
		name: 'refused by Wix',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', u)],
			links: [
				row('C1', 'U1', '1', {
					pending: pendings(pendingWrite(a, u, { ...toWix, outcome: 'refused', code: 'X' })),
				}),
			],
		},
		offers: ['wixWins', 'separate', 'leaveLink'],
	},
	{
		reason: 'refused',
		name: 'the login email of a member',
		given: {
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', u)],
			links: [
				row('M1', 'U1', '1', {
					flow: 'members',
					lastSynced: JSON.stringify({ loginEmail: a }),
					pending: pendings(
						pendingWrite(a, u, {
							...toWix,
							property: 'loginEmail',
							outcome: 'refused',
							code: 'CANNOT_UPDATE_MEMBER_EMAIL',
						}),
					),
				}),
			],
		},
		offers: ['wixWins', 'separate', 'leaveLink'],
	},
	{
		reason: 'notTaken',
		name: 'sent eight days ago',
		given: {
			now: daysLater(8),
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links: [row('C1', 'U1', '1', { pending: pendings(pendingWrite(a, w, sent)) })],
		},
		offers: ['wixWins', 'usersWin', 'separate', 'leaveLink'],
	},
	{
		reason: 'addressTaken',
		name: 'a lone contact holds the address',
		given: {
			wixRecords: [contact('C1', a), contact('C7', b)],
			users: [user('U1', b)],
			links: [row('C1', 'U1', '1')],
		},
		offers: ['separate', 'leaveLink'],
	},
	{
		reason: 'linkedTwice',
		name: 'one user in two links',
		given: {
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U1', a)],
			links: [row('C1', 'U1', '1'), row('C2', 'U1', '2')],
		},
		offers: ['keep', 'keep'],
	},
	{
		reason: 'linkedInOtherFlow',
		name: 'a user linked as contact and as member',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [row('C1', 'U1', '1'), row('M1', 'U1', '2', { flow: 'members' })],
		},
		offers: ['keep', 'keep'],
	},
	{
		reason: 'mergedIntoLinked',
		name: 'C1 was merged into C9',
		given: {
			wixRecords: [contact('C9', a)],
			users: [user('U1', a), user('U9', a)],
			links: [row('C1', 'U1', '1', { movedTo: 'C9' }), row('C9', 'U9', '2')],
		},
		offers: ['keep', 'keep'],
	},
	{
		reason: 'vanished',
		name: 'a contact is gone',
		given: {
			users: [user('U1', a)],
			wixRecords: [contact('C5', b)],
			links: [row('C1', 'U1', '1', { state: 'unlinked', ...gone })],
		},
		offers: ['seen', 'leaveLink'],
	},
	{
		reason: 'badLink',
		name: 'broken JSON',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [row('C1', 'U1', '1', { lastSynced: '{' })],
		},
		offers: ['remove'],
	},
	{
		reason: 'badLink',
		name: 'rows without ids, one matter',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [
				row('', '', '7', { state: 'lnked' as Link['state'] }),
				row('', '', '8', { pending: '{' }),
			],
		},
		offers: ['remove', 'remove'],
		inParts: true,
	},
	{
		reason: 'badLink',
		name: 'linked and kept apart at once',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [row('C1', 'U1', '1'), row('C1', 'U1', '2', { state: 'keepApart' })],
		},
		offers: ['remove', 'remove'],
	},
	{
		reason: 'badLink',
		name: 'typed with an id that nobody has',
		given: {
			wixRecords: [contact('C1', a)],
			users: [user('U1', b)],
			links: [linked('C1', 'U404', null, { rowId: '1' })],
		},
		offers: ['remove'],
	},
	{
		reason: 'badValue',
		name: 'an address that is none, on a linked user',
		given: {
			wixRecords: [contact('C1', a)],
			users: [{ ...user('U1', a), profile: { email: { email: ['x'] } } }],
			links: [row('C1', 'U1', '1')],
		},
		offers: ['leaveLink'],
	},
	{
		reason: 'badValue',
		name: 'an address that is none, on a lone contact',
		given: { wixRecords: [{ id: 'C1', primaryInfo: { email: ['x'] } }], users: [user('U1', a)] },
		offers: ['leaveOne'],
	},
	{
		reason: 'guard',
		name: 'an empty list',
		given: { users: [user('U1', a)], links: [row('C1', 'U1', '1')] },
		offers: [],
	},
];

function matterIn(plan: Plan, reason: ReviewReason): ReviewItem {
	const found = plan.review.find((item) => item.reason === reason);
	if (!found) throw new Error(`no ${reason} but ${plan.review.map((item) => item.reason).join()}`);
	return found;
}

describe.each(cases)('$reason: $name', ({ reason, given, offers: expected }) => {
	it('offers what makes sense, each by a label of its own', () => {
		const offers = offersFor(matterIn(run(given), reason), given.links ?? []);
		expect(offers.map(({ answer }) => answer)).toEqual(expected);
		const labels = offers.map(({ label }) => label);
		expect(new Set(labels).size).toBe(labels.length);
		for (const label of labels) expect(label).not.toMatch(/[<>{}]/);
	});
});

const answerable = cases.filter(({ offers, inParts }) => offers.length > 0 && inParts !== true);

describe.each(answerable)('$reason: $name', ({ reason, given }) => {
	it('is settled by the next run, whatever was answered', () => {
		const links = given.links ?? [];
		const matter = matterIn(run(given), reason);
		const left = offersFor(matter, links).map((offer) => {
			const next = run({ ...given, links: answered(links, offer) });
			const isBad = ({ reviewId, reason: why }: ReviewItem) =>
				reviewId === matter.reviewId || why === 'linkedTwice' || why === 'badLink';
			return [offer.label, next.review.filter(isBad)];
		});
		expect(left).toEqual(left.map(([label]) => [label, []]));
	});
});

it('removes the rows that cannot be used one by one', () => {
	const given: Given = cases.find(({ inParts }) => inParts)?.given ?? {};
	const links = given.links ?? [];
	const matter = matterIn(run(given), 'badLink');
	const [first] = offersFor(matter, links);
	if (!first) throw new Error('nothing is offered');
	const left = answered(links, first);
	const again = matterIn(run({ ...given, links: left }), 'badLink');
	const [second] = offersFor(again, left);
	if (!second) throw new Error('nothing is offered');
	expect(run({ ...given, links: answered(left, second) }).review).toEqual([]);
});

it('has a case for each reason, and words for each', () => {
	const reasons = Object.keys(words.reasons).sort();
	expect([...new Set(cases.map(({ reason }) => reason as string))].sort()).toEqual(reasons);
});

describe('what the next run then does', () => {
	const given = (name: string) => cases.find((each) => each.name === name)?.given ?? {};
	const decide = (name: string, reason: ReviewReason, label: RegExp) => {
		const before = given(name);
		const links = before.links ?? [];
		const offer = offersFor(matterIn(run(before), reason), links).find((each) =>
			label.test(each.label),
		);
		if (!offer) throw new Error(`nothing like ${String(label)}`);
		return run({ ...before, links: answered(links, offer) });
	};

	it('links the pair that was chosen', () => {
		const plan = decide('two contacts and a user', 'ambiguous', /link Wix 2 and User 1/);
		expect(plan.review).toEqual([]);
		expect(plan.links.map(({ operation, link }) => [operation, link.linkId, link.state])).toEqual([
			['update', 'contacts:C2:U1', 'linked'],
		]);
	});

	it('links by itself what is one to one after a pair was kept apart', () => {
		const plan = decide('two contacts and a user', 'ambiguous', /never link Wix 1 and User 1/);
		expect(plan.links).toContainEqual({
			operation: 'add',
			link: expect.objectContaining({ wixId: 'C2', userId: 'U1', state: 'linked' }),
		});
	});

	it('puts the chosen user into the link that lost one', () => {
		const name = 'two users in the place of one that is gone';
		const plan = decide(name, 'ambiguous', /link Wix 1 and User 2/);
		expect(plan.review).toEqual([]);
		expect(plan.report.counts).toMatchObject({ inSync: 1, unmatched: 1 });
	});

	it.each([
		[/Wix is right/, 'toUsers', w],
		[/user is right/, 'toWix', u],
	] as const)('carries out %s', (label, side, value) => {
		const plan = decide('both edited', 'bothEdited', label);
		expect(plan[side].map(({ set }) => Object.values(set))).toEqual([[value]]);
	});
});
