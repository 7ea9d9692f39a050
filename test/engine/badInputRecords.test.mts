import { entryAt } from '../../runtime/entries.mts';
import { explain, makePlan, membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	contact,
	inputOf,
	linked,
	member,
	reasons,
	run,
	save,
	seen,
	user,
} from './builders.mts';
import { beside, cyclic, json, nested, odd, pollutes } from './hostile.mts';
import { flowOf, kept } from './refusal.mts';

afterEach(() => expect(pollutes()).toBe(false));

describe('records without a usable id leave their side incomplete', () => {
	test.each<[string, unknown]>([
		['null', null],
		['undefined', undefined],
		['a number', 7],
		['a text', 'odd'],
		['a list', [contact('odd', a)]],
		['a function', () => contact('odd', a)],
		['a symbol', Symbol('odd')],
		['an id in a prototype', json('{"__proto__":{"id":"odd"}}')],
		...[null, {}, [], true, NaN, Infinity, '', '  ', 5n, Symbol('x'), { toString: 1 }].map(
			(id, n): [string, unknown] => [
				`unusable id ${n + 1}, of type ${typeof id}`,
				{ ...contact('odd', a), id: odd(id) },
			],
		),
		...[
			['half a character', 'odd\ud800'],
			['a NUL, which PostgreSQL takes for no text', 'odd\0id'],
			['a line break', 'odd\r\nid'],
			['501 characters', 'o'.repeat(501)],
		].map(([name, id]): [string, unknown] => [`${name} in an id`, { ...contact('odd', a), id }]),
	])('%s', (_, record) => {
		for (const given of [{ wixRecords: [odd(record)] }, { users: [odd(record)] }]) {
			const outcome = beside({ ...given, links: [linked('sound2', 'gone', a)] });
			expect(reasons(outcome)).toEqual(['badValue']);
			expect(entryAt(outcome.review, 0).question).toMatch(
				/^1 record of .+ came without an id that can be one/,
			);
			expect(JSON.stringify(outcome)).not.toContain('odd');
			expect([...outcome.toUsers, ...outcome.toWix].map(({ operation }) => operation)).toEqual(
				// the side that did come with all its ids is still complete
				['update', 'verify'],
			);
		}
	});
});

describe('names that every object has', () => {
	const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

	test('as ids and parts of addresses: they link, follow edits and are explained', () => {
		const given = {
			wixRecords: names.map((name) => contact(name, `${name}@${name}.example`)),
			users: names.map((name) => user(name, `${name}@${name}.example`)),
		};
		const first = run(given);
		expect(first.links.map(({ link }) => [link.wixId, link.userId])).toEqual(
			names.map((name) => [name, name]),
		);
		const links = save([], first);
		const edited = {
			...given,
			wixRecords: names.map((name) => contact(name, `new-${name}@x.example`)),
			links,
		};
		const made = makePlan(inputOf(edited));
		const second = seen(made.plan);
		expect(second.toUsers.map(({ recordId, set }) => [recordId, set])).toEqual(
			names.map((name) => [name, { 'profile.email.email': `new-${name}@x.example` }]),
		);
		for (const name of names)
			expect(explain(name, made).join(' ')).toContain(`new-${name}@x.example`);
	});

	test.each(['ignored', 'keepApart', 'unlinked'] as const)('in rows that are %s', (state) => {
		const outcome = run({
			wixRecords: names.map((name) => contact(name, `${name}@x.example`)),
			users: names.map((name) => user(name, `${name}@x.example`)),
			links: names.map((name, n) => linked(name, name, null, { state, id: n })),
		});
		const count = { ignored: 'ignored', keepApart: 'unmatched', unlinked: 'linkedNow' } as const;
		expect(outcome.report.counts[count[state]]).toBe(
			state === 'unlinked' ? names.length : 2 * names.length,
		);
	});

	test('as names of properties that are their own', () => {
		const rules = ['toString', 'hasOwnProperty', 'valueOf'].map((name) =>
			kept(`info.${name}`, name),
		);
		const wixRecords = [{ id: 'C1', info: { toString: 'one', hasOwnProperty: 'two' } }];
		const outcome = run({
			dataFlow: flowOf(rules),
			wixRecords: odd(wixRecords),
			users: [{ id: 'U1', valueOf: 'three' } as never],
			links: [linked('C1', 'U1', null)],
		});
		expect(outcome.toUsers.map(({ set }) => ({ ...set }))).toEqual([
			{ toString: 'one', hasOwnProperty: 'two' },
		]);
		expect(reasons(outcome)).toEqual([]);
	});

	test('__proto__ in JSON is a field like any other, and reaches nothing', () => {
		const text =
			'{"__proto__":{"isAdmin":true,"email":"p@example.com"},"constructor":{"prototype":{"polluted":1}}}';
		const wix = { ...contact('odd', a), ...json(text), primaryInfo: json(text) };
		const users = { ...user('odd', null), profile: json(text) };
		const outcome = beside({
			wixRecords: [wix],
			users: [users],
			policies: { createMissing: 'both' },
		});
		expect(reasons(outcome)).toEqual([]);
		expect(outcome.report.withoutKey).toEqual({ wix: 1, users: 1 });
	});
});

describe('size and depth', () => {
	test('cyclic, deep and large parts that no rule reads are left unread', () => {
		for (const part of [
			cyclic,
			nested(100_000),
			'x'.repeat(50_000_000),
			Array(1_000_000).fill(a),
		]) {
			const outcome = beside({
				wixRecords: [{ ...contact('odd', 'odd@example.com'), more: odd(part) }],
				users: [{ ...user('odd', 'odd@example.com'), more: odd(part) }],
			});
			expect(outcome.links.map(({ operation }) => operation)).toEqual(['add', 'update']);
			expect(JSON.stringify(outcome).length).toBeLessThan(20_000);
		}
	});

	test('a person is created from a record whose names are hostile', () => {
		for (const name of [cyclic, nested(100_000), () => 'Ada', 7, [a], Symbol('x')]) {
			const outcome = beside({
				wixRecords: [{ ...contact('odd', 'odd@example.com'), info: odd({ name, emails: name }) }],
				policies: { createMissing: 'users' },
			});
			expect(outcome.toUsers.find(({ operation }) => operation === 'create')?.defaults).toEqual({
				name: 'odd',
				login: 'odd@example.com',
			});
		}
	});

	test('50 MB of text as a value is written, and cut in the page and the explanation', () => {
		const long = 'x'.repeat(50_000_000);
		const given = inputOf({
			dataFlow: flowOf([kept('info.company', 'org')]),
			wixRecords: [{ ...contact('C1', a), info: { company: long } }],
			users: [{ ...user('U1', a), org: 'North' }],
			links: [linked('C1', 'U1', null, { lastSynced: '{"info.company":"North"}' })],
		});
		const made = makePlan(given);
		const outcome = seen(made.plan);
		expect(entryAt(outcome.toUsers, 0).set.org === long).toBe(true);
		expect(outcome.report.html.length).toBeLessThan(20_000);
		expect(explain('C1', made).join(' ').length).toBeLessThan(5_000);
	});

	test('10 MB of letters that are not ASCII are compared in every way', () => {
		const long = 'é'.repeat(5_000_000);
		for (const compare of ['exact', 'ignoreCase', 'phone'] as const) {
			const outcome = run({
				dataFlow: flowOf([kept('info.company', 'org', { compare })]),
				wixRecords: [{ ...contact('C1', a), info: { company: long } }],
				users: [{ ...user('U1', a), org: long }],
				links: [linked('C1', 'U1', null)],
			});
			expect(outcome.report.counts).toMatchObject({ inSync: 1, review: 0 });
		}
	});

	test('1,000,000 further addresses bar creates, whatever stands between them', () => {
		const items = Array.from({ length: 1_000_000 }, (_, n) =>
			n % 10 === 0
				? odd([null, 7, 'x', nested(50), cyclic][(n / 10) % 5])
				: { email: `f${n}@example.com` },
		);
		const outcome = beside({
			wixRecords: [{ ...contact('odd', 'own@example.com'), info: { emails: { items } } }],
			users: [user('taken', 'f999999@example.com'), user('free', 'free@example.com')],
			policies: { createMissing: 'wix' },
		});
		expect(outcome.toWix.map(({ set }) => set)).toEqual([
			{ 'primaryInfo.email': 'free@example.com' },
		]);
		expect(reasons(outcome)).toEqual(['addressTaken']);
	});
});

describe('members', () => {
	test.each<[string, unknown]>([
		['a cyclic object', cyclic],
		['a deep object', nested(100_000)],
		['a number', 7],
		['a symbol', Symbol('x')],
		['__proto__', '__proto__'],
	])('%s as the id of the contact takes no link over', (_, contactId) => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [{ ...member('M1', a, 'C1'), contactId: odd(contactId) }],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect(outcome.links).toEqual([]);
	});
});
