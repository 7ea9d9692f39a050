import { readValue } from '../../nodes/MatchAndMap/engine/read';
import { brief, linked, run } from './builders.mts';
import { flowOf, kept } from './refusal.mts';

const upper = 'Ada@Example.com';
const lower = 'ada@example.com';

describe('a text that looks like an address', () => {
	test('is compared as the rule says', () => {
		const keys = (compare: 'exact' | 'ignoreCase' | 'email') =>
			[upper, lower].map((text) => readValue(text, compare, 'string').key);
		expect(keys('exact')).toEqual([upper, lower]);
		expect(keys('ignoreCase')).toEqual([lower, lower]);
		expect(keys('email')).toEqual([lower, lower]);
	});

	test('is edited by a change of case where the rule minds it', () => {
		const outcome = (compare: 'exact' | 'email') =>
			run({
				dataFlow: flowOf([kept('nick', 'nick', { compare })]),
				wixRecords: [{ id: 'C1', nick: upper }],
				users: [{ id: 'U1', nick: lower }],
				links: [linked('C1', 'U1', null, { lastSynced: JSON.stringify({ nick: lower }) })],
			});
		expect(brief(outcome('exact').toUsers)).toEqual([
			{ operation: 'update', recordId: 'U1', expected: { nick: lower }, set: { nick: upper } },
		]);
		expect(outcome('email').toUsers).toEqual([]);
	});

	test('is kept as it was written, without the white space around it', () => {
		for (const compare of ['exact', 'email'] as const)
			expect(readValue(`\t${upper} `, compare, 'string').value).toBe(upper);
	});
});
