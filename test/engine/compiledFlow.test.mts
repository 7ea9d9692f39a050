import { entryAt } from '../../runtime/entries.mts';
import { compileFlow } from '../../nodes/MatchAndMap/engine/rules';
import {
	contactsAndUsers,
	membersAndUsers,
	PlanInputError,
	type LinkRule,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { a, contact, run, user, w } from './builders.mts';
import { flowOf, kept } from './refusal.mts';

const email = (wix: string, userField: string): PropertyRule =>
	kept(wix, userField, { compare: 'email' });
type Pair = LinkRule['pairs'][number];
const pair = (wix: string, userField: string, compare: Pair['compare'] = 'email'): Pair => ({
	wix,
	user: userField,
	compare,
});

describe('no data flow', () => {
	test.each([undefined, null, 7])('%j is a fault of the rules', (dataFlow) => {
		const planned = () => run({ dataFlow: dataFlow as never });
		expect(planned).toThrow(PlanInputError);
		expect(planned).toThrow("data flow's id must not be empty");
	});
});

describe('further places that hold an address', () => {
	const placesOf = (alsoHolds: unknown) =>
		compileFlow({ ...contactsAndUsers, alsoHolds: alsoHolds as never }).alsoHolds;

	test.each([
		['nothing is said', undefined, { wix: [], users: [] }],
		['only those in Wix are', { wix: ['second'] }, { wix: [['second']], users: [] }],
		['only those of users are', { user: ['second'] }, { wix: [], users: [['second']] }],
	])('where %s', (_, alsoHolds, places) => expect(placesOf(alsoHolds)).toEqual(places));

	test('may be every item of a list, on both sides', () => {
		expect(placesOf({ wix: ['mails[].at'], user: ['emails[].value'] })).toEqual({
			wix: [['mails', '[]', 'at']],
			users: [['emails', '[]', 'value']],
		});
		const outcome = run({
			dataFlow: { ...contactsAndUsers, alsoHolds: { wix: [], user: ['emails[].value'] } },
			wixRecords: [contact('C1', w)],
			users: [{ ...user('U1', a), emails: [{ value: 'x@example.com' }, { value: w }] }],
			policies: { createMissing: 'users' },
		});
		expect(outcome.toUsers).toEqual([]);
		expect(outcome.review).toMatchObject([{ reason: 'addressTaken', wixIds: 'C1', userIds: 'U1' }]);
	});

	test.each([
		[{ wix: ['..x'], user: [] }, "Further address place (Wix): '..x'"],
		[{ wix: [], user: ['..x'] }, "Further address place (user): '..x'"],
		[{ wix: [], user: 'x' }, 'must be lists of paths'],
		[{ wix: {}, user: [] }, 'must be lists of paths'],
	])('%j is refused', (alsoHolds, words) => {
		expect(() => placesOf(alsoHolds)).toThrow(PlanInputError);
		expect(() => placesOf(alsoHolds)).toThrow(words);
	});
});

describe('a link rule takes the key of a property', () => {
	const sameAs = (properties: PropertyRule[], ...pairs: Pair[]) =>
		entryAt(compileFlow(flowOf(properties, { link: [{ pairs }] })).rules, 0).sameAs;
	const own = email('primaryInfo.email', 'profile.email.email');
	const company = kept('info.company', 'org');

	test('in the presets', () => {
		for (const flow of [contactsAndUsers, membersAndUsers])
			expect(compileFlow(flow).rules.map((rule) => rule.sameAs)).toEqual([0]);
	});

	test('that has its very fields, wherever it stands in the list', () => {
		const pairs = pair('primaryInfo.email', 'profile.email.email');
		expect(sameAs([own, company], pairs)).toBe(0);
		expect(sameAs([company, own], pairs)).toBe(1);
		expect(sameAs([company, own], pair('primaryInfo.email', 'profile.email'))).toBe(1);
	});

	test.each<[string, PropertyRule[], Pair[]]>([
		['there is none', [company], [pair('primaryInfo.email', 'profile.email.email')]],
		['the Wix field is another', [own], [pair('second', 'profile.email.email')]],
		['the user field is another', [own], [pair('primaryInfo.email', 'second')]],
		[
			'the property is compared otherwise',
			[{ ...own, compare: 'exact' }],
			[pair('primaryInfo.email', 'profile.email.email')],
		],
		[
			'the property is no text',
			[{ ...own, type: 'date' }],
			[pair('primaryInfo.email', 'profile.email.email')],
		],
		[
			'the key is no address: a number links as its text does',
			[company],
			[pair('info.company', 'org', 'exact')],
		],
		[
			'it has a further pair',
			[own],
			[pair('primaryInfo.email', 'profile.email.email'), pair('info.city', 'city', 'exact')],
		],
	])('but not where %s', (_, properties, pairs) => {
		expect(sameAs(properties, ...pairs)).toBeUndefined();
	});
});

describe('what a rule that only resembles a property links', () => {
	const records = {
		wixRecords: [{ ...contact('C1', a), city: 'Oslo', second: w }],
		users: [{ ...user('U1', a), city: 'Rome', second: w }],
	};
	const linksBy = (...pairs: Pair[]) =>
		run({
			...records,
			dataFlow: { ...contactsAndUsers, link: [{ pairs }] },
		}).links.map(({ link }) => [link.wixId, link.userId]);

	test('the address and the town: nobody whose towns differ', () => {
		expect(linksBy(pair('primaryInfo.email', 'profile.email'), pair('city', 'city'))).toEqual([]);
		expect(linksBy(pair('primaryInfo.email', 'profile.email'))).toEqual([['C1', 'U1']]);
	});

	test('another address of one of the two: only who holds it there', () => {
		expect(linksBy(pair('second', 'profile.email.email'))).toEqual([]);
		expect(linksBy(pair('primaryInfo.email', 'second'))).toEqual([]);
		expect(linksBy(pair('second', 'second'))).toEqual([['C1', 'U1']]);
	});

	test('an address without case, although the property minds it', () => {
		const exact = kept('primaryInfo.email', 'profile.email.email');
		const { links } = run({
			dataFlow: flowOf([exact]),
			wixRecords: [contact('C1', a.toUpperCase())],
			users: [user('U1', a)],
		});
		expect(links).toHaveLength(1);
	});
});
