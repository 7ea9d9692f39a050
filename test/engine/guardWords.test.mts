import {
	a,
	asked,
	contact,
	finding,
	inputOf,
	linked,
	pendings,
	run,
	user,
	w,
	type Given,
} from './builders.mts';

const numbers = Array.from({ length: 8 }, (_, n) => n + 1);
const address = (n: number) => `p${n}@example.com`;
/** Eight who are linked; what is different is said. */
const eight = (more: Given = {}): Given => ({
	wixRecords: numbers.map((n) => contact(`C${n}`, address(n))),
	users: numbers.map((n) => user(`U${n}`, address(n))),
	links: numbers.map((n) => linked(`C${n}`, `U${n}`, address(n))),
	...more,
	policies: { guard: { records: 3, percent: 10 }, ...more.policies },
});
const goneLinks = numbers.map((n) =>
	linked(`C${n}`, `U${n}`, address(n), n > 4 ? {} : { pending: pendings(finding('wix', 'gone')) }),
);
const fewContacts = numbers.slice(4).map((n) => contact(`C${n}`, address(n)));

test.each<[string, Given, string]>([
	[
		'changes',
		eight({
			wixRecords: numbers.map((n) => contact(`C${n}`, n > 4 ? address(n) : `new${n}@example.com`)),
		}),
		'This run would change 4 users of 8 that are linked.',
	],
	[
		'creates',
		eight({
			wixRecords: [...numbers, 11, 12, 13, 14].map((n) => contact(`C${n}`, address(n))),
			policies: { createMissing: 'users', guard: { records: 3, percent: 10 } },
		}),
		'This run would create 4 users of 8 that are linked.',
	],
	[
		'removals',
		eight({
			wixRecords: fewContacts,
			links: goneLinks,
			policies: { vanished: 'delete', guard: { records: 3, percent: 10 } },
		}),
		'This run would deactivate or delete 4 users of 8 that are linked.',
	],
	[
		'unlinks',
		eight({ wixRecords: fewContacts, links: goneLinks }),
		'This run would unlink 4 Wix records of 8 that are linked.',
	],
	[
		'moves',
		eight({
			wixRecords: [...fewContacts, ...[1, 2, 3, 4].map((n) => contact(`N${n}`, address(n)))],
			links: goneLinks,
		}),
		'This run would link others in the place of 4 Wix records of 8 that are linked.',
	],
	[
		'missing records',
		eight({ users: numbers.slice(4).map((n) => user(`U${n}`, address(n))) }),
		'The list from the users system counts as complete and lacks 4 users of 8 that are linked.',
	],
	[
		'a first link that creates',
		{
			wixRecords: [contact('C1', a), contact('C2', w)],
			users: [user('U1', a)],
			policies: { createMissing: 'users' },
		},
		'This would be the first link, and it would also create 1 user.',
	],
])('the guard says what it stops: %s', (_, given, sentence) => {
	const outcome = run(given);
	expect(outcome.report.guard.tripped).toBe(true);
	expect(outcome.links).toEqual([]);
	const guard = asked(outcome).filter(({ reason }) => reason === 'guard');
	expect(
		guard.map(({ question }) => question.startsWith(`${sentence} Nothing was written.`)),
	).toEqual([true]);
	const { planHash } = outcome.report.guard;
	const approved = run({
		...given,
		policies: { ...inputOf(given).policies, approvedPlan: planHash },
	});
	expect(approved.report.guard).toEqual({ ...outcome.report.guard, tripped: false });
	expect(approved.links.length).toBeGreaterThan(0);
});

test('three are let through, whatever their share', () => {
	const three = eight({ users: numbers.slice(3).map((n) => user(`U${n}`, address(n))) });
	expect(run(three).report.guard).toMatchObject({
		tripped: false,
		wouldChange: { wix: 0, users: 0 },
	});
});
