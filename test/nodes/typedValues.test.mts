import type { JsonValue } from '../../nodes/shared/contract/index';
import { comparisonKey } from '../../nodes/shared/normalize';
import { valuesAt } from '../../nodes/shared/paths';
import { textOf, textsOf } from '../../nodes/shared/texts';

test.each([
	['a text', ' Ada ', 'Ada'],
	['a number', 7, '7'],
	[
		'a date that knows its ISO form',
		{ toISO: () => '2026-01-31T08:00:00.000Z' },
		'2026-01-31T08:00:00.000Z',
	],
	['a date', new Date('2026-01-31T08:00:00Z'), '2026-01-31T08:00:00.000Z'],
	['an object that only looks like one', { toISO: 'no' }, ''],
	['an object', {}, ''],
	['nothing', null, ''],
	['a switch', true, ''],
])('%s, as a person or an expression gives it, as text', (_what, value, expected) => {
	expect(textOf(value)).toBe(expected);
});

test('a list of them leaves out what is none', () => {
	expect(textsOf([' a ', 7, null, {}, ''])).toEqual(['a', '7']);
	expect(textsOf('a, 7,,')).toEqual(['a', '7']);
});

test('each item of what is no list is nothing', () => {
	const record = { emails: [{ value: 'a' }, { value: 'b' }], single: { value: 'c' }, text: 'd' };
	expect(valuesAt(record, ['emails', '[]', 'value'])).toEqual(['a', 'b']);
	expect(valuesAt(record, ['single', '[]', 'value'])).toEqual([]);
	expect(valuesAt(record, ['text', '[]'])).toEqual([]);
});

test('a value nested too deep to be written as JSON compares as nothing', () => {
	let value: JsonValue = [];
	for (let depth = 0; depth < 100_000; depth++) value = [value];
	expect(comparisonKey(value, 'exact')).toBe('');
});

test('addresses of more foreign domains than are remembered keep their keys', () => {
	const keyOf = (index: number) => comparisonKey(`ada@bücher${index}.example`, 'email');
	const first = keyOf(0);
	for (let index = 1; index <= 10_001; index++) keyOf(index);
	expect(first).toMatch(/^ada@xn--bcher0-/);
	expect(keyOf(0)).toBe(first);
	expect(keyOf(10_001)).toMatch(/^ada@xn--/);
});
