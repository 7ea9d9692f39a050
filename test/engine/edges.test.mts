import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import { a, b, contact, linked, pendingOf, reasons, run, steps, u, user, w } from './builders.mts';
import { kept } from './refusal.mts';

describe('addresses on one side', () => {
	const many = Array.from({ length: 3000 }, (_, n) => n);
	const address = (n: number) => `p${n % 3000}@example.com`;
	const links = many.map((n) => linked(`C${n}`, `U${n}`, address(n)));
	const users = many.map((n) => user(`U${n}`, address(n)));

	test('a long cycle of users, or many who want one address, is one matter', () => {
		const cycle = run({
			wixRecords: many.map((n) => contact(`C${n}`, address(n + 1))),
			users,
			links,
			policies: { guard: null },
		});
		const crowd = run({
			wixRecords: many.map((n) => contact(`C${n}`, w)),
			users,
			links,
			policies: { guard: null },
		});
		for (const outcome of [cycle, crowd]) {
			expect(steps(outcome)).toEqual([]);
			expect(reasons(outcome)).toEqual(['addressTaken']);
			expect(entryAt(outcome.review, 0).userIds.split(', ')).toHaveLength(3000);
			expect(outcome.report.counts.review).toBe(3000);
		}
	});

	test('a long chain is written from its free end', () => {
		const outcome = run({
			wixRecords: many.map((n) => contact(`C${n}`, `p${n + 1}@example.com`)),
			users,
			links,
			policies: { guard: null },
		});
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(
			many.map((n) => `U${2999 - n}`),
		);
	});

	test('two address fields of one record may get the same value', () => {
		const flow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.work', 'work', { compare: 'email' })],
		};
		const outcome = run({
			dataFlow: flow,
			wixRecords: [{ id: 'C1', primaryInfo: { email: w }, info: { work: w } }],
			users: [{ id: 'U1', profile: { email: { email: a } }, work: b }],
			links: [
				linked('C1', 'U1', null, {
					lastSynced: JSON.stringify({ 'primaryInfo.email': a, 'info.work': b }),
				}),
			],
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ 'profile.email.email': w, work: w }]);
	});
});

describe('trial', () => {
	test('a blank name names nobody', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b)],
			policies: { createMissing: 'users', onlyRecords: ['C1', ' ', ''] },
		});
		expect(outcome.toUsers.map(({ link }) => link.wixId)).toEqual(['C1']);
		expect(outcome.report.counts).toMatchObject({ changed: 1, excluded: 1 });
	});

	test('everybody else is left for later: not linked, and counted as excluded', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', w)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C2', 'U2', b)],
			policies: { onlyRecords: ['somebody'] },
		});
		expect(outcome.links).toEqual([]);
		expect(steps(outcome)).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ excluded: 2, linkedNow: 0 });
		expect(outcome.report.notices).toEqual([
			"'Only These People' names a few: 1 other pair would be linked or created without it.",
		]);
	});
});

describe('values', () => {
	const flow = (...properties: PropertyRule[]): DataFlow => ({ ...contactsAndUsers, properties });
	const name = 'info.name.first';
	const based = (values: Record<string, string>) => [
		linked('C1', 'U1', null, { lastSynced: JSON.stringify(values) }),
	];

	test('an object where a plain value belongs is never overwritten', () => {
		const outcome = run({
			dataFlow: flow(kept(name, 'name')),
			wixRecords: [contact('C1', a)],
			users: [{ ...user('U1', a), name: { givenName: 'Bob' } }],
		});
		expect(steps(outcome)).toEqual([]);
		expect(reasons(outcome)).toEqual(['badValue']);
	});

	test('a phone without a digit is a value, not an empty one', () => {
		const outcome = run({
			dataFlow: flow(kept('phone', 'phone', { compare: 'phone' })),
			wixRecords: [{ id: 'C1', phone: 'see note' }],
			users: [{ id: 'U1', phone: '+1 207 555' }],
			links: based({ phone: '+1 207 555' }),
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ phone: 'see note' }]);
	});

	test('a number is a key like its text', () => {
		const numbers: DataFlow = {
			...contactsAndUsers,
			link: [{ pairs: [{ wix: 'no', user: 'no', compare: 'exact' }] }],
		};
		expect(
			run({
				dataFlow: numbers,
				wixRecords: [{ id: 'C1', no: 42 }],
				users: [{ id: 'U1', no: '42' }],
			}).links,
		).toHaveLength(1);
	});

	test.each([
		['number', 3, '3', 4],
		['boolean', true, 'true', false],
		['date', '2026-05-01', '2026-05-01T00:00:00.000Z', '2026-06-01'],
	])('a %s is compared as one', (type, wix, same, other) => {
		const rules = flow(kept('value', 'value', { type: type as 'number' }));
		const given = (value: string | number | boolean) =>
			run({
				dataFlow: rules,
				wixRecords: [{ id: 'C1', value: wix }],
				users: [{ id: 'U1', value }],
				links: based({ value: same as string }),
			});
		expect(steps(given(same))).toEqual([]);
		expect(given(other).toWix.map(({ set }) => set)).toEqual([{ value: other }]);
	});

	test.each([
		['toUsers' as const, 'users update'],
		['toWix' as const, 'wix update'],
	])('%s: an edit on the receiving side is put back and counted so', (direction, step) => {
		const edited = direction === 'toUsers' ? ['Ada', 'Bob'] : ['Bob', 'Ada'];
		const outcome = run({
			dataFlow: flow(kept('name', 'name', { direction })),
			wixRecords: [{ id: 'C1', name: entryAt(edited, 0) }],
			users: [{ id: 'U1', name: entryAt(edited, 1) }],
			links: based({ name: 'Ada' }),
		});
		expect(steps(outcome)).toEqual([step]);
		expect([...outcome.toUsers, ...outcome.toWix].map(({ reason, set }) => [reason, set])).toEqual([
			['putBack', { name: 'Ada' }],
		]);
		expect(outcome.report.counts).toMatchObject({ putBack: 1, changed: 0 });
	});

	test('a put-back beside an edit counts as a change', () => {
		const outcome = run({
			dataFlow: flow(
				kept('name', 'name', { direction: 'toUsers' }),
				...contactsAndUsers.properties,
			),
			wixRecords: [{ id: 'C1', name: 'Ada', primaryInfo: { email: w } }],
			users: [{ id: 'U1', name: 'Bob', profile: { email: { email: a } } }],
			links: based({ name: 'Ada', 'primaryInfo.email': a }),
		});
		const [{ set, link }] = atLeast(outcome.toUsers, 1);
		expect(set).toEqual({ name: 'Ada', 'profile.email.email': w });
		expect(pendingOf(link).map(({ reason }) => reason)).toEqual(['putBack', 'wixEdited']);
		expect(outcome.report.counts.changed).toBe(1);
	});

	test('one way: a source that was emptied is reviewed', () => {
		const outcome = run({
			dataFlow: flow(kept('name', 'name', { direction: 'toUsers' })),
			wixRecords: [{ id: 'C1', name: '' }],
			users: [{ id: 'U1', name: 'Bob' }],
			links: based({ name: 'Ada' }),
		});
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['emptied']]);
	});

	test('edits that go in both directions are written one side a run, users first', () => {
		const outcome = run({
			dataFlow: flow(kept('name', 'name'), ...contactsAndUsers.properties),
			wixRecords: [{ id: 'C1', name: 'Bob', primaryInfo: { email: a } }],
			users: [{ id: 'U1', name: 'Ada', profile: { email: { email: u } } }],
			links: based({ name: 'Ada', 'primaryInfo.email': a }),
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ name: 'Bob' }]);
		expect(outcome.toWix).toEqual([]);
	});
});
