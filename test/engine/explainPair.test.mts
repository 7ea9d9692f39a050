import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type DataFlow,
	type Link,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	gone,
	linked,
	member,
	pendingWrite,
	sent,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { told, wixHolds, userHolds, byRow, agreed, atRest, pair, under } from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

describe('how two came to be linked', () => {
	test.each<[string, Partial<Link>, string[]]>([
		['by a row', {}, [byRow, agreed, atRest]],
		[
			'typed by a person',
			{ linkId: '' },
			['They are linked by a row that a person typed.', agreed, atRest],
		],
		[
			'unlinked before',
			{ state: 'unlinked' },
			[
				'They were unlinked and are linked again by this run, now that both are there and free.',
				agreed,
				atRest,
			],
		],
		[
			'with a decision for Wix',
			{ decision: 'wixWins' },
			[`${byRow} A person decided in it that Wix wins.`, agreed, atRest],
		],
		[
			'with a decision for the user',
			{ decision: 'usersWin' },
			[`${byRow} A person decided in it that the user wins.`, agreed, atRest],
		],
	])('%s', (_, row, rest) => {
		expect(told('C1', pair(a, a, row))).toEqual([wixHolds(a), userHolds(a), ...rest]);
	});

	test('by a rule, of several pairs', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			link: [
				{ pairs: [{ wix: 'info.company', user: 'org', compare: 'exact' }] },
				{
					pairs: [
						{ wix: 'info.name.first', user: 'first', compare: 'exact' },
						{ wix: 'primaryInfo.email', user: 'profile.email.email', compare: 'email' },
					],
				},
			],
		};
		const given = {
			dataFlow,
			wixRecords: [contact('C1', a)],
			users: [{ ...user('U1', a), first: 'Ada' }],
		};
		expect(told('U1', given)).toEqual([
			wixHolds(a),
			userHolds(a),
			'This run links them, because link rule 2 fits these two and nobody else: info.name.first = first and primaryInfo.email = profile.email.email.',
			agreed,
			atRest,
		]);
	});

	test('in the place of a record that is gone', () => {
		const given: Given = {
			wixRecords: [contact('C9', a)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, gone)],
		};
		expect(told('C9', given)).toEqual([
			wixHolds(a).replace('C1', 'C9'),
			userHolds(a),
			"This run links them: the row 'contacts:C1:U1' of the links table had lost one of its records, and this one takes its place.",
			agreed,
			atRest,
		]);
	});

	test('taken over from the contact flow', () => {
		const given: Given = {
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', w, 'C1')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		};
		expect(told('M1', given)[2]).toBe(
			'This run links them: it takes the link over from another data flow.',
		);
	});
});

describe('who is found', () => {
	const two = pair(
		a,
		a,
		{},
		{ wixRecords: [contact('C2', b)], users: [user('U2', b)], links: [linked('C2', 'U2', b)] },
	);
	const first = [wixHolds(a), userHolds(a), byRow, agreed, atRest];

	test.each(['C1', ' U1 ', 'contacts:C1:U1', '11', a, ' A@EXAMPLE.com'])('by %j', (name) => {
		expect(
			told(name, {
				...two,
				links: [{ ...entryAt(two.links ?? [], 0), rowId: '11' }, ...(two.links ?? []).slice(1)],
			}),
		).toEqual(first);
	});

	test('by what is on its way, or was held before', () => {
		const given = pair(w, a, under(pendingWrite(a, z, sent), pendingWrite(z, w, sent)));
		for (const name of [a, w, z]) expect(told(name, given)[2]).toBe(byRow);
		expect(told('@', given)).toEqual([
			"Nobody with the ID or address '@' is in the inputs or in the links table.",
		]);
	});

	test('nobody: which list may lack them', () => {
		const nobody = "Nobody with the ID or address 'C9' is in the inputs or in the links table.";
		const may = (lists: string) =>
			` The list from ${lists} does not count as complete, so the record may exist without being in it.`;
		const partial = (wix: boolean, users: boolean) =>
			told('C9', { ...two, complete: { wix, users } });
		expect(told('C9', two)).toEqual([nobody]);
		expect(partial(false, true)).toEqual([nobody + may('Wix')]);
		expect(partial(true, false)).toEqual([nobody + may('the users system')]);
		expect(partial(false, false)).toEqual([nobody + may('Wix and the users system')]);
		expect(told('', two)[0]).toContain('ID or address nothing is');
	});

	test('a row that is in no list of the run', () => {
		const stands = (row: Partial<Link>) =>
			told('contacts:C1:U1', { links: [linked('C1', 'U1', a, row)] });
		expect(stands({ state: 'keepApart' })).toEqual([
			"The Wix record 'C1' and the user 'U1' stand in a row of the links table with the state 'keepApart', and are in no list of this run.",
		]);
		expect(stands({ state: 'ignored', userId: '' })).toEqual([
			"The Wix record 'C1' stands in a row of the links table with the state 'ignored', and is in no list of this run.",
		]);
		expect(stands({ state: 'ignored', wixId: '' })[0]).toMatch(/^The user 'U1' stands /);
	});

	test('by an address that a rule links by, or a further one', () => {
		const dataFlow: DataFlow = {
			...flowOf([kept('info.name.first', 'first')]),
			link: [{ pairs: [{ wix: 'primaryInfo.email', user: 'login', compare: 'email' }] }],
		};
		const given = { dataFlow, wixRecords: [contact('C1', a, [b])], users: [] };
		for (const name of [a, b]) expect(told(name, given)[0]).toMatch(/^The Wix record 'C1'/);
		expect(told(z, given)[0]).toMatch(/^Nobody/);
	});
});
