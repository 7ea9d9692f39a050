import type { LinkRow } from '../../nodes/shared/contract/index';
import { entryAt } from '../../runtime/entries.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	expectNoWrites,
	gone,
	linked,
	member,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	u,
	user,
	userUpdate,
	w,
	wixUpdate,
	z,
} from './builders.mts';

describe('linking', () => {
	test('1: equal addresses link, with the Wix value as base and no write', () => {
		const first = run({
			wixRecords: [contact('C1', ` ${a} `)],
			users: [user('U1', a.toUpperCase())],
		});
		expect(first.links).toHaveLength(1);
		expect(first.links[0]).toMatchObject({
			operation: 'add',
			link: { linkId: 'contacts:C1:U1', wixId: 'C1', userId: 'U1', state: 'linked', pending: '' },
		});
		expect(baseOf(entryAt(first.links, 0).link)).toBe(a);
		expectNoWrites(first);
		expect(first.report.counts.linkedNow).toBe(1);
		const second = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: save([], first),
		});
		expect(second.links).toEqual([]);
		expect(second.report.counts.inSync).toBe(1);
	});

	test('2: two contacts with one address are reviewed as one matter until only one holds it', () => {
		const given = { wixRecords: [contact('C1', a), contact('C2', a)], users: [user('U1', a)] };
		const first = run(given);
		expect(first.links).toEqual([]);
		expect(first.review).toHaveLength(1);
		expect(first.review[0]).toMatchObject({
			reason: 'ambiguous',
			wixIds: 'C1, C2',
			userIds: 'U1',
		});
		const reversed = run({ ...given, wixRecords: [...given.wixRecords].reverse() });
		expect(entryAt(reversed.review, 0).reviewId).toBe(entryAt(first.review, 0).reviewId);
		const later = run({ ...given, wixRecords: [contact('C1', a), contact('C2', b)] });
		expect(later.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
		expect(later.review).toEqual([]);
	});

	test('22: a changed-only run makes no link', () => {
		const outcome = run({
			wixRecords: [contact('C2', a)],
			users: [user('U1', a)],
			complete: { wix: false, users: true },
		});
		expect(outcome.links).toEqual([]);
		expect(outcome.report.counts.waitingForFullRun).toBe(2);
	});

	test('25: a row typed by hand is linked; the differing value is decided by policy', () => {
		const typed = linked('C1', 'U5', null, { linkId: '' });
		const given = { wixRecords: [contact('C1', a)], users: [user('U5', b)], links: [typed] };
		const outcome = run(given);
		expect(reasons(outcome)).toEqual(['firstLinkDiffers']);
		expectNoWrites(outcome);
		expect(outcome.links[0]).toMatchObject({
			operation: 'update',
			link: { linkId: 'contacts:C1:U5' },
		});
		expect(brief(run({ ...given, policies: { firstLink: 'usersWin' } }).toWix)).toEqual([
			wixUpdate('C1', a, b),
		]);
		expect(brief(run({ ...given, policies: { firstLink: 'wixWins' } }).toUsers)).toEqual([
			userUpdate('U5', b, a),
		]);
	});

	test.each([[''], [null]])(
		'25: a row typed by hand whose linkId is %p counts as linked now',
		(linkId) => {
			const typed = { ...linked('C1', 'U5', null), linkId } as LinkRow;
			const outcome = run({
				wixRecords: [contact('C1', a)],
				users: [user('U5', a)],
				links: [typed],
			});
			expect(outcome.report.counts).toMatchObject({ linkedNow: 1, inSync: 0 });
			expect(outcome.links[0]?.link.linkId).toBe('contacts:C1:U5');
		},
	);

	test('26: one user in two rows is reviewed, both rows are left alone, others go on', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b), contact('C3', w)],
			users: [user('U1', a), user('U3', z)],
			links: [linked('C1', 'U1', u), linked('C2', 'U1', b), linked('C3', 'U3', z)],
		});
		expect(reasons(outcome)).toEqual(['linkedTwice']);
		expect(outcome.review[0]).toMatchObject({ wixIds: 'C1, C2', userIds: 'U1' });
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U3', z, w)]);
		expect(outcome.links.map(({ link }) => link.wixId)).toEqual(['C3']);
	});

	test.each([
		['broken JSON', { lastSynced: '{"primaryInfo.email":' }],
		['a pending that is no list', { pending: '{}' }],
		['an unknown state', { state: 'maybe' as 'linked' }],
		['ids that nobody has', { wixId: 'nobody', userId: 'nobody', lastSynced: '' }],
		['no user', { userId: '' }],
	])('27: a row with %s is reviewed as badLink and the others go on', (_, more) => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C3', w)],
			users: [user('U1', b), user('U3', z)],
			links: [linked('C1', 'U1', a, more), linked('C3', 'U3', z)],
		});
		expect(reasons(outcome)).toEqual(['badLink']);
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U3', z, w)]);
		expect(outcome.toWix).toEqual([]);
	});

	test('38: one link saved twice is read as one and one row is removed', () => {
		const links = [
			linked('C1', 'U1', a, { id: 7 }),
			linked('C1', 'U1', a, {
				id: 3,
				pending: pendings(pendingWrite(a, w, { outcome: 'sent' })),
			}),
		];
		const outcome = run({ wixRecords: [contact('C1', w)], users: [user('U1', a)], links });
		expect(outcome.review).toEqual([]);
		expect(outcome.links).toEqual([
			expect.objectContaining({
				operation: 'remove',
				link: expect.objectContaining({ id: 7 }),
			}),
		]);
		expectNoWrites(outcome);
		expect(outcome.report.counts.waiting).toBe(1);
	});
});

describe('creating', () => {
	test('15: an address that is being vacated waits and is never adopted', () => {
		const links = [linked('C1', 'U1', a)];
		const given = {
			wixRecords: [contact('C1', b), contact('C2', a)],
			policies: { createMissing: 'users' as const },
		};
		const first = run({ ...given, users: [user('U1', a)], links });
		expect(brief(first.toUsers)).toEqual([userUpdate('U1', a, b)]);
		expect(first.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
		const second = run({
			...given,
			users: [user('U1', b)],
			links: save(links, first),
			policies: { ...given.policies, guard: null },
		});
		expect(second.toUsers).toHaveLength(1);
		expect(second.toUsers[0]).toMatchObject({
			operation: 'create',
			set: { 'profile.email.email': a },
			defaults: { name: 'Ada Example', login: a },
			link: { linkId: 'contacts:C2:', wixId: 'C2', userId: '' },
		});
	});

	test('16: the writer found a user with the address: the next run links by rule', () => {
		const given = { wixRecords: [contact('C1', a)], policies: { createMissing: 'users' as const } };
		const first = run({ ...given, users: [] });
		expect(first.toUsers.map((change) => change.operation)).toEqual(['create']);
		const second = run({ ...given, users: [user('U9', a)], links: save([], first) });
		expectNoWrites(second);
		expect(second.links).toHaveLength(1);
		expect(entryAt(second.links, 0).link).toMatchObject({ wixId: 'C1', userId: 'U9', pending: '' });
	});

	test('37: what was unlinked is not created anew from its other half', () => {
		const outcome = run({
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { state: 'unlinked', ...gone })],
			policies: { createMissing: 'both' },
		});
		expectNoWrites(outcome);
		expect(reasons(outcome)).toEqual(['vanished']);
	});
});

describe('two flows', () => {
	test('57: a member and a contact with one id, each linked to its user, are never mixed up', () => {
		const links = [
			linked('X1', 'U1', b, { id: 1 }),
			linked('X1', 'U2', null, {
				...{ id: 2, flow: 'members', linkId: 'members:X1:U2' },
				lastSynced: JSON.stringify({ loginEmail: b }),
			}),
		];
		const users = [user('U1', b), user('U2', b), user('U3', a)];
		// X2 and X3 are in doubt in both flows, with the same ids
		const contacts = run({
			wixRecords: [contact('X1', w), contact('X2', a), contact('X3', a)],
			...{ users, links, memberContactIds: ['C7'], policies: { memberContacts: 'leaveAlone' } },
		});
		const members = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('X1', z, 'C7'), member('X2', a, 'C8'), member('X3', a, 'C9')],
			...{ users, links, review: contacts.review.map((row, n) => ({ ...row, id: n + 1 })) },
		});
		expect([brief(contacts.toUsers), brief(members.toUsers)]).toEqual([
			[userUpdate('U1', b, w)],
			[userUpdate('U2', b, z)],
		]);
		expect([contacts, members].map(({ links: saved }) => saved.map(({ link }) => link.id))).toEqual(
			[[1], [2]],
		);
		const matters = [...contacts.review, ...members.review];
		expect(matters.map(({ flow, reason, wixIds }) => [flow, reason, wixIds])).toEqual([
			['contacts', 'ambiguous', 'X2, X3'],
			['members', 'ambiguous', 'X2, X3'],
		]);
		expect(new Set(matters.map(({ reviewId }) => reviewId)).size).toBe(2);
	});

	test('30: the member flow owns the person; the contact flow leaves the contact alone', () => {
		const made = linked('C1', 'U1', a);
		const members = {
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			memberContactIds: ['C1'],
		};
		const first = run({ ...members, links: [made] });
		expectNoWrites(first);
		expect(first.links).toEqual([
			{
				operation: 'add',
				link: expect.objectContaining({
					flow: 'members',
					wixId: 'M1',
					userId: 'U1',
					lastSynced: JSON.stringify({ loginEmail: a }),
				}),
			},
			{ operation: 'remove', link: { ...made, state: 'removed' } },
		]);
		const links = save([made], first);
		expect(links.map((link) => link.flow)).toEqual(['members']);
		const contacts = run({
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links,
			memberContactIds: ['C1'],
			policies: { memberContacts: 'leaveAlone' },
		});
		expectNoWrites(contacts);
		expect(contacts.links).toEqual([]);
		expect(contacts.report.counts.ignored).toBe(1);
	});
});
