import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type Pending,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	finding,
	gone,
	linked,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	steps,
	toWix,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

/** Three requests of a minute, and a second for each write that the run sends. */
const leaseOfNone = '2026-05-01T12:03:00.000Z';
const leaseOfOne = '2026-05-01T12:03:01.000Z';

const first = 'info.name.first';
const last = 'info.name.last';

/** The contacts preset with two names beside the address. */
const dataFlow: DataFlow = {
	...contactsAndUsers,
	properties: [...contactsAndUsers.properties, kept(first, 'first'), kept(last, 'last')],
};
const ofLast = { property: last, field: 'last' };
/** A create that an earlier run found to be wanted. */
const wanted = { ...create, outcome: 'held' as const };
const base = { 'primaryInfo.email': a, [first]: 'Ada', [last]: 'Old' };

/** A pair whose address and last name were edited in Wix, with entries that are under way. */
function twoEdits(entries: Pending[] = []): Given {
	const record = contact('C1', w);
	return {
		dataFlow,
		wixRecords: [{ ...record, info: { name: { first: 'Ada', last: 'New' } } }],
		users: [{ ...user('U1', a), first: 'Ada', last: 'Old' }],
		links: [
			linked('C1', 'U1', null, {
				lastSynced: JSON.stringify(base),
				pending: entries.length === 0 ? '' : pendings(...entries),
			}),
		],
	};
}

describe('an announced write', () => {
	test('carries every edited property, in its change and in its row', () => {
		const { toUsers, links } = run(twoEdits());
		expect(toUsers).toHaveLength(1);
		expect(toUsers[0]).toMatchObject({
			side: 'users',
			operation: 'update',
			recordId: 'U1',
			expected: { 'profile.email.email': a, last: 'Old' },
			set: { 'profile.email.email': w, last: 'New' },
			reason: 'wixEdited',
		});
		expect(toUsers[0]).not.toHaveProperty('defaults');
		expect(pendingOf(entryAt(toUsers, 0).link)).toEqual([
			pendingWrite(a, w, { until: leaseOfOne }),
			pendingWrite('Old', 'New', { ...ofLast, until: leaseOfOne }),
		]);
		expect(links).toEqual([{ operation: 'update', link: entryAt(toUsers, 0).link }]);
	});

	test('that is announced again stands in the row once, with its first time and a new lease', () => {
		const at = '2026-04-30T12:00:00.000Z';
		const { toUsers } = run(twoEdits([pendingWrite(a, w, { at, until: now })]));
		expect(pendingOf(entryAt(toUsers, 0).link)).toEqual([
			pendingWrite(a, w, { at, until: leaseOfOne }),
			pendingWrite('Old', 'New', { ...ofLast, until: leaseOfOne }),
		]);
	});

	test('takes the place of a refusal of the same property and side, and of no other', () => {
		const refused = { outcome: 'refusedForNow' as const, code: 'x' };
		const ofAddress = pendingWrite(a, 'x@example.com', refused);
		const ofLastName = pendingWrite('Old', 'Other', { ...refused, property: last });
		const ofFirst = pendingWrite('Ada', 'Bea', { ...refused, property: first });
		const inWix = pendingWrite(a, 'y@example.com', { ...refused, ...toWix });
		const outcome = run({
			...twoEdits([ofAddress, ofLastName, ofFirst, inWix]),
		});
		expect(
			pendingOf(entryAt(outcome.toUsers, 0).link).map(({ property, side, to }) => [
				property,
				side,
				to,
			]),
		).toEqual([
			['primaryInfo.email', 'wix', 'y@example.com'],
			['primaryInfo.email', 'users', w],
			[last, 'users', 'New'],
		]);
	});

	test('keeps earlier values that were sent, for their echo', () => {
		const given = {
			wixRecords: [contact('C1', z)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, sent)) })],
		};
		expect(pendingOf(entryAt(run(given).toUsers, 0).link).map(({ to }) => to)).toEqual([w, z]);
	});

	test('that was overtaken before it was seen stays as held, with the end of its lease', () => {
		const { toUsers } = run({
			wixRecords: [contact('C1', z)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, { until: now })) })],
		});
		expect(
			pendingOf(entryAt(toUsers, 0).link).map(({ to, outcome, until }) => [to, outcome, until]),
		).toEqual([
			[w, 'held', now],
			[z, 'announced', leaseOfOne],
		]);
	});

	test('of a create takes the place of an earlier one with another value', () => {
		const pending = pendings(pendingWrite(null, a, { ...create, at: now }));
		const outcome = run({
			wixRecords: [contact('C1', b)],
			links: [linked('C1', '', null, { pending })],
			policies: { createMissing: 'users' },
		});
		expect(pendingOf(entryAt(outcome.toUsers, 0).link)).toEqual([
			pendingWrite(null, b, {
				...create,
				until: leaseOfOne,
				defaults: { name: 'Ada Example', login: b },
			}),
		]);
	});
});

describe('what was announced for one step is remembered beside another', () => {
	test('a create that was sent, beside an update', () => {
		const pending = pendings(pendingWrite(null, w, { ...create, ...sent }));
		const { toUsers } = run({
			wixRecords: [contact('C1', z)],
			users: [user('U1', null)],
			links: [linked('C1', 'U1', null, { pending })],
		});
		expect(pendingOf(entryAt(toUsers, 0).link).map(({ operation, to }) => [operation, to])).toEqual(
			[
				['create', w],
				['update', z],
			],
		);
	});

	test('an update that was sent, beside a create anew', () => {
		const pending = pendings(pendingWrite(a, w, { ...sent, ...toWix }), finding('wix', 'gone'));
		const { toWix: changes } = run({
			wixRecords: [contact('C2', b)],
			users: [user('U1', w), user('U2', b)],
			links: [linked('C1', 'U1', a, { pending }), linked('C2', 'U2', b)],
			policies: { vanished: 'recreate' },
		});
		expect(pendingOf(entryAt(changes, 0).link).map(({ operation, to }) => [operation, to])).toEqual(
			[
				['update', w],
				['create', w],
			],
		);
	});
});

describe('a lease', () => {
	const edits = (count: number): Given => {
		const numbers = Array.from({ length: count }, (_, n) => n);
		return {
			wixRecords: numbers.map((n) => contact(`C${n}`, `new${n}@example.com`)),
			users: numbers.map((n) => user(`U${n}`, `p${n}@example.com`)),
			links: numbers.map((n) => linked(`C${n}`, `U${n}`, `p${n}@example.com`)),
			policies: { guard: null },
		};
	};

	test.each([
		[1, 181],
		[500, 680],
		[720, 900],
		[721, 900],
	])('of a run that sends %d writes ends %d seconds after the planning', (count, seconds) => {
		const { changedLinks } = run({ ...edits(count), readFrom: '2026-05-01T11:00:00.000Z' });
		const ends = changedLinks.flatMap(pendingOf).map(({ until }) => until);
		expect(ends).toHaveLength(count);
		expect(new Set(ends)).toEqual(
			new Set([new Date(Date.parse(now) + seconds * 1000).toISOString()]),
		);
	});

	test('counts what is sent, not what waits for the next run', () => {
		const { changedLinks } = run({ ...edits(4), policies: { guard: null, writesPerRun: 1 } });
		expect(changedLinks.flatMap(pendingOf).map(({ outcome, until }) => [outcome, until])).toEqual([
			['announced', leaseOfOne],
			['held', undefined],
			['held', undefined],
			['held', undefined],
		]);
	});
});

test('a look-up says what it is for, and writes nothing', () => {
	const { toUsers } = run({
		wixRecords: [contact('C1', a)],
		users: [user('U2', b)],
		links: [linked('C1', 'U1', a)],
	});
	expect(toUsers).toHaveLength(1);
	expect(toUsers[0]).toMatchObject({
		side: 'users',
		operation: 'verify',
		recordId: 'U1',
		expected: {},
		set: {},
		reason: 'unseen',
	});
	expect(pendingOf(entryAt(toUsers, 0).link)).toEqual([
		finding('users', 'announced', { until: leaseOfNone }),
	]);
});

test('what is planned goes out in order: updates, creates, deactivations or deletions', () => {
	const outcome = run({
		wixRecords: [contact('C1', w), contact('C5', u)],
		users: [user('U1', a), user('U3', z)],
		links: [
			linked('C3', 'U3', z, gone),
			linked('C5', '', null, { pending: pendings(pendingWrite(null, u, wanted)) }),
			linked('C1', 'U1', a),
		],
		policies: { createMissing: 'users', vanished: 'delete' },
	});
	expect(steps(outcome)).toEqual(['users update', 'users create', 'users delete']);
	expect(reasons(outcome)).toEqual([]);
});
