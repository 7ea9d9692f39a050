import { contactsAndUsers, type DataFlow, type Link } from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, linked, u, user, w, z, type Given } from './builders.mts';
import { agreed, atRest, byRow, pair, told, userHolds, wixHolds } from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

const nobody = (name: string) => [
	`Nobody with the ID or address '${name}' is in the inputs or in the links table.`,
];
const linkBy = (field: string, compare: 'email' | 'exact'): DataFlow['link'][number] => ({
	pairs: [{ wix: 'code', user: field, compare }],
});

describe('by an address', () => {
	const whoHas = (name: string, given: Given) => told(name, given)[0];
	const noFurther = { wix: [], user: [] };
	const noKept = flowOf([kept('info.name.first', 'first')], { alsoHolds: noFurther });
	const login = { ...user('U1', a), login: z };

	test.each<[string, string, Given, string]>([
		[
			'that is kept in sync but links nobody',
			a,
			{
				dataFlow: { ...contactsAndUsers, link: [linkBy('code', 'exact')], alsoHolds: noFurther },
				wixRecords: [contact('C1', a)],
			},
			"The Wix record 'C1'",
		],
		[
			'that only a later link rule looks at',
			z,
			{
				dataFlow: { ...noKept, link: [linkBy('code', 'exact'), linkBy('login', 'email')] },
				users: [login],
			},
			"The user 'U1'",
		],
		[
			'in a field that is compared as plain text: not as an address',
			z,
			{ dataFlow: { ...noKept, link: [linkBy('login', 'exact')] }, users: [login] },
			'Nobody',
		],
		[
			'in one of two fields of a rule: such a rule is no address',
			z,
			{
				dataFlow: {
					...noKept,
					link: [{ pairs: [...linkBy('login', 'email').pairs, ...linkBy('name', 'exact').pairs] }],
				},
				users: [login],
			},
			'Nobody',
		],
		[
			'of a record without an ID, which nothing can be told of',
			z,
			{ wixRecords: [{ primaryInfo: { email: z } }] },
			'Nobody',
		],
	])('%s', (_, name, given, who) => {
		expect(whoHas(name, given)?.startsWith(who)).toBe(true);
	});

	test('that a linked record holds now, though nothing is remembered of it', () => {
		const given = pair(w, u);
		expect(told(w, given)).toEqual(told('C1', given));
		expect(told(u, given)).toEqual(told('C1', given));
	});

	test('that only a row holds which links nobody', () => {
		const row = (state: Link['state']) => ({ links: [linked('C1', 'U1', b, { state })] });
		expect(told(b, row('ignored'))).toEqual(nobody(b));
		expect(told(b, row('keepApart'))).toEqual(nobody(b));
		expect(told(b, row('linked'))[2]).toBe(byRow);
	});
});

test('by an ID: a remembered value of that spelling is no ID, and a number no address', () => {
	const dataFlow = flowOf([
		kept('info.name.first', 'first'),
		kept('age', 'age', { type: 'number' }),
	]);
	const lastSynced = JSON.stringify({ 'info.name.first': 'Ada', age: 7 });
	const given: Given = {
		dataFlow,
		wixRecords: [{ ...contact('C1', null), age: 7 }],
		users: [{ ...user('U1', null), first: 'Ada', age: 7 }],
		links: [linked('C1', 'U1', null, { lastSynced })],
	};
	expect(told('C9', { wixRecords: [contact('C1', a, [''])] })).toEqual(nobody('C9'));
	for (const name of ['Ada', 'ada', '7', z]) expect(told(name, given)).toEqual(nobody(name));
	expect(told('C1', given)[2]).toBe(byRow);
});

describe('told once', () => {
	test('a pair of which neither is listed', () => {
		const sentences = told('contacts:C1:U1', { links: [linked('C1', 'U1', a)] });
		expect(sentences[0]).toBe(
			"The Wix record 'C1' is missing from a list that counts as complete.",
		);
		expect(sentences.filter((text) => text === byRow)).toHaveLength(1);
	});

	test('a pair that two rows link: the plan takes one of them away', () => {
		const double = linked('C1', 'U1', a, { rowId: '12' });
		expect(told('C1', pair(a, a, {}, { links: [double] }))).toEqual([
			wixHolds(a),
			userHolds(a),
			byRow,
			agreed,
			atRest,
		]);
	});
});

describe('which row is whose', () => {
	const both = { wixRecords: [contact('C2', b)], users: [user('U2', b)] };
	const second = linked('C2', 'U2', b);

	test('rows of a table without row ids are told apart by their links', () => {
		const rowId = undefined as never;
		const given = pair(w, u, { rowId }, { ...both, links: [{ ...second, rowId }] });
		expect(told('C1', given).slice(2, 4)).toEqual([byRow, agreed]);
	});

	test('rows that persons typed are told apart by their row ids', () => {
		const linkId = '';
		const given = pair(a, a, { linkId }, { ...both, links: [{ ...second, linkId }] });
		expect(told('C1', given)[2]).toBe('They are linked by a row that a person typed.');
	});

	test('what is planned for another pair is not told here', () => {
		const edited = { wixRecords: [contact('C2', z)], users: [user('U2', b)], links: [second] };
		expect(told('C1', pair(a, a, {}, edited)).slice(-1)).toEqual([atRest]);
		expect(told('C2', pair(a, a, {}, edited)).join(' ')).toContain("Planned: the user 'U2'");
	});

	test('all rows that keep somebody apart count', () => {
		const apart = (userId: string) =>
			linked('C1', userId, null, { state: 'keepApart', linkId: userId, rowId: userId });
		const given: Given = {
			wixRecords: [contact('C1', a)],
			users: [user('U1', a), user('U2', a)],
			links: [apart('U1'), apart('U2')],
		};
		const why = "holds the same, but a row of the links table has the two in the state 'keepApart'";
		expect(told('C1', given)[2]).toBe(
			`Link rule 1: The user 'U1' ${why} and the user 'U2' ${why}.`,
		);
	});
});

describe('an ID says nothing of the other side, where it may be somebody else', () => {
	const noRule = 'Not linked, because no link rule gives exactly one partner.';
	const userX = { users: [user('X', b)] };
	const wixX = { wixRecords: [contact('X', a)] };
	const elsewhere = linked('M1', 'X', null, { flow: 'members', linkId: 'm' });

	test.each<[string, string, Given]>([
		[
			'a user with the ID of a contact that is left alone',
			'X',
			{ ...userX, memberContactIds: ['X'], policies: { memberContacts: 'leaveAlone' } },
		],
		['a contact with the ID of a user of another flow', 'X', { ...wixX, links: [elsewhere] }],
		[
			'a contact of a member, where such contacts are kept in sync',
			'X',
			{ ...wixX, memberContactIds: ['X'], policies: { memberContacts: 'sync' } },
		],
		[
			'a user who was unlinked in another flow',
			'X',
			{ ...userX, links: [{ ...elsewhere, state: 'unlinked' }] },
		],
		[
			'a contact that an unusable row of another flow names',
			'X',
			{ ...wixX, links: [linked('X', 'U1', null, { flow: 'members', pending: '{' })] },
		],
	])('%s', (_, name, given) => {
		expect(told(name, given)[1]).toBe(noRule);
	});

	test('nor is a matter of review that concerns the other', () => {
		const given = { ...userX, wixRecords: [contact('X', 'nobody')] };
		expect(told(b, given).join(' ')).not.toContain('In Review');
		expect(told('X', given).filter((text) => text.startsWith('In Review'))).toHaveLength(1);
	});

	test('an unusable row that does not say its flow concerns everybody it names', () => {
		const links = [linked('X', 'U1', null, { flow: '' })];
		expect(told('X', { ...wixX, links })[1]).toBe(
			'Not linked: a row of the links table that names it cannot be used. Correct or delete that row.',
		);
	});
});

describe('what keeps a record from a link', () => {
	const rules = (...link: DataFlow['link']) => flowOf([kept('tag', 'tag')], { link });

	test('a number in a field that is to hold an address', () => {
		const given = {
			dataFlow: rules(linkBy('code', 'email')),
			wixRecords: [{ id: 'C1', code: 7 }],
		};
		expect(told('C1', given)[1]).toBe(
			"Not linked: the field 'code' holds a number where an email address should be. Correct the field; the next run takes it.",
		);
	});

	test('two who say true, one as a text', () => {
		const given = {
			dataFlow: rules(linkBy('code', 'exact')),
			wixRecords: [{ id: 'C1', code: true }],
			users: [{ id: 'U1', code: 'true' }],
		};
		expect(told('C1', given)[2]).toBe(
			'This run links them, because link rule 1 fits these two and nobody else: code = code.',
		);
	});

	test('a doubt under an earlier rule stands in the way of a later one', () => {
		const dataFlow = rules(linkBy('code', 'exact'), {
			pairs: [{ wix: 'name', user: 'name', compare: 'exact' }],
		});
		const given: Given = {
			dataFlow,
			wixRecords: [{ id: 'C1', code: 'x', name: 'Ada' }],
			users: [
				{ id: 'U1', code: 'x', name: 'Ada' },
				{ id: 'U2', code: 'x', name: 'Bea' },
			],
		};
		expect(told('C1', given).slice(2, 4)).toEqual([
			"Link rule 1: The user 'U1' and the user 'U2' hold the same. It is not certain who is who, so nobody is linked.",
			"Link rule 2: The user 'U1' holds the same. Another rule or row stands in the way.",
		]);
	});

	test('the contact that holds the same is linked to another user', () => {
		const given = {
			wixRecords: [contact('C1', a)],
			users: [user('U1', b), user('U2', a)],
			links: [linked('C1', 'U1', a)],
		};
		expect(told('U2', given)[2]).toBe(
			"Link rule 1: The Wix record 'C1' holds the same, but is linked to the user 'U1' already.",
		);
	});

	test('a name is no address: nobody is created by it', () => {
		const dataFlow = flowOf([kept('info.name.first', 'first'), ...contactsAndUsers.properties]);
		const given: Given = {
			dataFlow,
			wixRecords: [contact('C1', null)],
			policies: { createMissing: 'users' },
		};
		expect(told('C1', given).slice(-1)).toEqual([
			'Nobody is created for it: without an address nothing would tell whether the record exists already.',
		]);
	});

	test('a first name with spaces around it', () => {
		const record = { id: 'C1', info: { name: { first: ' Ada ', last: ' One ' } } };
		expect(told('C1', { wixRecords: [record] })[0]).toContain("The Wix record 'C1' ('Ada One')");
	});
});
