import type { JsonValue, PropertyRule } from '../../nodes/MatchAndMap/engine/index';
import { contact, linked, reasons, run, user } from './builders.mts';
import { flowOf, kept } from './refusal.mts';

type Type = PropertyRule['type'];

/** A pair that was edited in Wix, its field kept as `type`; the base is what the user holds. */
function edit(type: Type, wix: JsonValue, users: JsonValue, more: Partial<PropertyRule> = {}) {
	return run({
		dataFlow: flowOf([kept('value', 'value', { type, ...more })]),
		wixRecords: [{ id: 'C1', value: wix }],
		users: [{ id: 'U1', value: users }],
		links: [linked('C1', 'U1', null, { lastSynced: JSON.stringify({ value: users }) })],
	});
}

describe('one value in two spellings is no edit', () => {
	test.each<[Type, JsonValue, JsonValue]>([
		['string', ' Ada ', 'Ada'],
		['number', '7.50', 7.5],
		['number', ' 7 ', 7],
		['boolean', ' true ', true],
		['boolean', 'false', false],
		['boolean', 'True', true],
		['boolean', 0, false],
		['date', '2026-05-01', '2026-05-01T00:00:00.000Z'],
		['date', ' 2026-05-01T02:00:00+02:00 ', '2026-05-01T00:00:00Z'],
		['date', Date.UTC(2026, 4, 1), '2026-05-01'],
	])('%s: %j and %j', (type, wix, users) => {
		const outcome = edit(type, wix, users);
		expect([outcome.toUsers, outcome.toWix, outcome.review]).toEqual([[], [], []]);
	});
});

describe('another value is written as its type', () => {
	test.each<[Type, JsonValue, JsonValue, JsonValue]>([
		['string', ' Ada ', 'Bea', 'Ada'],
		['number', '3.5', 3.2, 3.5],
		['number', 0, 1, 0],
		['boolean', 'true', false, true],
		['boolean', 'false', true, false],
		['boolean', false, true, false],
		['date', ' 2026-05-02 ', '2026-05-01', '2026-05-02'],
	])('%s: %j over %j', (type, wix, users, set) => {
		expect(edit(type, wix, users).toUsers.map((change) => change.set)).toEqual([{ value: set }]);
	});
});

describe('what is not of its type is left alone, and the fault is named', () => {
	test.each<[Type, JsonValue, string]>([
		['string', 7, "'value' holds a number where text should be"],
		['string', true, 'holds a boolean where text should be'],
		['number', 'seven', 'is no number'],
		['number', true, 'is no number'],
		['number', 'Infinity', 'is no number'],
		['boolean', 'yes', 'is neither true nor false'],
		['boolean', 2, 'is neither true nor false'],
		['date', 'soon', 'is no date'],
		['date', true, 'is no date'],
		['date', ['2026'], 'holds a list where a single value should be'],
		['number', { amount: 7 }, 'holds an object where a single value should be'],
	])('%s: %j', (type, wix, words) => {
		const outcome = edit(type, wix, type === 'boolean' ? true : '2026');
		expect([outcome.toUsers, outcome.toWix, outcome.links]).toEqual([[], [], []]);
		expect(reasons(outcome)).toContain('badValue');
		expect(outcome.review.map(({ question }) => question).join(' ')).toContain(words);
	});

	test('an address that is none says so, whatever it holds', () => {
		for (const [value, words] of [
			[7, 'holds a number where an email address should be'],
			['nobody', 'is no email address'],
		] as const) {
			const outcome = edit('string', value, 'a@example.com', { compare: 'email' });
			expect(outcome.review.map(({ question }) => question)).toEqual([
				expect.stringContaining(words),
			]);
		}
	});
});

describe('where an address is found', () => {
	const found = (path: string, record: Record<string, JsonValue>) =>
		run({
			dataFlow: flowOf([kept('primaryInfo.email', path, { compare: 'email' })]),
			wixRecords: [contact('C1', 'w@example.com')],
			users: [{ ...user('U1', null), ...record }],
			links: [linked('C1', 'U1', 'a@example.com')],
		}).toUsers.map(({ expected }) => Object.values(expected)[0]);

	test.each<[string, Record<string, JsonValue>]>([
		['work', { work: 'a@example.com' }],
		['work', { work: { email: 'a@example.com' } }],
		['work.email', { work: { email: 'a@example.com' } }],
		['work.email', { work: 'a@example.com' }],
		['work.mail', { work: { mail: 'a@example.com' } }],
	])('%s in %j', (path, record) => expect(found(path, record)).toEqual(['a@example.com']));

	test.each<[string, Record<string, JsonValue>]>([
		['work.mail', { work: 'a@example.com' }],
		['work.email', { work: { mail: 'a@example.com' } }],
		['work.email.email', { work: 'a@example.com' }],
	])('%s not in %j', (path, record) => expect(found(path, record)).toEqual([null]));
});
