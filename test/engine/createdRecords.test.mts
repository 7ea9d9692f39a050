import { entryAt } from '../../runtime/entries.mts';
import { membersAndUsers, type JsonObject } from '../../nodes/MatchAndMap/engine/index';
import { a, contact, member, run, user } from './builders.mts';

const createMissing = 'both' as const;
const defaultsOf = (given: Parameters<typeof run>[0]) => {
	const { toUsers, toWix } = run({ ...given, policies: { createMissing } });
	return [...toUsers, ...toWix].map(({ defaults }) => defaults);
};
const ofContact = (more: JsonObject) =>
	defaultsOf({ wixRecords: [{ ...contact('C1', a), ...more }] });
const ofMember = (more: JsonObject) =>
	defaultsOf({ dataFlow: membersAndUsers, wixRecords: [{ ...member('M1', a, 'C1'), ...more }] });
const ofUser = (more: JsonObject, given: Parameters<typeof run>[0] = {}) =>
	defaultsOf({ ...given, users: [{ ...user('U1', a), name: '', ...more }] });

describe('a user that is created gets its address as login, and as name', () => {
	test.each<[string, JsonObject, string]>([
		['first and last name', { name: { first: ' Ada ', last: 'Example' } }, 'Ada Example'],
		['the first name alone', { name: { first: 'Ada', last: ' ' } }, 'Ada'],
		['the last name alone', { name: { last: 'Example' } }, 'Example'],
		['the name in the address, without any', {}, 'a'],
		['the name in the address, where the name is no text', { name: { first: 7 } }, 'a'],
	])('of a contact: %s', (_, info, name) => {
		expect(ofContact({ info })).toEqual([{ name, login: a }]);
	});

	test.each<[string, JsonObject, string]>([
		['first and last name', { contact: { firstName: 'Ada', lastName: 'Example' } }, 'Ada Example'],
		[
			'the names before the nickname',
			{ contact: { firstName: 'Ada' }, profile: { nickname: 'countess' } },
			'Ada',
		],
		['the nickname', { contact: {}, profile: { nickname: 'countess' } }, 'countess'],
		['the name in the address, without any', { contact: {} }, 'a'],
	])('of a member: %s', (_, more, name) => {
		expect(ofMember(more)).toEqual([{ name, login: a }]);
	});

	test('an address with two at signs ends at the last', () => {
		const odd = '"a@b"@example.com';
		expect(ofContact({ primaryInfo: { email: odd }, info: {} })).toEqual([
			{ name: '"a@b"', login: odd },
		]);
	});
});

describe('a contact that is created gets as name', () => {
	const first = 'info.name.first';
	const last = 'info.name.last';

	test.each<[string, JsonObject, JsonObject]>([
		['the two words of it', { name: 'Ada Example' }, { [first]: 'Ada', [last]: 'Example' }],
		[
			'the first word, and all others as last name',
			{ name: ' Ada  de Example ' },
			{ [first]: 'Ada', [last]: 'de Example' },
		],
		['its only word as first name', { name: 'Ada' }, { [first]: 'Ada' }],
		[
			'first and last name of the profile',
			{ profile: { email: a, firstName: 'Ada', lastName: 'Example' } },
			{ [first]: 'Ada', [last]: 'Example' },
		],
		[
			'the full name before those of the profile',
			{ name: 'Countess', profile: { email: a, firstName: 'Ada', lastName: 'Example' } },
			{ [first]: 'Countess' },
		],
		[
			'the last name of the profile alone',
			{ profile: { email: a, lastName: 'Example' } },
			{ [first]: 'Example' },
		],
		['nothing where there is none', {}, {}],
	])('%s', (_, more, defaults) => expect(ofUser(more)).toEqual([defaults]));

	test('under the fields of a member in the member flow', () => {
		expect(ofUser({ name: 'Ada Example' }, { dataFlow: membersAndUsers })).toEqual([
			{ 'contact.firstName': 'Ada', 'contact.lastName': 'Example' },
		]);
	});
});

test('only a create has defaults', () => {
	const { toUsers } = run({
		wixRecords: [contact('C1', a)],
		policies: { createMissing },
	});
	expect(toUsers[0]).not.toHaveProperty('allowDuplicates');
	expect(entryAt(toUsers, 0).expected).toEqual({ 'profile.email.email': null });
});
