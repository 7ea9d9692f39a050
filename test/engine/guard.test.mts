import { entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	expectNoWrites,
	finding,
	gone,
	linked,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	user,
	w,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';
import { address, guard, site } from './site.mts';

/** Contacts whose user was created but is not shown yet. */
function waitingForUsers(count: number): Required<Pick<Given, 'wixRecords' | 'links'>> {
	const numbers = Array.from({ length: count }, (_, n) => n);
	return {
		wixRecords: numbers.map((n) => contact(`W${n}`, `w${n}@example.com`)),
		links: numbers.map((n) =>
			linked(`W${n}`, '', null, {
				id: 900 + n,
				pending: pendings(pendingWrite(null, `w${n}@example.com`, { ...create, ...sent })),
			}),
		),
	};
}

const trips = (given: Given) => run(given).report.guard.tripped;

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

	/** Of so many linked pairs, what happens to the first ones. */
	const lost = (count: number, total: number, more: Given = {}, isKnown = true): Given => {
		const { wixRecords = [], links = [], ...given } = site(total, 0);
		return {
			...given,
			...more,
			wixRecords: [...wixRecords.slice(count), ...(more.wixRecords ?? [])],
			links: links.map((link, n) => (isKnown && n < count ? { ...link, ...gone } : link)),
		};
	};
	const lone = (count: number) =>
		Array.from({ length: count }, (_, n) => contact(`L${n}`, `lone${n}@example.com`));
	const inTheirPlace = (count: number) =>
		Array.from({ length: count }, (_, n) => contact(`N${n}`, address(n)));

	test.each<[string, (count: number, total: number) => Given]>([
		[
			'creates',
			(count, total) =>
				lost(0, total, { wixRecords: lone(count), policies: { createMissing: 'users' } }),
		],
		['deletions', (count, total) => lost(count, total, { policies: { vanished: 'delete' } })],
		[
			'deactivations',
			(count, total) => lost(count, total, { policies: { vanished: 'deactivate' } }),
		],
		['unlinks', (count, total) => lost(count, total)],
		[
			'links that move to another record',
			(count, total) => lost(count, total, { wixRecords: inTheirPlace(count) }),
		],
		['records that a whole list lacks', (count, total) => lost(count, total, {}, false)],
	])('%s by their share alone, with more than three people', (_, build) => {
		expect(trips(build(3, 4))).toBe(false);
		expect(trips(build(4, 39))).toBe(true);
		expect(trips(build(4, 40))).toBe(false);
		const unguarded = build(4, 39);
		expect(trips({ ...unguarded, policies: { ...unguarded.policies, guard: null } })).toBe(false);
	});

	test('creates, where nobody is linked: three may be made for an empty side', () => {
		const policies = { createMissing: 'users' as const };
		expect(trips({ wixRecords: lone(3), policies })).toBe(false);
		expect(trips({ wixRecords: lone(4), policies })).toBe(true);
	});

	test('a first link that would create, whoever it is, unless there is no guard', () => {
		const first: Given = { wixRecords: lone(1), users: [user('U1', a)] };
		const policies = { createMissing: 'users' as const };
		expect(trips({ ...first, policies })).toBe(true);
		expect(trips({ ...first, policies: { ...policies, guard: null } })).toBe(false);
		const unlinked = linked('C8', 'U8', w, { state: 'unlinked' });
		expect(trips({ ...first, policies, links: [unlinked] })).toBe(false);
	});

	test('a step once: what stands in a row already was weighed when it got there', () => {
		const given = site(100, 60);
		const links = (given.links ?? []).map((link, n) => {
			const entry = pendingWrite(address(n), `new${n}@example.com`, { outcome: 'held' });
			return n < 60 ? { ...link, pending: pendings(entry) } : link;
		});
		const known = run({ ...given, links, policies: guard(50, 10) });
		expect([known.report.guard.tripped, known.toUsers.length]).toEqual([false, 60]);
		const elsewhere = links.map((link) => ({
			...link,
			pending: link.pending.replaceAll('"to":"new', '"to":"other'),
		}));
		expect(trips({ ...given, links: elsewhere, policies: guard(50, 10) })).toBe(true);
		const dueAgain = links.map((link) => ({
			...link,
			pending: link.pending.replace('"held"', '"refusedForNow"'),
		}));
		const tried = run({ ...given, links: dueAgain, policies: guard(50, 10), now: daysLater(2) });
		expect([tried.report.guard.tripped, tried.toUsers.length]).toEqual([false, 60]);
		const asked = (given.links ?? []).map((link) => ({
			...link,
			pending: pendings(finding('wix', 'present', { at: daysLater(-8) })),
		}));
		expect(trips({ ...given, wixRecords: lone(1), links: asked })).toBe(false);
	});
});

test('a further field makes a step that is known a new one', () => {
	const { wixRecords = [], users = [], links = [] } = site(100, 60);
	const given: Given = {
		dataFlow: {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.company', 'org')],
		},
		wixRecords: wixRecords.map((record) => ({ ...record, info: { company: 'New' } })),
		users: users.map((record) => ({ ...record, org: 'Old' })),
		links: links.map((link, n) => ({
			...link,
			lastSynced: JSON.stringify({ 'primaryInfo.email': address(n), 'info.company': 'Old' }),
			pending: pendings(pendingWrite(address(n), `new${n}@example.com`, { outcome: 'held' })),
		})),
		policies: guard(50, 10),
	};
	expect(trips(given)).toBe(true);
});

describe('a tripped guard', () => {
	test('is one matter without ids that names the numbers and the code to approve it by', () => {
		const { review, report } = run({ ...site(100, 60), policies: guard(50, 10) });
		expect(review).toHaveLength(1);
		expect(review[0]).toMatchObject({ reason: 'guard', wixIds: '', userIds: '' });
		expect(entryAt(review, 0).question).toContain('60 users');
		expect(entryAt(review, 0).answers).toContain(`approve ${report.guard.planHash}: `);
		expect(report.guard.planHash).toMatch(/^[0-9a-f]{28}$/);
	});

	test('by an empty side names that side, and no hash lets it through', () => {
		const given = { ...site(3, 0), users: [] };
		const { review, report } = run(given);
		expect(review).toHaveLength(1);
		expect(review[0]).toMatchObject({ reason: 'guard', wixIds: '', userIds: '' });
		expect(entryAt(review, 0).question).toContain('the users system');
		const outcome = run({ ...given, policies: { approvedPlan: report.guard.planHash } });
		expect(outcome.report.guard.tripped).toBe(true);
		const noWix = run({ ...site(3, 0), wixRecords: [] });
		expect(noWix.review.map(({ question }) => question)).toEqual([
			expect.stringContaining('Wix is empty'),
		]);
	});

	test('is not tripped by an empty side where nobody is linked, or that is not complete', () => {
		const wixRecords = [contact('C1', a)];
		expect(trips({ wixRecords })).toBe(false);
		expect(trips({ ...site(3, 0), users: [], complete: { wix: true, users: false } })).toBe(false);
	});

	test('saves nothing but the matter: no new link, no base that was seen, no state', () => {
		const given = site(20, 12);
		const outcome = run({
			wixRecords: [...(given.wixRecords ?? []), contact('C90', b), contact('C92', 'n@example.com')],
			users: [...(given.users ?? []), user('U90', b), user('U91', w), user('U92', 'n@example.com')],
			links: [...(given.links ?? []), linked('C90', 'U90', a), linked('C91', 'U91', w, gone)],
			policies: guard(5, 10),
		});
		expect(outcome.report.guard).toMatchObject({
			tripped: true,
			wouldChange: { wix: 1, users: 12 },
		});
		expect([outcome.links, reasons(outcome)]).toEqual([[], ['guard', 'vanished']]);
	});
});
