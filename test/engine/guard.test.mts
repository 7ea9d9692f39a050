import { entryAt } from '../../runtime/entries.mts';
import {
	a,
	b,
	contact,
	create,
	expectNoWrites,
	linked,
	now,
	pendings,
	pendingWrite,
	run,
	sent,
	steps,
	user,
	w,
	type Given,
} from './builders.mts';

const address = (n: number) => `p${n}@example.com`;

/** Linked pairs of which the first few were edited, in Wix unless said. */
function site(pairs: number, edited: number, where: 'wix' | 'users' = 'wix'): Given {
	const numbers = Array.from({ length: pairs }, (_, n) => n);
	const held = (side: string, n: number) =>
		side === where && n < edited ? `new${n}@example.com` : address(n);
	return {
		wixRecords: numbers.map((n) => contact(`C${n}`, held('wix', n))),
		users: numbers.map((n) => user(`U${n}`, held('users', n))),
		links: numbers.map((n) => linked(`C${n}`, `U${n}`, address(n))),
	};
}

/** Contacts whose user was created but is not shown yet. */
function waitingForUsers(count: number): Required<Pick<Given, 'wixRecords' | 'links'>> {
	const numbers = Array.from({ length: count }, (_, n) => n);
	return {
		wixRecords: numbers.map((n) => contact(`W${n}`, `w${n}@example.com`)),
		links: numbers.map((n) =>
			linked(`W${n}`, '', null, {
				rowId: `9${n}`,
				pending: pendings(pendingWrite(null, `w${n}@example.com`, { ...create, ...sent })),
			}),
		),
	};
}

const trips = (given: Given) => run(given).report.guard.tripped;
const guard = (records: number, percent: number) => ({ guard: { records, percent } });

describe('the guard weighs', () => {
	test.each(['wix', 'users'] as const)('what was edited on side %s', (where) => {
		const given = { ...site(100, 60, where), policies: guard(50, 10) };
		const outcome = run(given);
		const target = where === 'wix' ? 'users' : 'wix';
		expect(outcome.report.guard).toMatchObject({
			tripped: true,
			wouldChange: { wix: 0, users: 0, [target]: 60 },
		});
		expectNoWrites(outcome);
	});

	test('a number and a share: both have to be exceeded', () => {
		const given = site(100, 10);
		expect(trips({ ...given, policies: guard(9, 9) })).toBe(true);
		expect(trips({ ...given, policies: guard(10, 0) })).toBe(false);
		expect(trips({ ...given, policies: guard(0, 10) })).toBe(false);
		expect(trips({ ...given, policies: { guard: null } })).toBe(false);
	});

	test.each([
		['wix', 'users'],
		['users', 'wix'],
	] as const)(
		'a share of the linked records of the side that is written: edited on side %s',
		(where, target) => {
			const given = site(10, 4, where);
			const waiting = waitingForUsers(10);
			const outcome = run({
				...given,
				wixRecords: [...(given.wixRecords ?? []), ...waiting.wixRecords],
				links: [...(given.links ?? []), ...waiting.links],
				policies: { ...guard(0, 30), createMissing: 'users' },
			});
			expect(outcome.report.guard.wouldChange[target]).toBe(4);
			expect(outcome.report.guard.tripped).toBe(target === 'users');
		},
	);

	test('links that this run makes, or makes again, do not raise the share', () => {
		const edited = site(10, 4);
		const added = Array.from({ length: 10 }, (_, n) => n + 50);
		const records = {
			wixRecords: [...(edited.wixRecords ?? []), ...added.map((n) => contact(`C${n}`, address(n)))],
			users: [...(edited.users ?? []), ...added.map((n) => user(`U${n}`, address(n)))],
		};
		const again = added.map((n) => linked(`C${n}`, `U${n}`, address(n), { state: 'unlinked' }));
		for (const links of [edited.links ?? [], [...(edited.links ?? []), ...again]]) {
			const outcome = run({ ...records, links, policies: guard(0, 30) });
			expect(outcome.report.guard.tripped).toBe(true);
		}
	});

	test('creates where nobody is linked yet, by number alone', () => {
		const wixRecords = Array.from({ length: 6 }, (_, n) => contact(`C${n}`, address(n)));
		const policies = { createMissing: 'users' as const };
		expect(trips({ wixRecords, policies: { ...policies, ...guard(5, 100) } })).toBe(true);
		expect(trips({ wixRecords, policies: { ...policies, ...guard(6, 100) } })).toBe(false);
	});
});

describe('a tripped guard', () => {
	test('is one matter without ids that names the numbers and the code to approve it by', () => {
		const { review, report } = run({ ...site(100, 60), policies: guard(50, 10) });
		expect(review).toHaveLength(1);
		expect(review[0]).toMatchObject({ reason: 'guard', wixIds: [], userIds: [] });
		expect(entryAt(review, 0).message).toContain('60 users');
		expect(entryAt(review, 0).howToDecide).toContain(report.guard.planHash);
		expect(report.guard.planHash).toMatch(/^[0-9a-f]{28}$/);
	});

	test('by an empty side names that side, and no hash lets it through', () => {
		const given = { ...site(3, 0), users: [] };
		const { review, report } = run(given);
		expect(review).toHaveLength(1);
		expect(review[0]).toMatchObject({ reason: 'guard', wixIds: [], userIds: [] });
		expect(entryAt(review, 0).message).toContain('the users system');
		const outcome = run({ ...given, policies: { approvedPlan: report.guard.planHash } });
		expect(outcome.report.guard.tripped).toBe(true);
		const noWix = run({ ...site(3, 0), wixRecords: [] });
		expect(noWix.review.map(({ message }) => message)).toEqual([
			expect.stringContaining('Wix is empty'),
		]);
	});

	test('is not tripped by an empty side where nobody is linked, or that is not complete', () => {
		const wixRecords = [contact('C1', a)];
		expect(trips({ wixRecords })).toBe(false);
		expect(trips({ ...site(3, 0), users: [], complete: { wix: true, users: false } })).toBe(false);
	});

	test('keeps new links and bases that were seen, and changes no state', () => {
		const given = site(20, 12);
		const row = linked('C90', 'U90', a, { rowId: '90' });
		const gone = linked('C91', 'U91', w, {
			rowId: '91',
			goneSide: 'wix',
			goneConfirmedAt: now,
			decision: 'wixWins',
		});
		const outcome = run({
			wixRecords: [...(given.wixRecords ?? []), contact('C90', b), contact('C92', 'n@example.com')],
			users: [...(given.users ?? []), user('U90', b), user('U91', w), user('U92', 'n@example.com')],
			links: [...(given.links ?? []), row, gone],
			policies: guard(5, 10),
		});
		expect(outcome.report.guard).toMatchObject({
			tripped: true,
			wouldChange: { wix: 1, users: 12 },
		});
		expect(
			outcome.links.map(({ operation, link }) => [operation, link.wixId, link.state, link.pending]),
		).toEqual([
			['update', 'C90', 'linked', ''],
			['add', 'C92', 'linked', ''],
		]);
	});
});

test('what a stopped run links again is linked again by the next one', () => {
	const given = site(20, 12);
	const unlinked = linked('C90', 'U90', a, { rowId: '90', state: 'unlinked' });
	const outcome = run({
		wixRecords: [...(given.wixRecords ?? []), contact('C90', a)],
		users: [...(given.users ?? []), user('U90', a)],
		links: [...(given.links ?? []), unlinked],
		policies: guard(5, 10),
	});
	expect([outcome.report.guard.tripped, outcome.links]).toEqual([true, []]);
});

describe('the code of a plan', () => {
	const stopped = { ...site(100, 60), policies: guard(50, 10) };
	const code = () => run(stopped).report.guard.planHash;

	test('lets the plan through, pasted with white space, too', () => {
		const policies = { ...stopped.policies, approvedPlan: ` ${code()}\n` };
		expect(steps(run({ ...stopped, policies }))).toHaveLength(60);
	});

	test('is the same in whatever order the input comes', () => {
		const { wixRecords = [], users = [], links = [] } = stopped;
		const turned = {
			...stopped,
			wixRecords: [...wixRecords].reverse(),
			users: [...users].reverse(),
			links: [...links].reverse(),
		};
		expect(run(turned).report.guard.planHash).toBe(code());
	});

	test('is another for other values, other records, or another side', () => {
		const { wixRecords = [] } = stopped;
		const otherValue = [contact('C0', 'other@example.com'), ...wixRecords.slice(1)];
		const otherRecord = wixRecords.map((record, n) =>
			n === 0 ? contact('C0', address(0)) : n === 60 ? contact('C60', 'new0@example.com') : record,
		);
		const hashes = [
			code(),
			run({ ...stopped, wixRecords: otherValue }).report.guard.planHash,
			run({ ...stopped, wixRecords: otherRecord }).report.guard.planHash,
			run({ ...site(100, 60, 'users'), policies: guard(50, 10) }).report.guard.planHash,
		];
		expect(new Set(hashes).size).toBe(hashes.length);
	});
});
