import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	daysLater,
	expectNoWrites,
	linked,
	marked,
	now,
	pendingOf,
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

/** Three requests of a minute, and a second for the one write. */
const until = '2026-05-01T12:03:01.000Z';

describe('an edit in Wix', () => {
	const given = { wixRecords: [contact('C1', w)], links: [linked('C1', 'U1', a)] };

	test('3: is announced, sent, seen, and then nothing is left to save', () => {
		const first = run({ ...given, users: [user('U1', a)] });
		expect(brief(first.toUsers)).toEqual([userUpdate('U1', a, w)]);
		expect(entryAt(first.toUsers, 0).reason).toBe('wixEdited');
		expect(first.links).toEqual([{ operation: 'update', link: entryAt(first.toUsers, 0).link }]);
		expect(pendingOf(entryAt(first.toUsers, 0).link)).toEqual([pendingWrite(a, w, { until })]);
		expect(baseOf(entryAt(first.toUsers, 0).link)).toBe(a);
		const seen = { ...given, users: [user('U1', w)], now: daysLater(1) };
		const second = run({ ...seen, links: save(given.links, first) });
		expectNoWrites(second);
		expect(second.links).toHaveLength(1);
		expect(baseOf(entryAt(second.links, 0).link)).toBe(w);
		expect(entryAt(second.links, 0).link.pending).toBe('');
		const third = run({ ...seen, links: save(save(given.links, first), second) });
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
		expect(pendingOf(entryAt(outcome.toUsers, 0).link).map((entry) => entry.to)).toEqual([w, z]);
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
		expect(baseOf(entryAt(outcome.toUsers, 0).link)).toBe(w);
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
		const [{ until: end = '', ...entry }] = atLeast(pendingOf(entryAt(outcome.changedLinks, 0)), 1);
		expect({ ...entry, until: now }).toEqual(pendingWrite(a, w));
		expect(Date.parse(end) - Date.parse(daysLater(1))).toBe(181_000);
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
		const again = run({ ...back, users: [user('U1', a, w)], links: saved, now: daysLater(1) });
		expectNoWrites(again);
		expect(again.links).toEqual([]);
		const shown = run({ ...back, users: [user('U1', w)], links: saved, now: daysLater(1) });
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
		expect(entryAt(outcome.toWix, 0).reason).toBe('userEdited');
	});

	test('12: refused for a member: reviewed on every run, not repeated until one side changes', () => {
		const links = [linked('C1', 'U1', a)];
		const first = run({ wixRecords: [contact('C1', a)], users: [user('U1', u)], links });
		const refused = save(links, first, [
			marked(entryAt(first.toWix, 0), 'refused', 'CANNOT_UPDATE_MEMBER_EMAIL'),
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
		expect(entryAt(conflict.review, 0).answers).toContain('wixWins: ');
		expect(entryAt(conflict.review, 0).answers).not.toContain('usersWin');
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
		expect(outcome.review[0]).toMatchObject({ wixIds: 'C1, C7', userIds: 'U1' });
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
