import { withExplanation } from '../../nodes/MatchAndMap/engine/explain';
import { membersAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, linked, member, one, user, type Given } from './builders.mts';
import {
	nobodyThere,
	noRule,
	notCreated,
	reviewed,
	row,
	told,
	userAlone,
	usersLeftOut,
	wixAlone,
} from './explaining.mts';
import { flowOf, kept } from './refusal.mts';

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

test('the page with an explanation: about whom, and every sentence', () => {
	expect(withExplanation('<html><body>\n</body></html>', ' <C1> ', ['One & two.', 'Three.'])).toBe(
		'<html><body><section class="explanation"><h2>About &#39;&lt;C1&gt;&#39;</h2><ul><li>One &amp; two.</li><li>Three.</li></ul></section>\n</body></html>',
	);
});
