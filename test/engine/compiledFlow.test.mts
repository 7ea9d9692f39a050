import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	PlanInputError,
	type DataFlow,
	type LinkRule,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { compile } from '../../nodes/MatchAndMap/engine/rules';
import { inputOf, run } from './builders.mts';
import { flowOf, kept } from './refusal.mts';

const compiled = (dataFlow: DataFlow) => compile(inputOf({ dataFlow }));

describe('no data flow', () => {
	test.each([undefined, null, 7])('%j is a fault of the rules', (dataFlow) => {
		const planned = () => run({ dataFlow: dataFlow as never });
		expect(planned).toThrow(PlanInputError);
		expect(planned).toThrow("data flow's id must not be empty");
	});
});

test('further places that hold an address may be named for users alone', () => {
	const alsoHolds = { user: ['second'] } as never;
	expect(compiled({ ...contactsAndUsers, alsoHolds }).alsoHolds).toEqual({
		wix: [],
		users: [['second']],
	});
});

/** `linkKeys.test.mts` has what such a rule links, and what one that only resembles a property does. */
describe('a link rule takes the key of a property', () => {
	const own = kept('primaryInfo.email', 'profile.email.email', { compare: 'email' });
	const company = kept('info.company', 'org');
	const byAddress = (user: string): LinkRule => ({
		pairs: [{ wix: 'primaryInfo.email', user, compare: 'email' }],
	});
	const sameAs = (properties: PropertyRule[], rule: LinkRule) =>
		entryAt(compiled(flowOf(properties, { link: [rule] })).links, 0).sameAs;

	test('in the presets', () => {
		for (const flow of [contactsAndUsers, membersAndUsers])
			expect(compiled(flow).links.map((rule) => rule.sameAs)).toEqual([0]);
	});

	test('that has its very fields, wherever it stands in the list', () => {
		expect(sameAs([own, company], byAddress('profile.email.email'))).toBe(0);
		expect(sameAs([company, own], byAddress('profile.email.email'))).toBe(1);
		expect(sameAs([company, own], byAddress('profile.email'))).toBe(1);
	});

	test.each<[string, PropertyRule, LinkRule]>([
		['the property is no text', { ...own, type: 'date' }, byAddress('profile.email.email')],
		[
			'the key is no address: a number links as its text does',
			company,
			{ pairs: [{ wix: 'info.company', user: 'org', compare: 'exact' }] },
		],
	])('but not where %s', (_, property, rule) => {
		expect(sameAs([property], rule)).toBeUndefined();
	});
});
