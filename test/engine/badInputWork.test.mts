import { explain, makePlan, type JsonObject } from '../../nodes/MatchAndMap/engine/index';
import { contact, inputOf, linked, user } from './builders.mts';

/** Wraps data so that every look at a field of it, however deep, is counted. */
function counter() {
	let looks = 0;
	const wrapped = <Data,>(value: Data): Data => {
		if (typeof value !== 'object' || value === null) return value;
		return new Proxy(value, {
			get(target, name, receiver) {
				looks++;
				return wrapped(Reflect.get(target, name, receiver) as unknown);
			},
			getOwnPropertyDescriptor(target, name) {
				looks++;
				return Reflect.getOwnPropertyDescriptor(target, name);
			},
			ownKeys(target) {
				looks += Reflect.ownKeys(target).length;
				return Reflect.ownKeys(target);
			},
		}) as Data;
	};
	return { wrapped, looks: () => looks };
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Plans and explains `build(size)`, and counts the looks at its records and rows. */
function work(size: number, build: (size: number) => Parameters<typeof inputOf>[0]): number {
	const { wrapped, looks } = counter();
	const { wixRecords = [], users = [], links = [], ...more } = build(size);
	const input = inputOf({
		...more,
		wixRecords: wixRecords.map(wrapped),
		users: users.map(wrapped),
		links: links.map(wrapped),
	});
	explain('C1', makePlan(input));
	return looks();
}

const one = 'same@example.com';
const own = (n: number) => `p${n}@example.com`;

test.each<[string, (size: number) => Parameters<typeof inputOf>[0]]>([
	[
		'pairs at rest, edited, new and alone',
		(size) => ({
			wixRecords: numbers(size).map((n) => contact(`C${n}`, own(n))),
			users: numbers(size).map((n) => user(`U${n}`, own(n % 4 === 3 ? -n : n))),
			links: numbers(size)
				.filter((n) => n % 2 === 0)
				.map((n) => linked(`C${n}`, `U${n}`, n % 4 === 0 ? own(n) : 'old@example.com')),
			policies: { createMissing: 'both' },
		}),
	],
	[
		'one address on everybody',
		(size) => ({
			wixRecords: numbers(size).map((n) => contact(`C${n}`, one)),
			users: numbers(size).map((n) => user(`U${n}`, one)),
		}),
	],
	[
		'one address, and everybody kept apart from one',
		(size) => ({
			wixRecords: numbers(size).map((n) => contact(`C${n}`, one)),
			users: [user('U1', one)],
			links: numbers(size).map((n) => linked(`C${n}`, 'U1', null, { state: 'keepApart' })),
		}),
	],
	[
		'one user in every row',
		(size) => ({
			wixRecords: numbers(size).map((n) => contact(`C${n}`, own(n))),
			users: [user('U1', own(0))],
			links: numbers(size).map((n) => linked(`C${n}`, 'U1', own(n), { id: n })),
		}),
	],
	[
		'one row many times',
		(size) => ({
			wixRecords: [contact('C1', own(0))],
			users: [user('U1', own(1))],
			links: numbers(size).map((n) => linked('C1', 'U1', own(1), { id: n })),
		}),
	],
	[
		'rows that cannot be used',
		(size) => ({
			links: numbers(size).map((n) => linked(`C${n}`, `U${n}`, null, { lastSynced: '[' })),
		}),
	],
	[
		'addresses handed round in one large ring',
		(size) => ({
			wixRecords: numbers(size).map((n) => contact(`C${n}`, own(n))),
			users: numbers(size).map((n) => user(`U${n}`, own((n + 1) % size))),
			links: numbers(size).map((n) => linked(`C${n}`, `U${n}`, own((n + 1) % size))),
			policies: { guard: null },
		}),
	],
	[
		'long lists of further addresses',
		(size) => ({
			wixRecords: [contact('C1', one, numbers(size).map(own))],
			users: [user('U1', own(1))],
			policies: { createMissing: 'both' },
		}),
	],
	[
		'many fields that no rule reads',
		(size) => ({
			wixRecords: [
				{
					...contact('C1', own(1)),
					...(Object.fromEntries(numbers(size).map((n) => [`f${n}`, n])) as JsonObject),
				},
			],
			users: [user('U1', own(1))],
		}),
	],
])('%s: twice the size takes no more than twice the looks', (_, build) => {
	const [half, full] = [work(500, build), work(1000, build)];
	expect(half).toBeGreaterThan(0);
	expect(full / half).toBeLessThanOrEqual(2.05);
});
