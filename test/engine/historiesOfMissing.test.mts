import {
	a,
	b,
	baseOf,
	brief,
	contact,
	daysLater,
	expectNoWrites,
	finding,
	gone,
	linked,
	movedTo,
	now,
	pendingOf,
	reasons,
	run,
	steps,
	user,
	w,
	type Given,
} from './builders.mts';
import { Tables } from './tables.mts';

const second = linked('C2', 'U2', b);
const bothUsers = [user('U1', a), user('U2', b)];
const given: Given = { wixRecords: [contact('C2', b)], users: bothUsers };
const links = [linked('C1', 'U1', a, gone), second];

describe('records that are missing', () => {
	test('17: looked up by id; present: counted outside, looked up again after a week, in sync when listed again', () => {
		const tables = new Tables([linked('C1', 'U1', a), second]);
		const runAt = (day: number, more: Given = {}) =>
			run({ ...given, ...tables.read(), now: daysLater(day), ...more });
		for (const day of [0, 8]) {
			const asks = runAt(day);
			expect([asks.toUsers, brief(asks.toWix)]).toEqual([
				[],
				[{ operation: 'verify', recordId: 'C1', expected: {}, set: {} }],
			]);
			tables.lookUp(tables.save(asks), daysLater(day), { C1: { outcome: 'present' } });
			for (const later of [0.1, 6.9]) {
				const quiet = runAt(day + later);
				expect([steps(quiet), quiet.links, quiet.review]).toEqual([[], [], []]);
				expect(quiet.report.counts).toMatchObject({ outside: 1, inSync: 1 });
			}
		}
		const listed = { wixRecords: [contact('C1', a), contact('C2', b)] };
		tables.save(runAt(9, listed));
		expect(tables.links.map((row) => [row.state, baseOf(row), row.pending])).toEqual([
			['linked', a, ''],
			['linked', b, ''],
		]);
		const after = runAt(9.1, listed);
		expect([after.links, after.report.counts.inSync]).toEqual([[], 2]);
	});

	test('18: gone: unlinked and asked once, the user untouched; when that one goes, too, both are done with', () => {
		const tables = new Tables([linked('C1', 'U1', a), second]);
		tables.lookUp(tables.save(run({ ...given, ...tables.read() })), now);
		const unlinks = run({ ...given, ...tables.read() });
		expectNoWrites(unlinks);
		tables.save(unlinks);
		expect(tables.links.map((row) => [row.state, baseOf(row)])).toEqual([
			['unlinked', a],
			['linked', b],
		]);
		expect(tables.asked()).toMatchObject([{ reason: 'vanished', wixIds: 'C1', userIds: 'U1' }]);
		const next = run({ ...given, ...tables.read(), now: daysLater(1) });
		expect([next.links, next.review, steps(next)]).toEqual([[], [], []]);
		const alone = { ...given, users: [user('U2', b)], now: daysLater(1) };
		const asks = run({ ...alone, ...tables.read() });
		expect([steps(asks), asks.review]).toEqual([['users verify'], []]);
		tables.lookUp(tables.save(asks), daysLater(1));
		const done = run({ ...alone, ...tables.read() });
		expectNoWrites(done);
		tables.save(done);
		tables.sweep();
		expect([tables.asked(), tables.links.map(({ wixId }) => wixId)]).toEqual([[], ['C2']]);
	});

	test('19: merged: the link heals to the survivor, unless that one is linked already', () => {
		const healed = run({
			...given,
			wixRecords: [contact('C9', a), contact('C2', b)],
			links: [linked('C1', 'U1', a, movedTo('wix', 'C9')), second],
		});
		expectNoWrites(healed);
		expect(healed.links.map(({ link }) => [link.wixId, link.userId, link.pending])).toEqual([
			['C9', 'U1', ''],
		]);
		const taken = run({
			...given,
			links: [linked('C1', 'U1', a, movedTo('wix', 'C2')), second],
		});
		expectNoWrites(taken);
		expect([reasons(taken), taken.links]).toEqual([['mergedIntoLinked'], []]);
	});

	test('20: a new record with the same address takes the place of the one that is gone', () => {
		const outcome = run({
			...given,
			wixRecords: [contact('C9', a), contact('C2', b)],
			links,
			policies: { vanished: 'delete' },
		});
		expectNoWrites(outcome);
		expect(
			outcome.links.map(({ link }) => [link.wixId, link.userId, link.state, link.pending]),
		).toEqual([['C9', 'U1', 'linked', '']]);
	});

	test('vanished = delete and deactivate act on the record that is left', () => {
		const deleted = run({ ...given, links, policies: { vanished: 'delete' } });
		expect(brief(deleted.toUsers)).toEqual([
			{ operation: 'delete', recordId: 'U1', expected: { 'profile.email.email': a }, set: {} },
		]);
		const banned = run({ ...given, links, policies: { vanished: 'deactivate' } });
		expect(banned.toUsers.map((change) => [change.operation, change.recordId])).toEqual([
			['deactivate', 'U1'],
		]);
		const anew = run({ ...given, links, policies: { vanished: 'recreate' } });
		expect(anew.toWix.map((change) => [change.operation, change.set])).toEqual([
			['create', { 'primaryInfo.email': a }],
		]);
	});

	test('36: listed again: the finding is dropped, the other side is looked up, nothing deleted', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U2', b)],
			links,
			policies: { vanished: 'delete' },
		});
		expect(steps(outcome)).toEqual(['users verify']);
		expect(
			outcome.changedLinks.flatMap(pendingOf).map(({ side, outcome: found }) => [side, found]),
		).toEqual([['users', 'announced']]);
	});

	test('both missing: both are looked up in one run, and with both gone the row is done with', () => {
		const tables = new Tables([linked('C1', 'U1', a), second]);
		const bare = { wixRecords: [contact('C2', b)], users: [user('U2', b)] };
		const asks = run({ ...bare, ...tables.read() });
		expect(steps(asks)).toEqual(['users verify', 'wix verify']);
		tables.lookUp(tables.save(asks), now);
		const done = run({ ...bare, ...tables.read() });
		expect([steps(done), done.review]).toEqual([[], []]);
		expect(done.changedLinks.map(({ wixId, state }) => [wixId, state])).toEqual([
			['C1', 'removed'],
		]);
	});
});

describe('an answer about what is left of a pair', () => {
	/** The matter is open; the answer is typed. */
	const answeredBy = (answer: string, row: Parameters<typeof linked>[3], listed: Given) => {
		const tables = new Tables([linked('C1', 'U1', a, { state: 'unlinked', ...row }), second]);
		tables.save(run({ ...listed, ...tables.read() }));
		tables.answer('vanished', answer);
		return tables;
	};

	test('55: createAgain: created anew from the contact, one row', () => {
		const listed: Given = {
			wixRecords: [contact('C1', a), contact('C2', b)],
			users: [user('U2', b)],
		};
		const pending = JSON.stringify([finding('users', 'gone')]);
		const tables = answeredBy('createAgain', { pending }, listed);
		const outcome = run({ ...listed, ...tables.read() });
		expect(outcome.toUsers).toMatchObject([
			{ operation: 'create', set: { 'profile.email.email': a }, reason: 'answer' },
		]);
		const [row] = tables.save(outcome);
		expect(tables.asked()).toEqual([]);
		tables.saveLinks([{ ...linked('C1', 'U9', a), ...row, userId: 'U9', pending: '' }]);
		const next = run({
			...listed,
			...tables.read(),
			users: [user('U2', b), user('U9', a)],
		});
		expect([steps(next), next.review, next.report.counts.inSync]).toEqual([[], [], 2]);
		expect(tables.links.map(({ wixId, userId, state }) => [wixId, userId, state])).toEqual([
			['C1', 'U9', 'linked'],
			['C2', 'U2', 'linked'],
		]);
	});

	test('56: that another run is carrying out is left to it, with nothing saved and nothing settled', () => {
		const tables = answeredBy('removeOther', gone, given);
		tables.save(run({ ...given, ...tables.read() }));
		tables.type(11, { linkId: '' });
		// The contact may have come back meanwhile
		for (const wixRecords of [[], [contact('C1', a)], [contact('C1', w)]].map((back) => [
			...back,
			contact('C2', b),
		])) {
			const beside = run({ users: bothUsers, wixRecords, ...tables.read(), now: daysLater(0.001) });
			expect([beside.links, beside.review, steps(beside)]).toEqual([[], [], []]);
			expect(beside.report).toMatchObject({
				changes: [],
				counts: { waiting: 1, inSync: 1, unmatched: 0 },
			});
		}
	});

	test.each([
		['removeOther', 'deactivate'],
		['removeOther delete', 'delete'],
	])('56: %s: the user is asked to %s once, and the row is settled', (answer, operation) => {
		const tables = answeredBy(answer, gone, given);
		const outcome = run({ ...given, ...tables.read() });
		expect(brief(outcome.toUsers)).toEqual([
			{ operation, recordId: 'U1', expected: { 'profile.email.email': a }, set: {} },
		]);
		const rows = tables.save(outcome);
		expect(tables.asked()).toEqual([]);
		// As a writer notes it
		tables.saveLinks(
			rows.map((row) => ({
				...row,
				state: 'unlinked',
				pending: JSON.stringify(
					pendingOf(row).map(({ until: _until, ...entry }) =>
						entry.operation === operation ? { ...entry, outcome: 'sent' } : entry,
					),
				),
			})),
		);
		const stays = operation === 'deactivate' ? bothUsers : [user('U2', b)];
		const next = run({ ...given, users: stays, ...tables.read(), now: daysLater(1) });
		expect([next.toUsers.filter((step) => step.operation !== 'verify'), next.review]).toEqual([
			[],
			[],
		]);
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
