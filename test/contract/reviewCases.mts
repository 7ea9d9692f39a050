import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import type { Link, ReviewReason } from '../../nodes/MatchAndMap/engine/index';
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
	sent,
	toWix,
	u,
	user,
	w,
	type Given,
} from '../engine/builders.mts';

export const row = (wixId: string, userId: string, rowId: string, more: Partial<Link> = {}) =>
	linked(wixId, userId, a, { rowId, ...more });

/** A matter of each reason, and what the form offers for it. */
export const cases: Array<{
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
