import { entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers, type DataFlow, type Link } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	linked,
	one,
	pendings,
	pendingWrite,
	sent,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { nobodyThere, noRule, row, told, usersLeftOut, wixAlone } from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

describe('who holds the same', () => {
	const verdict = (given: Given, name = 'C1') =>
		entryAt(told(name, given), 2).replace('Link rule 1: ', '');

	test('several, on either side', () => {
		const doubt = ' It is not certain who is who, so nobody is linked.';
		const wixRecords = [contact('C1', a), contact('C2', a), contact('C3', a)];
		const users = [user('U1', a), user('U2', a)];
		expect(verdict({ wixRecords: [contact('C1', a)], users })).toBe(
			`The user 'U1' and the user 'U2' hold the same.${doubt}`,
		);
		expect(verdict({ wixRecords, users: [user('U1', a)] })).toBe(
			`The user 'U1' holds the same, and so does the Wix record 'C2' and the Wix record 'C3' on this record's own side.${doubt}`,
		);
		expect(verdict({ wixRecords, users: [user('U1', a)] }, 'U1')).toBe(
			`The Wix record 'C1', the Wix record 'C2' and the Wix record 'C3' hold the same.${doubt}`,
		);
	});

	test('of many the first five are named', () => {
		const users = Array.from({ length: 7 }, (_, n) => user(`U${n}`, a));
		expect(verdict({ wixRecords: [contact('C1', a)], users })).toMatch(
			/^The user 'U0', the user 'U1', the user 'U2', the user 'U3', the user 'U4' and 2 more hold/,
		);
	});

	test('somebody who is kept apart, or taken', () => {
		expect(verdict({ ...one, links: [row({ state: 'keepApart' })] })).toBe(
			"The user 'U1' holds the same, but a row of the links table has the two in the state 'keepApart'.",
		);
		expect(verdict({ ...one, links: [row({ state: 'keepApart' })] }, 'U1')).toContain(
			"The Wix record 'C1' holds the same, but a row",
		);
		const takenBy = (links: Link[], more: Given = {}) => verdict({ ...one, ...more, links });
		const other = { wixRecords: [contact('C1', a), contact('C2', a)] };
		expect(takenBy([linked('C2', 'U1', a)], other)).toBe(
			"The user 'U1' holds the same, but is linked to the Wix record 'C2' already.",
		);
		expect(takenBy([row({ state: 'ignored' }, '')])).toBe(
			"The user 'U1' holds the same, but is 'ignored' in the links table.",
		);
		const waits = row(
			{ pending: pendings(pendingWrite(null, z, { ...create, ...sent, side: 'wix' })) },
			'',
		);
		expect(
			told('C1', { ...one, users: [user('U1', a), user('U2', a)], links: [waits] })[2],
		).toContain("The user 'U1' holds the same, but waits for a record to be created for it.");
		const ofMember: Given = {
			...one,
			memberContactIds: ['C1'],
			policies: { memberContacts: 'leaveAlone' },
		};
		expect(verdict(ofMember, 'U1')).toBe(
			"The Wix record 'C1' holds the same, but belongs to a site member and is left alone.",
		);
	});

	test('one who is taken, and one who is free', () => {
		const given: Given = {
			wixRecords: [contact('C1', a), contact('C2', a), contact('C3', a)],
			users: [user('U1', a), user('U2', a)],
			links: [linked('C2', 'U1', a)],
		};
		expect(verdict(given)).toBe(
			"The user 'U1' holds the same, but is linked to the Wix record 'C2' already. The user 'U2' holds the same, and so does the Wix record 'C3' on this record's own side. It is not certain who is who, so nobody is linked.",
		);
	});

	test('under each rule, with every field of it', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			link: [
				...contactsAndUsers.link,
				{
					pairs: [
						{ wix: 'code', user: 'code', compare: 'exact' },
						{ wix: 'info.name.first', user: 'first', compare: 'exact' },
					],
				},
			],
		};
		const given = { dataFlow, wixRecords: [{ ...contact('C1', a), code: 'x' }] };
		expect(told('C1', given).slice(2, 4)).toEqual([
			nobodyThere,
			"Link rule 2: nobody in the users system holds the same in 'code' and 'first'.",
		]);
		const ofUser = { dataFlow, users: [{ ...user('U1', a), code: 'x', first: 'Ada' }] };
		expect(told('U1', ofUser)[3]).toContain("in 'code' and 'info.name.first'.");
	});

	test('somebody who holds the address as a further one', () => {
		const further = (who: string) =>
			`${who} the address as a further or unconfirmed one. Such an address links nobody, but it keeps a second record from being created.`;
		const given = { wixRecords: [contact('C1', a)], users: [user('U1', b, a)] };
		expect(told('C1', given)).toEqual([
			wixAlone(),
			noRule,
			nobodyThere,
			further("The user 'U1' holds"),
			usersLeftOut,
		]);
		const two = {
			wixRecords: [contact('C2', w, [a]), contact('C3', z, [a])],
			users: [user('U1', a)],
		};
		expect(told('U1', two)[3]).toBe(further("The Wix record 'C2' and the Wix record 'C3' hold"));
		const own = { wixRecords: [contact('C2', a, [a])], users: [user('U1', a), user('U2', a)] };
		expect(told('U1', own).join(' ')).not.toContain('further or unconfirmed');
	});
});

describe('several that fit', () => {
	test('are counted; each is explained, up to five', () => {
		const people = (count: number) => ({
			wixRecords: Array.from({ length: count }, (_, n) => contact(`C${n}`, a)),
		});
		expect(told(a, people(2))[0]).toBe(`'${a}' fits 2 pairs or records.`);
		expect(told(a, people(5))[0]).toBe(`'${a}' fits 5 pairs or records.`);
		expect(told(a, people(6))[0]).toBe(
			`'${a}' fits 6 pairs or records; the first 5 are explained.`,
		);
		expect(told(a, people(1))[0]).toBe(
			`The Wix record 'C0' ('Ada Example') is in no link. It holds primaryInfo.email '${a}'.`,
		);
	});

	test('a linked pair is told once, before those who are alone', () => {
		const given = {
			wixRecords: [contact('C2', w, [a]), contact('C1', a)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		};
		const sentences = told(a, given);
		expect(sentences[0]).toBe(`'${a}' fits 2 pairs or records.`);
		expect(sentences[1]).toContain("The Wix record 'C1'");
		expect(sentences.filter((text) => text.includes("'C1' ('Ada Example')"))).toHaveLength(1);
		expect(sentences.some((text) => text.startsWith("The Wix record 'C2'"))).toBe(true);
	});
});

describe('what people are called', () => {
	test.each([
		[{ name: ' Ada ' }, "('Ada') "],
		[{ info: { name: { first: 'Ada', last: 'One' } } }, "('Ada One') "],
		[{ contact: { firstName: 'Ada', lastName: 'Two' } }, "('Ada Two') "],
		[{ profile: { firstName: 'Ada', lastName: 'Three' } }, "('Ada Three') "],
		[{ name: 7, info: { name: { first: ' ' } } }, ''],
	])('%j', (record, name) => {
		const [first] = told('C1', { wixRecords: [{ id: 'C1', ...record }] });
		expect(first).toBe(
			`The Wix record 'C1' ${name}is in no link. It holds primaryInfo.email nothing.`,
		);
	});

	test('a long value is cut after 120 characters', () => {
		const held = (length: number) =>
			told('C1', {
				dataFlow: flowOf([kept('text', 'text')]),
				wixRecords: [{ id: 'C1', text: 'x'.repeat(length) }],
			})[0];
		expect(held(120)).toContain(`text '${'x'.repeat(120)}'.`);
		expect(held(121)).toContain(`text '${'x'.repeat(120)}…'.`);
	});

	test('a value that is no text is told as it is', () => {
		const dataFlow = flowOf([
			kept('no', 'no', { type: 'number' }),
			kept('yes', 'yes', { type: 'boolean' }),
		]);
		expect(told('C1', { dataFlow, wixRecords: [{ id: 'C1', no: 7, yes: false }] })[0]).toBe(
			"The Wix record 'C1' is in no link. It holds no '7' and yes 'false'.",
		);
		expect(told('C1', { dataFlow: flowOf([]), wixRecords: [{ id: 'C1' }] })[0]).toBe(
			"The Wix record 'C1' is in no link. It holds no field that is kept in sync.",
		);
	});
});
