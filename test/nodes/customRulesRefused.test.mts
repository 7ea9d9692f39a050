import type { INodeParameters } from 'n8n-workflow';
import { match } from './runMatch.mts';
import { pair, email, link, kept, rules, twoPeople } from './ruleParameters.mts';

describe('rules that cannot be worked with end the node before planning, the parameter named', () => {
	const cases: Array<[string, INodeParameters, string, string]> = [
		[
			'two fields into one',
			rules([link(email)], [kept({ ...email, user: 'login' }), kept({ ...email, user: 'name' })]),
			'Property rule 2',
			'propertyRules.rule[1].wix',
		],
		[
			'one field inside another',
			rules(
				[link(email)],
				[
					kept({ wix: 'info.company', user: 'org.name' }),
					kept({ wix: 'info.jobTitle', user: 'org' }),
				],
			),
			'Property rule 2',
			'propertyRules.rule[1].user',
		],
		[
			'one item of a list, written in two ways',
			rules(
				[link(email)],
				[
					kept({ wix: 'info.company', user: 'orgs[0]' }),
					kept({ wix: 'info.jobTitle', user: 'orgs.0' }),
				],
			),
			"'orgs.0'",
			'propertyRules.rule[1].user',
		],
		[
			'a Wix field that can only be read',
			rules(
				[link(email)],
				[kept({ wix: 'info.phones.items[primary].phone', user: 'phone', compare: 'phone' })],
			),
			'primaryInfo.phone',
			'propertyRules.rule[0].wix',
		],
		[
			'an unknown comparison',
			rules([link(email), link({ ...email, compare: 'soundsLike' })]),
			'Link rule 2',
			'linkRules.rule[1].pairs.pair[0].compare',
		],
		[
			'an unknown direction',
			rules([link(email)], [kept({ ...email, direction: 'sideways' })]),
			'Property rule 1',
			'propertyRules.rule[0].direction',
		],
		[
			'a path to a prototype',
			rules([link(pair('__proto__.x', 'name'))]),
			"Link rule 1: Wix field: '__proto__.x'",
			'linkRules.rule[0].pairs.pair[0].wix',
		],
		[
			'a path to a prototype in brackets',
			rules([link(pair("info['__proto__'].x", 'name'))]),
			'Link rule 1',
			'linkRules.rule[0].pairs.pair[0].wix',
		],
		[
			'a link rule without a pair',
			rules([link()]),
			'Link rule 1 has no pair',
			'linkRules.rule[0].pairs',
		],
		[
			'four pairs',
			rules([link(email), link(email, pair('a', 'a'), pair('b', 'b'), pair('c', 'c'))]),
			'Link rule 2 has 4 pairs of fields; at most 3',
			'linkRules.rule[1].pairs',
		],
		[
			'an empty path in the second pair',
			rules([link(email, pair('', 'name'))]),
			'Link rule 1: Wix field is empty',
			'linkRules.rule[0].pairs.pair[1].wix',
		],
		[
			'a malformed name in the links table',
			rules([link(email)], [], { flowId: 'my rules' }),
			'Name in the Links Table',
			'flowId',
		],
		[
			'the name of a preset of other records',
			rules([link(email)], [], { flowId: 'members' }),
			"'members' holds links of Wix members",
			'flowId',
		],
		['a policy', { bothEdited: 'newest' }, "Policy 'bothEdited'", 'bothEdited'],
		['an option', { options: { pendingDays: -1 } }, "Policy 'pendingDays'", 'options.pendingDays'],
		[
			'a limit of the guard',
			{ options: { guardPercent: -1 } },
			"Policy 'guard': percent",
			'options.guardPercent',
		],
	];

	test.each(cases)('%s', async (_, parameters, message, parameter) => {
		const { error, newLinks } = await match(twoPeople, parameters);
		expect(error?.message).toContain(message);
		expect(error?.context?.parameter).toBe(parameter);
		expect(error?.description).toMatch(/^Correct the parameter '[A-Z][^']+' of the node$/);
		expect(newLinks).toEqual([]);
	});

	test('a Wix field that can only be read may go to the user', async () => {
		const readOnly = kept({
			wix: 'info.phones.items[primary].phone',
			user: 'phone',
			compare: 'phone',
			direction: 'toUsers',
		});
		const { error } = await match(twoPeople, rules([link(email)], [readOnly]));
		expect(error).toBeUndefined();
	});

	test('without a link rule n8n does not start the node', async () => {
		await expect(match(twoPeople, rules([]))).rejects.toThrow("'Match' node has issues");
	});
});
