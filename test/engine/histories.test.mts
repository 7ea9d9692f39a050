import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	baseOf,
	brief,
	contact,
	daysLater,
	linked,
	marked,
	member,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	user,
	userUpdate,
	wixUpdate,
} from './builders.mts';

const a = 'a@example.com';
const b = 'b@example.com';
const u = 'u@example.com';
const w = 'w@example.com';
const z = 'z@example.com';

function expectNoWrites(outcome: ReturnType<typeof run>): void {
	expect(outcome.toUsers).toEqual([]);
	expect(outcome.toWix).toEqual([]);
}

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
		expect(baseOf(first.links[0].link)).toBe(a);
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
		expect(reversed.review[0].reviewId).toBe(first.review[0].reviewId);
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

describe('an edit in Wix', () => {
	const given = { wixRecords: [contact('C1', w)], links: [linked('C1', 'U1', a)] };

	test('3: is announced, sent, seen, and then nothing is left to save', () => {
		const first = run({ ...given, users: [user('U1', a)] });
		expect(brief(first.toUsers)).toEqual([userUpdate('U1', a, w)]);
		expect(first.toUsers[0].reason).toBe('wixEdited');
		expect(first.links).toEqual([{ operation: 'update', link: first.toUsers[0].link }]);
		expect(pendingOf(first.toUsers[0].link)).toEqual([pendingWrite(a, w)]);
		expect(baseOf(first.toUsers[0].link)).toBe(a);
		const second = run({ ...given, users: [user('U1', w)], links: save(given.links, first) });
		expectNoWrites(second);
		expect(second.links).toHaveLength(1);
		expect(baseOf(second.links[0].link)).toBe(w);
		expect(second.links[0].link.pending).toBe('');
		const third = run({
			...given,
			users: [user('U1', w)],
			links: save(save(given.links, first), second),
		});
		expectNoWrites(third);
		expect(third.links).toEqual([]);
	});

	const parked = linked('C1', 'U1', a, {
		pending: pendings(pendingWrite(a, w, { outcome: 'sent' })),
	});

	test('4: parked as unverified, it waits and is reviewed after pendingDays', () => {
		const waiting = run({
			...given,
			users: [user('U1', a, w)],
			links: [parked],
			now: daysLater(7),
		});
		expectNoWrites(waiting);
		expect(waiting.links).toEqual([]);
		expect(waiting.report.counts.waiting).toBe(1);
		const late = run({ ...given, users: [user('U1', a, w)], links: [parked], now: daysLater(7.1) });
		expectNoWrites(late);
		expect(reasons(late)).toEqual(['notTaken']);
	});

	test('5: parked, and edited in Wix again, it is a new write from the old value', () => {
		const outcome = run({
			wixRecords: [contact('C1', z)],
			users: [user('U1', a, w)],
			links: [parked],
		});
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', a, z)]);
		expect(pendingOf(outcome.toUsers[0].link).map((entry) => entry.to)).toEqual([w, z]);
	});

	const announced = linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w)) });

	test('6: a crash after the write: the value is seen and becomes the base', () => {
		const outcome = run({ ...given, users: [user('U1', w)], links: [announced] });
		expectNoWrites(outcome);
		expect(outcome.links.map(({ link }) => [baseOf(link), link.pending])).toEqual([[w, '']]);
	});

	test('7: a crash after the write and a further edit in Wix is no conflict', () => {
		const outcome = run({
			wixRecords: [contact('C1', z)],
			users: [user('U1', w)],
			links: [announced],
		});
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', w, z)]);
		expect(baseOf(outcome.toUsers[0].link)).toBe(w);
		expect(outcome.review).toEqual([]);
	});

	test('33: a crash before the write: the next run sends it', () => {
		const outcome = run({
			...given,
			users: [user('U1', a)],
			links: [announced],
			now: daysLater(1),
		});
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', a, w)]);
		expect(outcome.links).toEqual([]);
		expect(pendingOf(outcome.toUsers[0].link)).toEqual([pendingWrite(a, w)]);
	});

	test('34: put back in Wix, then the parked value shows: it is our echo', () => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', w)],
			links: [parked],
		});
		expect(outcome.toWix).toEqual([]);
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', w, a)]);
	});

	test('34: the same with runs in between', () => {
		const back = { wixRecords: [contact('C1', a)] };
		const between = run({ ...back, users: [user('U1', a, w)], links: [parked] });
		const saved = save([parked], between);
		const again = run({ ...back, users: [user('U1', a, w)], links: saved });
		expectNoWrites(again);
		expect(again.links).toEqual([]);
		const shown = run({ ...back, users: [user('U1', w)], links: saved });
		expect(shown.toWix).toEqual([]);
		expect(brief(shown.toUsers)).toEqual([userUpdate('U1', w, a)]);
	});

	test('35: a changed-only run without the user, then a full one: the old value never goes to Wix', () => {
		const partial = run({ ...given, links: [parked], complete: { wix: false, users: false } });
		expectNoWrites(partial);
		expect(partial.links).toEqual([]);
		expect(partial.report.counts.waiting).toBe(1);
		const full = run({ ...given, users: [user('U1', a, w)], links: save([parked], partial) });
		expectNoWrites(full);
		expect(full.report.counts.waiting).toBe(1);
	});

	test('40: sent but not seen, and the user edited: both were edited', () => {
		const outcome = run({ ...given, users: [user('U1', u)], links: [parked] });
		expect(reasons(outcome)).toEqual(['bothEdited']);
		expectNoWrites(outcome);
	});

	test('23: in a changed-only run the unseen user is updated from the base', () => {
		const outcome = run({ ...given, complete: { wix: false, users: false } });
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', a, w)]);
	});

	test('29: of case alone is nothing', () => {
		const outcome = run({
			wixRecords: [contact('C1', 'A@Example.COM')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expectNoWrites(outcome);
		expect(outcome.links).toEqual([]);
	});
});

describe('an edit on the user side', () => {
	test('8 and 9: goes to Wix', () => {
		const outcome = run({
			wixRecords: [contact('C1', a, [u])],
			users: [user('U1', u)],
			links: [linked('C1', 'U1', a)],
		});
		expect(brief(outcome.toWix)).toEqual([wixUpdate('C1', a, u)]);
		expect(outcome.toWix[0].reason).toBe('userEdited');
	});

	test('12: refused for a member: reviewed on every run, not repeated until one side changes', () => {
		const links = [linked('C1', 'U1', a)];
		const first = run({ wixRecords: [contact('C1', a)], users: [user('U1', u)], links });
		const refused = save(links, first, [
			marked(first.toWix[0], 'refused', 'CANNOT_UPDATE_MEMBER_EMAIL'),
		]);
		const second = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', u)],
			links: refused,
			now: daysLater(30),
		});
		expectNoWrites(second);
		expect(second.links).toEqual([]);
		expect(reasons(second)).toEqual(['refused']);
		expect(second.report.counts.refused).toBe(1);
		const userAgain = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', z)],
			links: refused,
		});
		expect(brief(userAgain.toWix)).toEqual([wixUpdate('C1', a, z)]);
		const given = { wixRecords: [contact('C1', w)], users: [user('U1', u)], links: refused };
		const conflict = run(given);
		expect(reasons(conflict)).toEqual(['bothEdited']);
		expect(conflict.review[0].howToDecide).toContain('wixWins');
		expect(conflict.review[0].howToDecide).not.toContain('usersWin');
		expectNoWrites(run({ ...given, policies: { bothEdited: 'usersWin' } }));
		expect(brief(run({ ...given, policies: { bothEdited: 'wixWins' } }).toUsers)).toEqual([
			userUpdate('U1', u, w),
		]);
	});

	test('13: a swap between contacts: the first write passes as a duplicate, the second is normal', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U1', b), user('U2', a)],
			links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
		});
		expect(brief(outcome.toWix)).toEqual([wixUpdate('C1', a, b), wixUpdate('C2', b, a)]);
		expect(outcome.toWix.map((change) => change.allowDuplicates)).toEqual([true, undefined]);
		expect(outcome.review).toEqual([]);
	});

	test('a swap between users is reviewed, because no write may make a double there', () => {
		const outcome = run({
			wixRecords: [contact('C1', b), contact('C2', a)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
		});
		expectNoWrites(outcome);
		expect(reasons(outcome)).toEqual(['addressTaken']);
	});

	test('14: an address that another contact holds is not written', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C7', b)],
			users: [user('U1', b)],
			links: [linked('C1', 'U1', a)],
		});
		expectNoWrites(outcome);
		expect(reasons(outcome)).toEqual(['addressTaken']);
		expect(outcome.review[0]).toMatchObject({ wixIds: ['C1', 'C7'], userIds: ['U1'] });
	});

	test('24: emptied: reviewed, nothing written', () => {
		const outcome = run({
			wixRecords: [contact('C1', b)],
			users: [user('U1', null)],
			links: [linked('C1', 'U1', b)],
		});
		expectNoWrites(outcome);
		expect(reasons(outcome)).toEqual(['emptied']);
	});

	test('28: a plain string and an object are both read rightly', () => {
		const outcome = run({
			wixRecords: [contact('C1', w), contact('C2', z)],
			users: [{ id: 'U1', profile: { email: a } }, user('U2', b)],
			links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
		});
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', a, w), userUpdate('U2', b, z)]);
	});
});

describe('edits on both sides', () => {
	const given = {
		wixRecords: [contact('C1', w)],
		users: [user('U1', u)],
		links: [linked('C1', 'U1', a)],
	};

	test('10: are reviewed, or settled by policy, or by a decision that is used once', () => {
		expect(reasons(run(given))).toEqual(['bothEdited']);
		const byPolicy = run({ ...given, policies: { bothEdited: 'wixWins' } });
		expect(brief(byPolicy.toUsers)).toEqual([userUpdate('U1', u, w)]);
		expect(byPolicy.toUsers[0].reason).toBe('policy');
		const decided = run({ ...given, links: [linked('C1', 'U1', a, { decision: 'usersWin' })] });
		expect(brief(decided.toWix)).toEqual([wixUpdate('C1', w, u)]);
		expect(decided.toWix[0]).toMatchObject({ reason: 'decision', link: { decision: '' } });
		expect(decided.links[0].link.decision).toBe('');
	});

	test('11: to the same value only move the base', () => {
		const outcome = run({ ...given, users: [user('U1', w)] });
		expectNoWrites(outcome);
		expect(outcome.links.map(({ link }) => baseOf(link))).toEqual([w]);
	});

	test('39: a decision left on a row that agrees is cleared', () => {
		const links = [linked('C1', 'U1', a, { decision: 'wixWins' })];
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U1', a)], links });
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['']);
		expect(reasons(run({ ...given, links: save(links, outcome) }))).toEqual(['bothEdited']);
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
		expect(second.links[0].link).toMatchObject({ wixId: 'C1', userId: 'U9', pending: '' });
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

	const gone = [linked('C1', 'U1', a, { goneSide: 'wix', goneConfirmedAt: now }), links[1]];

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
		const moved = [linked('C1', 'U1', a, { movedTo: 'C9' }), links[1]];
		const healed = run({
			...given,
			wixRecords: [contact('C9', a), contact('C2', b)],
			links: moved,
		});
		expectNoWrites(healed);
		expect(healed.links.map(({ link }) => [link.wixId, link.userId, link.movedTo])).toEqual([
			['C9', 'U1', ''],
		]);
		const taken = run({ ...given, links: [linked('C1', 'U1', a, { movedTo: 'C2' }), links[1]] });
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
		let rows = [links[0]];
		const bare = { wixRecords: [contact('C2', b)], users: [user('U2', b)] };
		const verified: string[] = [];
		for (let count = 0; count < 4; count++) {
			const outcome = run({ ...bare, links: [...rows, links[1]] });
			const [change] = [...outcome.toUsers, ...outcome.toWix];
			const result =
				change === undefined
					? []
					: [{ ...change.link, goneSide: change.side, goneConfirmedAt: now }];
			if (change !== undefined) verified.push(change.side);
			rows = save([...rows, links[1]], outcome, result).filter((link) => link.wixId === 'C1');
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
