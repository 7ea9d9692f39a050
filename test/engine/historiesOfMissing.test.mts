import { entryAt } from '../../runtime/entries.mts';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	expectNoWrites,
	linked,
	now,
	reasons,
	run,
	save,
	user,
} from './builders.mts';

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
