import { fieldSteps, isSameField } from '../../nodes/MatchAndMap/engine/rules/contradictions';
import type { PropertyRule } from '../../nodes/MatchAndMap/engine/index';
import { kept, refusal, towards } from './refusal.mts';

describe('the steps of a field', () => {
	test.each<[string, string[], string[]]>([
		['an item has one spelling', ['items', '[0]', 'name'], ['items', '0', 'name']],
		['of any number', ['items', '[12]'], ['items', '12']],
		['but the primary item its own', ['items', '[primary]'], ['items', '[primary]']],
		['a name that ends like an item stays', ['x[0]'], ['x[0]']],
		['and one that begins like an item', ['[0]x'], ['[0]x']],
	])('%s', (_, segments, steps) => expect(fieldSteps(segments)).toEqual(steps));
});

describe('two paths are one field', () => {
	test.each<[string, string[], string[], boolean]>([
		['step by step', ['profile', 'work'], ['profile', 'work'], true],
		['with the address inside', ['profile', 'work'], ['profile', 'work', 'email'], true],
		['or around', ['work', 'email'], ['work'], true],
		['not with another last step', ['profile', 'work'], ['profile', 'home'], false],
		['nor another first one', ['profile', 'work'], ['info', 'work'], false],
		['nor with anything else inside', ['work'], ['work', 'phone'], false],
		['nor further inside', ['work'], ['work', 'email', 'email'], false],
		['nor an address inside something else', ['work'], ['home', 'email'], false],
	])('%s', (_, left, right, isSame) => {
		expect([isSameField(left, right), isSameField(right, left)]).toEqual([isSame, isSame]);
	});
});

/** Property rules over these user fields, each with a Wix field of its own. */
const over = (...userFields: string[]): PropertyRule[] =>
	userFields.map((field, n) => kept(`info.field${n}`, field));

describe('of several fields in one place', () => {
	test('the first rule speaks for the place', () => {
		expect(refusal(over('name', 'name', 'name'))).toMatch(
			/^Property rule 2: the user field 'name' is written by property rule 1 already/,
		);
		const reads = [
			towards('toUsers', 'info.a', 'name'),
			towards('toWix', 'info.b', 'name'),
			towards('toWix', 'info.c', 'name'),
		];
		expect(refusal(reads)).toMatch(/^Property rule 2: .* cannot be handed on/);
	});

	test('one that is only read bars one that is written inside it', () => {
		const rules = [towards('toWix', 'info.a', 'org'), towards('toUsers', 'info.b', 'org.name')];
		expect(refusal(rules)).toContain("'org.name' lies inside 'org', which property rule 1 keeps");
	});
});

describe('items of a list', () => {
	test.each([
		['a name that begins with a digit is no item', 'orgs.2nd.name', 'orgs[primary].name'],
		['nor one that ends with one', 'orgs.no2.name', 'orgs[primary].name'],
		['a plain name is no item either', 'orgs.main.name', 'orgs[primary].name'],
	])('%s', (_, first, second) => expect(refusal(over(first, second))).toBeUndefined());

	test('of many digits are items', () => {
		expect(refusal(over('orgs[primary].name', 'orgs[12].name'))).toContain('which may be');
	});

	test('the first one may be the primary one, whichever of the two goes deeper', () => {
		for (const rules of [
			over('orgs[0]', 'orgs[primary].name'),
			over('orgs[primary]', 'orgs[0].name'),
		])
			expect(refusal(rules)).toContain('lies inside');
	});

	test('each is compared, not only the last of those with items in the same places', () => {
		const rules = over('orgs[primary].x[0]', 'orgs[0].x[0]', 'orgs[primary].x[1]');
		expect(refusal(rules)).toMatch(/^Property rule 2: /);
	});
});

describe('on the side of Wix', () => {
	test('the field of users is named as the source', () => {
		const rules = [kept('info.p[0].x', 'a'), kept('info.p[primary].x', 'b')];
		expect(refusal(rules)).toBe(
			"Property rule 2: the Wix field 'info.p[primary].x', which may be 'info.p[0].x', is written by property rule 1 already, from the user field 'a'; remove one of the two rules",
		);
	});

	test('an email inside is a field of its own: Wix has no address that is object and text at once', () => {
		const rules = [kept('info.work', 'a'), kept('info.work.email', 'b')];
		expect(refusal(rules)).toContain("the Wix field 'info.work.email' lies inside 'info.work'");
	});
});
