import {
	PlanInputError,
	type DataFlow,
	type JsonObject,
	type LinkRule,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { run } from './builders.mts';
import { kept, refusal } from './refusal.mts';

describe('what no rule can say', () => {
	const pair = { wix: 'primaryInfo.email', user: 'name', compare: 'exact' as const };
	const odd = (value: unknown) => value as never;

	test.each<[string, Partial<PropertyRule>, string]>([
		[
			'an unknown comparison',
			{ compare: odd('soundex') },
			"comparison must be one of exact, ignoreCase, email, phone; it is 'soundex'",
		],
		['a comparison that every object has', { compare: odd('toString') }, "it is 'toString'"],
		['no comparison', { compare: odd(undefined) }, 'comparison must be one of'],
		[
			'an unknown type',
			{ type: odd('list') },
			"type must be one of string, number, boolean, date; it is 'list'",
		],
		[
			'an unknown direction',
			{ direction: odd(['both']) },
			'direction must be one of both, toUsers, toWix; it is a list',
		],
		['an empty path', { wix: '' }, "Wix field: '' is no path"],
		['a path of white space', { user: '  ' }, 'is no path'],
		['no path', { user: odd(undefined) }, 'user field: nothing is no path'],
		['null for a path', { user: odd(null) }, 'user field: nothing is no path'],
		['a path that is no text', { user: odd({ toString: 1 }) }, 'user field: an object is no path'],
		['a prototype', { wix: '__proto__.polluted' }, "'__proto__.polluted' is no path"],
		['a prototype further in', { user: 'profile.constructor.prototype' }, 'is no path'],
		['a quoted prototype', { user: "profile['prototype'].x" }, 'is no path'],
		['an escaped prototype', { user: "profile['__pro\\to__'].x" }, 'is no path'],
		['a prototype with white space', { user: "['__proto__ ']" }, 'is no path'],
		['every item of a list', { wix: 'info.emails.items[].email' }, 'names a whole list'],
		['an item of nothing', { wix: '[primary].email' }, 'is no path'],
	])('%s', (_, more, text) => {
		const message = refusal([
			kept('info.company', 'org'),
			{ ...kept('info.jobTitle', 'name'), ...more },
		]);
		expect(message).toMatch(/^Property rule 2: /);
		expect(message).toContain(text);
	});

	test('a path of 80 characters is quoted whole', () => {
		const path = `${'x'.repeat(77)}..y`;
		expect(refusal([kept(path, 'name')])).toContain(`'${path}' is no path`);
	});

	test('a path too long to read is quoted in part', () => {
		const message = refusal([kept(`${'x'.repeat(1_000_000)}..y`, 'name')]);
		expect(message).toContain("Property rule 1: Wix field: 'xxx");
		expect(message?.length).toBeLessThan(200);
	});

	test.each<[string, LinkRule[], string]>([
		[
			'an unknown comparison',
			[{ pairs: [pair] }, { pairs: [pair, { ...pair, compare: odd('soundex') }] }],
			'Link rule 2: comparison',
		],
		[
			'a path to a prototype',
			[{ pairs: [{ ...pair, wix: '__proto__.x' }] }],
			"Link rule 1: Wix field: '__proto__.x'",
		],
		['an empty path', [{ pairs: [{ ...pair, user: '' }] }], 'Link rule 1: user field'],
		['no pair', [{ pairs: [] }], 'Link rule 1 has no pair'],
		['nothing', [odd(null)], 'Link rule 1 has no pair'],
		['nothing as a pair', [{ pairs: [odd(null)] }], 'Link rule 1: comparison'],
	])('a link rule with %s', (_, link, text) => {
		expect(refusal([], { link })).toContain(text);
	});

	test.each<[string, Partial<DataFlow>, string]>([
		['no rule at all', { link: odd(undefined) }, 'At least one link rule'],
		['property rules that are no list', { properties: odd({}) }, 'property rules must be a list'],
		['nothing as a property rule', { properties: [odd(null)] }, 'Property rule 1: comparison'],
		['an id with white space around it', { id: ' contacts' }, "data flow's id"],
		['no id', { id: '' }, "data flow's id must not be empty"],
		['white space for an id', { id: '  ' }, "data flow's id must not be empty"],
		['an unknown entity', { wixEntity: odd('order') }, 'The Wix entity'],
		[
			'a further place on a prototype',
			{ alsoHolds: { wix: ['constructor.x'], user: [] } },
			'Further address place (Wix)',
		],
		[
			'further places that are no list',
			{ alsoHolds: odd({ wix: 'info.x', user: [] }) },
			'lists of paths',
		],
	])('a data flow with %s', (_, more, text) => {
		expect(refusal([], more)).toContain(text);
	});
});

describe('what no policy can say', () => {
	test.each<[string, JsonObject, string]>([
		[
			'bothEdited',
			{ bothEdited: 'newest' },
			"Policy 'bothEdited' must be one of review, wixWins, usersWin; it is 'newest'",
		],
		['firstLink', { firstLink: 'constructor' }, "Policy 'firstLink'"],
		['createMissing', { createMissing: true }, "Policy 'createMissing'"],
		['vanished', { vanished: 'purge' }, "Policy 'vanished'"],
		['memberContacts', { memberContacts: '' }, "Policy 'memberContacts'"],
		['pendingDays', { pendingDays: '7' }, "Policy 'pendingDays'"],
		['guard', { guard: { records: -1, percent: 10 } }, "Policy 'guard': records"],
		['the share of the guard', { guard: { records: 1 } }, "Policy 'guard': percent"],
		['onlyRecords', { onlyRecords: [7] }, "Policy 'onlyRecords'"],
		['approvedPlan', { approvedPlan: null }, "Policy 'approvedPlan'"],
		['dryRun', { dryRun: 'false' }, "Policy 'dryRun'"],
	])('%s', (_, policies, text) => {
		const planned = () => run({ policies: policies as never });
		expect(planned).toThrow(PlanInputError);
		expect(planned).toThrow(text);
	});
});

test('a path has at most 100 steps', () => {
	const path = (steps: number) => Array.from({ length: steps }, () => 'x').join('.');
	expect(refusal([kept(path(100), 'name')])).toBeUndefined();
	expect(refusal([kept(path(101), 'name')])).toContain('has more than 100 steps');
});
