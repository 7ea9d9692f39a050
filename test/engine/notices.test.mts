import {
	contactsAndUsers,
	membersAndUsers,
	type DataFlow,
} from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, linked, member, run, user, w, type Given } from './builders.mts';

const people = (count: number): Given => {
	const numbers = Array.from({ length: count }, (_, n) => n + 1);
	return {
		wixRecords: numbers.map((n) => contact(`C${n}`, `p${n}@example.com`)),
		users: numbers.map((n) => user(`U${n}`, `p${n}@example.com`)),
	};
};
const linksOf = (count: number, flow = 'contacts') =>
	Array.from({ length: count }, (_, n) =>
		linked(`C${n + 1}`, `U${n + 1}`, `p${n + 1}@example.com`, { flow }),
	);
const named: DataFlow = { ...contactsAndUsers, id: 'mine', title: 'Mine' };

describe('54: a run that starts over, or does nothing, says so first', () => {
	test('the people are linked under another name: which, and how to go on with them', () => {
		const { report, links } = run({ ...people(5), links: linksOf(5), dataFlow: named });
		expect(links).toEqual([]);
		const [first = ''] = report.notices;
		expect(first).toMatch(/^5 people are linked under the name 'contacts' /);
		expect(first).toContain("'mine'");
		expect(first).toContain("enter contacts at 'Name in the Links Table'");
		expect(report.html.indexOf('5 people are linked')).toBeLessThan(
			report.html.indexOf('class="bar"'),
		);
		expect(report.html).toContain('5 people are linked');
	});

	test('a table that knows nobody, while people match, is a first link', () => {
		const { report } = run(people(5));
		expect(report.notices).toHaveLength(1);
		expect(report.notices[0]).toMatch(/^This is a first link: .* 5 pairs match\./);
	});

	test.each<[string, Given]>([
		['people who are linked', { ...people(5), links: linksOf(5) }],
		['a new pair beside them', { ...people(6), links: linksOf(5) }],
		['nobody who matches', { wixRecords: [contact('C1', a)], users: [user('U1', b)] }],
		[
			'few of many who match',
			{
				...people(1),
				users: [...(people(1).users ?? []), user('U9', w)],
				wixRecords: [contact('C1', 'p1@example.com'), contact('C8', b), contact('C9', a)],
				links: linksOf(1),
			},
		],
	])('nothing is said of %s', (_, given) => {
		expect(run(given).report.notices).toEqual([]);
	});

	test('members who are handed over by the contact flow are no second name', () => {
		const { report, links } = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect(links.some(({ link }) => link.flow === 'members')).toBe(true);
		expect(report.notices.filter((notice) => notice.includes('under the name'))).toEqual([]);
	});

	test('what a trial leaves out keeps its link in the other flow', () => {
		const { links } = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
			policies: { onlyRecords: ['somebody'] },
		});
		expect(links).toEqual([]);
	});
});
