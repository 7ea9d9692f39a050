import { entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers, type PropertyRule } from '../../nodes/MatchAndMap/engine/index';
import { a, reasons } from './builders.mts';
import { beside, cyclic, json, nested, odd, pollutes } from './hostile.mts';
import { flowOf, kept } from './refusal.mts';

afterEach(() => expect(pollutes()).toBe(false));

describe('what an address cannot be is one matter for review', () => {
	const values: Array<[string, unknown, string]> = [
		['a number', 7, 'holds a number'],
		['NaN', NaN, 'holds a number'],
		['true', true, 'holds a boolean'],
		['a list', [a], 'holds a list'],
		['a function', () => a, 'holds a function'],
		['a symbol', Symbol(a), 'holds a symbol'],
		['a BigInt', 5n, 'holds a bigint'],
		['50 MB of text', 'x'.repeat(50_000_000), 'is longer than 320'],
		['an address of 50 MB', `${'x'.repeat(50_000_000)}@example.com`, 'is longer than 320'],
		['a text with a line break', 'a\n@example.com', 'has white space'],
	];

	test.each(values)('in Wix: %s', (_, email, text) => {
		const outcome = beside({ wixRecords: [{ id: 'odd', primaryInfo: { email: odd(email) } }] });
		expect(outcome.review.map(({ reason, wixIds }) => [reason, wixIds])).toEqual([
			['badValue', 'odd'],
		]);
		expect(entryAt(outcome.review, 0).question).toContain(`'primaryInfo.email' ${text}`);
	});

	test.each(values)('on the users side: %s, plain or in an object', (_, email, text) => {
		for (const profile of [{ email: odd(email) }, { email: { email: odd(email) } }]) {
			const outcome = beside({ users: [{ id: 'odd', profile }] });
			expect(outcome.review.map(({ reason, userIds }) => [reason, userIds])).toEqual([
				['badValue', 'odd'],
			]);
			expect(entryAt(outcome.review, 0).question).toContain(text);
		}
	});

	test.each<[string, unknown]>([
		['a date', new Date(0)],
		['a cyclic object', cyclic],
		['100,000 objects in each other', nested(100_000)],
		['a prototype', json('{"__proto__":{"email":"p@example.com"}}')],
		['an object without a prototype', Object.create(null)],
	])('in Wix: %s is an object; on the users side, one without an address', (_, email) => {
		const outcome = beside({
			wixRecords: [{ id: 'odd', primaryInfo: { email: odd(email) } }],
			users: [{ id: 'odd', profile: { email: odd(email) } }],
		});
		expect(reasons(outcome)).toEqual(['badValue']);
		expect(entryAt(outcome.review, 0).question).toContain('holds an object');
		expect(outcome.report.withoutKey).toEqual({ wix: 0, users: 1 });
	});

	test.each<[string, unknown]>([
		['undefined', undefined],
		['null', null],
		['white space', ' \t'],
	])('%s is no address, and no fault', (_, email) => {
		const outcome = beside({
			wixRecords: [{ id: 'odd', primaryInfo: { email: odd(email) } }],
			users: [{ id: 'odd', profile: { email: odd(email) } }],
		});
		expect(reasons(outcome)).toEqual([]);
		expect(outcome.report.withoutKey).toEqual({ wix: 1, users: 1 });
	});
});

test('a bad record and a bad user under one id are one matter that names both', () => {
	const outcome = beside({
		wixRecords: [{ id: 'odd', primaryInfo: { email: 7 } }],
		users: [{ id: 'odd', profile: { email: [a] } }],
	});
	expect(outcome.review).toHaveLength(1);
	expect(outcome.review[0]).toMatchObject({ wixIds: 'odd', userIds: 'odd' });
	expect(entryAt(outcome.review, 0).question).toContain("'primaryInfo.email' holds a number");
	expect(entryAt(outcome.review, 0).question).toContain("'profile.email.email' holds a list");
	expect(outcome.report.counts.review).toBe(2);
});

describe('values of other types', () => {
	const types: Array<PropertyRule['type']> = ['string', 'number', 'boolean', 'date'];
	const compares = ['exact', 'ignoreCase', 'phone', 'email'] as const;

	test.each<[string, unknown]>([
		['a function', () => 1],
		['a symbol', Symbol('x')],
		['a BigInt', 5n],
		['a date', new Date(0)],
		['a date that is none', new Date(NaN)],
		['NaN', NaN],
		['Infinity', Infinity],
		['a list', [1]],
		['a cyclic object', cyclic],
		['a deep object', nested(100_000)],
		['a map', new Map([['x', 1]])],
		['an object that is no text', { toString: 1, valueOf: 1 }],
	])('%s is reviewed under every type and comparison', (_, value) => {
		for (const type of types) {
			for (const compare of compares) {
				const rule = kept('info.value', 'value', { type, compare });
				const outcome = beside({
					dataFlow: flowOf([...contactsAndUsers.properties, rule]),
					wixRecords: [{ id: 'odd', info: { value: odd(value) } }],
					users: [{ id: 'odder', value: odd(value) }],
				});
				const isText = compare === 'email' && typeof value === 'object' && !Array.isArray(value);
				expect([type, compare, reasons(outcome)]).toEqual([
					type,
					compare,
					isText ? ['badValue'] : ['badValue', 'badValue'],
				]);
			}
		}
	});

	test('as the key of a link rule they link nobody', () => {
		const link = [{ pairs: [{ wix: 'info.value', user: 'value', compare: 'exact' as const }] }];
		for (const value of [NaN, Infinity, 5n, () => 1, Symbol('x'), cyclic, [7], new Date(0)]) {
			const outcome = beside({
				dataFlow: { ...contactsAndUsers, link },
				wixRecords: [{ id: 'odd', info: { value: odd(value) } }],
				users: [{ id: 'odder', value: odd(value) }],
			});
			expect(reasons(outcome)).toEqual(['badValue', 'badValue']);
			expect(outcome.links.map(({ operation }) => operation)).toEqual(['update']);
		}
	});
});
