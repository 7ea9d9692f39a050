import { entryAt } from '../../runtime/entries.mts';
import { withExplanation } from '../../nodes/MatchAndMap/engine/explain';
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
	create,
	linked,
	member,
	pendings,
	pendingWrite,
	sent,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { reviewed, told } from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

const wixAlone = (holds = `'${a}'`) =>
	`The Wix record 'C1' ('Ada Example') is in no link. It holds primaryInfo.email ${holds}.`;
const userAlone = (holds = `'${a}'`) =>
	`The user 'U1' ('User U1') is in no link. It holds profile.email.email ${holds}.`;
const noRule = 'Not linked, because no link rule gives exactly one partner.';
const nobodyThere =
	"Link rule 1: nobody in the users system holds the same in 'profile.email.email'.";
const notCreated = (why: string) => `Nobody is created for it${why}`;
const usersLeftOut = notCreated(": 'Create Missing Records' leaves the users system out.");
const one: Given = { wixRecords: [contact('C1', a)], users: [user('U1', a)] };
const row = (more: Partial<Link> = {}, wixId = 'C1', userId = 'U1') =>
	linked(wixId, userId, null, { rowId: '9', linkId: 'r', ...more });

describe('somebody who is in no link', () => {
	test('nobody there holds the same, on either side', () => {
		expect(told('C1', { wixRecords: [contact('C1', a)] })).toEqual([
			wixAlone(),
			noRule,
			nobodyThere,
			usersLeftOut,
		]);
		expect(told('U1', { users: [user('U1', a)] })).toEqual([
			userAlone(),
			noRule,
			"Link rule 1: nobody in Wix holds the same in 'primaryInfo.email'.",
			notCreated(": 'Create Missing Records' leaves Wix out."),
		]);
	});

	test('it has no key', () => {
		expect(told('C1', { wixRecords: [contact('C1', null)] })).toEqual([
			wixAlone('nothing'),
			noRule,
			"Link rule 1: it has no key here, because 'primaryInfo.email' is empty.",
			usersLeftOut,
		]);
	});

	test.each<[string, Given, string]>([
		[
			'ignored',
			{ ...one, links: [row({ state: 'ignored' })] },
			"a row of the links table has it in the state 'ignored', so it is left alone. Delete that row to have it take part again.",
		],
		[
			'left alone',
			{ ...one, memberContactIds: ['C1'], policies: { memberContacts: 'leaveAlone' } },
			"it belongs to a site member, and 'Contacts of Site Members' is set to Leave Alone.",
		],
	])('%s', (_, given, why) => {
		expect(told('C1', given).slice(0, 2)).toEqual([wixAlone(), `Not linked: ${why}`]);
	});

	test('ignored: nothing is said of creating', () => {
		expect(told('C1', { ...one, links: [row({ state: 'ignored' })] })).toHaveLength(2);
	});

	test('members are never left alone in their own flow', () => {
		const given: Given = {
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			memberContactIds: ['M1'],
			policies: { memberContacts: 'leaveAlone' },
		};
		expect(told('M1', given)[1]).toBe(noRule);
	});

	test('linked in another flow', () => {
		const elsewhere = row({ flow: 'members', linkId: 'm' }, 'M1');
		expect(told('U1', { ...one, links: [elsewhere] })).toEqual([
			userAlone(),
			"Not linked: the user is linked in the data flow 'members' to the Wix record 'M1', and takes part in one data flow only.",
			notCreated(": 'Create Missing Records' leaves Wix out."),
		]);
		expect(told('C1', { ...one, links: [elsewhere] })[2]).toBe(
			"Link rule 1: The user 'U1' holds the same, but is linked in the data flow 'members'.",
		);
		const unlinked = { ...elsewhere, state: 'unlinked' as const };
		expect(told('U1', { ...one, links: [unlinked] })[0]).not.toBe(userAlone());
	});

	test('a row that names it cannot be used', () => {
		const given = { ...one, links: [row({ pending: '{' })] };
		expect(told('C1', given)).toEqual([
			wixAlone(),
			'Not linked: a row of the links table that names it cannot be used. Correct or delete that row.',
			...reviewed(given),
		]);
		const other = { ...one, links: [row({ pending: '{', wixId: 'C9' })] };
		expect(told('C1', other)[2]).toBe(
			"Link rule 1: The user 'U1' holds the same, but stands in a row of the links table that cannot be used.",
		);
	});

	test('a value cannot be used, its own or the other one', () => {
		const given = { ...one, wixRecords: [contact('C1', 'nobody')] };
		expect(told('C1', given)).toEqual([
			wixAlone('nothing'),
			"Not linked: the field 'primaryInfo.email' is no email address (there is no name@domain in it). Correct the field; the next run takes it.",
			...reviewed(given),
		]);
		const dataFlow: DataFlow = {
			...flowOf([kept('tag', 'tag')]),
			link: [{ pairs: [{ wix: 'code', user: 'code', compare: 'exact' }] }],
		};
		const coded = {
			dataFlow,
			wixRecords: [
				{ id: 'C1', code: 7 },
				{ id: 'C2', code: ['7'] },
			],
			users: [{ id: 'U1', code: '7', tag: ['x'] }],
		};
		expect(told('C1', coded)[2]).toBe(
			"Link rule 1: The user 'U1' holds the same, but its field 'tag' holds a list where a single value should be.",
		);
		expect(told('C2', coded)[1]).toContain("the field 'code' holds a list");
	});

	test('it was linked before', () => {
		const given: Given = {
			wixRecords: [contact('C1', a)],
			links: [linked('C1', 'U1', a, { state: 'unlinked' })],
			policies: { createMissing: 'users' },
		};
		const linkedBefore = (whom: string) =>
			`It was linked before, to ${whom}. The two are linked again when both are listed and free.`;
		expect(told('C1', given)).toEqual([
			wixAlone(),
			linkedBefore("the user 'U1'"),
			noRule,
			nobodyThere,
			...reviewed(given),
		]);
		const noted = {
			...given,
			links: [linked('C1', 'U1', a, { state: 'unlinked', note: 'seen' })],
		};
		expect(told('C1', noted).slice(-1)).toEqual([
			notCreated(': what was unlinked is not created again.'),
		]);
		const ofUser = { users: [user('U1', a)], links: given.links ?? [] };
		expect(told('U1', ofUser)[1]).toBe(linkedBefore("the Wix record 'C1'"));
	});

	test('this run links nobody new', () => {
		const complete = { wix: false, users: true };
		expect(told('C1', { ...one, complete })).toEqual([
			wixAlone(),
			'Not linked: this run links nobody new, because the list from Wix does not count as complete (it has only changed records, or was not read).',
		]);
		const withoutId = { ...one, users: [user('U1', a), {}, { id: ' ' }] };
		expect(told('C1', { ...withoutId, complete })[1]).toBe(
			'Not linked: this run links nobody new, because the list from Wix does not count as complete (it has only changed records, or was not read) and 2 records of the users system came without an ID.',
		);
		expect(told('C1', withoutId)[1]).toBe(
			'Not linked: this run links nobody new, because 2 records of the users system came without an ID.',
		);
	});
});

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

describe('why nobody is created', () => {
	const last = (given: Given, name = 'C1') => told(name, given).slice(-1)[0];
	const lone = { wixRecords: [contact('C1', a)] };

	test.each<[string, Given, string]>([
		['the policy leaves users out', { ...lone, policies: { createMissing: 'wix' } }, usersLeftOut],
		[
			'it has no address',
			{ wixRecords: [contact('C1', null)], policies: { createMissing: 'users' } },
			notCreated(': without an address nothing would tell whether the record exists already.'),
		],
		[
			'somebody is about to have the address',
			{
				wixRecords: [contact('C1', a), contact('C2', b)],
				users: [user('U2', a)],
				links: [linked('C2', 'U2', a)],
				policies: { createMissing: 'both' },
			},
			notCreated(' in this run.'),
		],
	])('%s', (_, given, sentence) => expect(last(given)).toBe(sentence));

	test('but one is created: that is told instead', () => {
		const given = { ...lone, policies: { createMissing: 'users' as const } };
		expect(last(given)).toBe(
			`Planned: a new record in the users system with profile.email.email '${a}', because nobody there holds the address and 'Create Missing Records' allows it.`,
		);
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

test('the page with an explanation: about whom, and every sentence', () => {
	expect(withExplanation('<html><body>\n</body></html>', ' <C1> ', ['One & two.', 'Three.'])).toBe(
		'<html><body><section class="explanation"><h2>About &#39;&lt;C1&gt;&#39;</h2><ul><li>One &amp; two.</li><li>Three.</li></ul></section>\n</body></html>',
	);
});
