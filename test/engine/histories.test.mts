import { entryAt } from '../../runtime/entries.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	expectNoWrites,
	linked,
	member,
	now,
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
			wixIds: ['C1', 'C2'],
			userIds: ['U1'],
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

	test('26: one user in two rows is reviewed, both rows are left alone, others go on', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b), contact('C3', w)],
			users: [user('U1', a), user('U3', z)],
			links: [linked('C1', 'U1', u), linked('C2', 'U1', b), linked('C3', 'U3', z)],
		});
		expect(reasons(outcome)).toEqual(['linkedTwice']);
		expect(outcome.review[0]).toMatchObject({ wixIds: ['C1', 'C2'], userIds: ['U1'] });
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U3', z, w)]);
		expect(outcome.links.map(({ link }) => link.wixId)).toEqual(['C3']);
	});

	test.each([
		['broken JSON', { lastSynced: '{"primaryInfo.email":' }],
		['a pending that is no list', { pending: '{}' }],
		['an unknown state', { state: 'maybe' as 'linked' }],
		['ids that nobody has', { wixId: 'nobody', userId: 'nobody', lastSynced: '' }],
		['no user', { userId: '' }],
		['an unknown decision', { decision: 'wix' as 'wixWins' }],
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
			linked('C1', 'U1', a, { rowId: '7' }),
			linked('C1', 'U1', a, {
				rowId: '3',
				pending: pendings(pendingWrite(a, w, { outcome: 'sent' })),
			}),
		];
		const outcome = run({ wixRecords: [contact('C1', w)], users: [user('U1', a)], links });
		expect(outcome.review).toEqual([]);
		expect(outcome.links).toEqual([
			expect.objectContaining({
				operation: 'remove',
				link: expect.objectContaining({ rowId: '7' }),
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
		const gone = linked('C1', 'U1', a, {
			state: 'unlinked',
			goneSide: 'wix',
			goneConfirmedAt: now,
		});
		const outcome = run({
			users: [user('U1', a)],
			links: [gone],
			policies: { createMissing: 'both' },
		});
		expectNoWrites(outcome);
		expect(reasons(outcome)).toEqual(['vanished']);
	});
});

describe('records that are missing', () => {
	const links = [linked('C1', 'U1', a), linked('C2', 'U2', b)];
	const given = { wixRecords: [contact('C2', b)], users: [user('U1', a), user('U2', b)], links };

	test('17: are verified by their id first; present means nothing happens', () => {
		const outcome = run(given);
		expect(outcome.toUsers).toEqual([]);
		expect(brief(outcome.toWix)).toEqual([
			{ operation: 'verify', recordId: 'C1', expected: {}, set: {} },
		]);
		expect(outcome.links).toEqual([]);
		expect(outcome.review).toEqual([]);
	});

	const gone = [
		linked('C1', 'U1', a, { goneSide: 'wix', goneConfirmedAt: now }),
		entryAt(links, 1),
	];

	test('18: gone: unlinked and reviewed, the user untouched', () => {
		const outcome = run({ ...given, links: gone });
		expectNoWrites(outcome);
		expect(outcome.links.map(({ link }) => [link.wixId, link.state, baseOf(link)])).toEqual([
			['C1', 'unlinked', a],
		]);
		expect(reasons(outcome)).toEqual(['vanished']);
		const next = run({ ...given, links: save(gone, outcome) });
		expect(next.links).toEqual([]);
		expect(reasons(next)).toEqual(['vanished']);
		const noted = save(gone, outcome).map((link) =>
			link.wixId === 'C1' ? { ...link, note: 'left' } : link,
		);
		expect(run({ ...given, links: noted }).review).toEqual([]);
	});

	test('19: merged: the link heals to the survivor, unless that one is linked already', () => {
		const moved = [linked('C1', 'U1', a, { movedTo: 'C9' }), entryAt(links, 1)];
		const healed = run({
			...given,
			wixRecords: [contact('C9', a), contact('C2', b)],
			links: moved,
		});
		expectNoWrites(healed);
		expect(healed.links.map(({ link }) => [link.wixId, link.userId, link.movedTo])).toEqual([
			['C9', 'U1', ''],
		]);
		const taken = run({
			...given,
			links: [linked('C1', 'U1', a, { movedTo: 'C2' }), entryAt(links, 1)],
		});
		expectNoWrites(taken);
		expect(reasons(taken)).toEqual(['mergedIntoLinked']);
		expect(taken.links).toEqual([]);
	});

	test('20: a new record with the same address takes the place of the one that is gone', () => {
		const outcome = run({
			...given,
			wixRecords: [contact('C9', a), contact('C2', b)],
			links: gone,
			policies: { vanished: 'delete' },
		});
		expectNoWrites(outcome);
		expect(
			outcome.links.map(({ link }) => [link.wixId, link.userId, link.state, link.goneSide]),
		).toEqual([['C9', 'U1', 'linked', '']]);
	});

	test('vanished = delete and deactivate act on the record that is left', () => {
		const deleted = run({ ...given, links: gone, policies: { vanished: 'delete' } });
		expect(brief(deleted.toUsers)).toEqual([
			{ operation: 'delete', recordId: 'U1', expected: { 'profile.email.email': a }, set: {} },
		]);
		const banned = run({ ...given, links: gone, policies: { vanished: 'deactivate' } });
		expect(banned.toUsers.map((change) => [change.operation, change.recordId])).toEqual([
			['deactivate', 'U1'],
		]);
		const anew = run({ ...given, links: gone, policies: { vanished: 'recreate' } });
		expect(anew.toWix.map((change) => [change.operation, change.set])).toEqual([
			['create', { 'primaryInfo.email': a }],
		]);
	});

	test('36: listed again: the gone mark is cleared, the other side is verified, nothing deleted', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U2', b)],
			links: gone,
			policies: { vanished: 'delete' },
		});
		expect(outcome.toUsers.map((change) => [change.operation, change.recordId])).toEqual([
			['verify', 'U1'],
		]);
		expect(outcome.toWix).toEqual([]);
		expect(outcome.links.map(({ link }) => [link.goneSide, link.goneConfirmedAt])).toEqual([
			['', ''],
		]);
	});

	test('both missing: both are verified, then unlinked; no verify is repeated', () => {
		let rows = [entryAt(links, 0)];
		const bare = { wixRecords: [contact('C2', b)], users: [user('U2', b)] };
		const verified: string[] = [];
		for (let count = 0; count < 4; count++) {
			const outcome = run({ ...bare, links: [...rows, entryAt(links, 1)] });
			const [change] = [...outcome.toUsers, ...outcome.toWix];
			const result =
				change === undefined
					? []
					: [{ ...change.link, goneSide: change.side, goneConfirmedAt: now }];
			if (change !== undefined) verified.push(change.side);
			rows = save([...rows, entryAt(links, 1)], outcome, result).filter(
				(link) => link.wixId === 'C1',
			);
		}
		expect(verified).toEqual(['users', 'wix']);
		expect(rows.map((link) => link.state)).toEqual(['unlinked']);
	});
});

describe('the guard', () => {
	const pairs = (count: number) =>
		Array.from({ length: count }, (_, n) => linked(`C${n}`, `U${n}`, `p${n}@example.com`));

	test('21: an empty complete side trips it always', () => {
		const links = pairs(500);
		const wixRecords = links.map((link, n) => contact(link.wixId, `p${n}@example.com`));
		const outcome = run({ wixRecords, users: [], links, policies: { guard: null } });
		expectNoWrites(outcome);
		expect(outcome.links).toEqual([]);
		expect(outcome.report.guard.tripped).toBe(true);
		expect(reasons(outcome)).toEqual(['guard']);
	});

	test('32: an approval lets exactly one plan through', () => {
		const links = pairs(100);
		const users = links.map((link, n) => user(link.userId, `p${n}@example.com`));
		const edited = (count: number) =>
			links.map((link, n) =>
				contact(link.wixId, n < count ? `new${n}@example.com` : `p${n}@example.com`),
			);
		const stopped = run({ wixRecords: edited(60), users, links });
		expectNoWrites(stopped);
		expect(stopped.links).toEqual([]);
		expect(stopped.report.guard).toMatchObject({
			tripped: true,
			wouldChange: { wix: 0, users: 60 },
		});
		const policies = { approvedPlan: stopped.report.guard.planHash };
		expect(run({ wixRecords: edited(60), users, links, policies }).toUsers).toHaveLength(60);
		expectNoWrites(run({ wixRecords: edited(61), users, links, policies }));
		expect(run({ wixRecords: edited(50), users, links }).toUsers).toHaveLength(50);
	});
});

describe('two flows', () => {
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
			{ operation: 'remove', link: made },
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
