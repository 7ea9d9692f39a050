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

const first = 'info.name.first';
const last = 'info.name.last';

/** The contacts preset with two names beside the address. */
const dataFlow: DataFlow = {
	...contactsAndUsers,
	properties: [...contactsAndUsers.properties, kept(first, 'first'), kept(last, 'last')],
};
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
			flow: 'contacts',
			side: 'users',
			operation: 'update',
			recordId: 'U1',
			expected: { 'profile.email.email': a, last: 'Old' },
			set: { 'profile.email.email': w, last: 'New' },
			reason: 'wixEdited',
		});
		expect(toUsers[0]).not.toHaveProperty('defaults');
		expect(pendingOf(entryAt(toUsers, 0).link)).toEqual([
			pendingWrite(a, w),
			pendingWrite('Old', 'New', { property: last }),
		]);
		expect(links).toEqual([{ operation: 'update', link: entryAt(toUsers, 0).link }]);
	});

	test('that is sent again stands in the row once, with its time', () => {
		const at = '2026-04-30T12:00:00.000Z';
		const { toUsers } = run(twoEdits([pendingWrite(a, w, { at })]));
		expect(pendingOf(entryAt(toUsers, 0).link)).toEqual([
			pendingWrite(a, w, { at }),
			pendingWrite('Old', 'New', { property: last }),
		]);
	});

	test('takes the place of a refusal of the same property and side, and of no other', () => {
		const refused = { outcome: 'refusedForNow' as const, code: 'x' };
		const ofAddress = pendingWrite(a, 'x@example.com', refused);
		const ofLast = pendingWrite('Old', 'Other', { ...refused, property: last });
		const ofFirst = pendingWrite('Ada', 'Bea', { ...refused, property: first });
		const inWix = pendingWrite(a, 'y@example.com', { ...refused, ...toWix });
		const outcome = run({
			...twoEdits([ofAddress, ofLast, ofFirst, inWix]),
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

	test('leaves a decision that it does not use where the other side is not seen', () => {
		const outcome = run({
			wixRecords: [contact('C1', w)],
			links: [linked('C1', 'U1', a, { decision: 'usersWin' })],
			complete: { wix: true, users: false },
		});
		expect(outcome.toUsers.map(({ link }) => link.decision)).toEqual(['usersWin']);
	});

	test('of a create takes the place of an earlier one with another value', () => {
		const pending = pendings(pendingWrite(null, a, { ...create, at: now }));
		const outcome = run({
			wixRecords: [contact('C1', b)],
			links: [linked('C1', '', null, { pending })],
			policies: { createMissing: 'users' },
		});
		expect(pendingOf(entryAt(outcome.toUsers, 0).link)).toEqual([pendingWrite(null, b, create)]);
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
		const pending = pendings(pendingWrite(a, w, { ...sent, ...toWix }));
		const { toWix: changes } = run({
			wixRecords: [contact('C2', b)],
			users: [user('U1', w), user('U2', b)],
			links: [
				linked('C1', 'U1', a, { pending, goneSide: 'wix', goneConfirmedAt: now }),
				linked('C2', 'U2', b),
			],
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

describe('the id of a change', () => {
	const idOf = (given: Given) => {
		const { toUsers, toWix } = run(given);
		return [...toUsers, ...toWix].map(({ changeId }) => changeId);
	};
	const edit = (wix: string, users: string, more: Given = {}): Given => ({
		wixRecords: [contact('C1', wix)],
		users: [user('U1', users)],
		links: [linked('C1', 'U1', a)],
		...more,
	});

	test('is the same for the same change, in another run, too', () => {
		expect(idOf(edit(w, a, { now: '2026-06-01T00:00:00.000Z' }))).toEqual(idOf(edit(w, a)));
	});

	test('is another for another value, side, row or step', () => {
		const absent = { users: [user('U9', b)] };
		const ids = [
			...idOf(edit(w, a)),
			...idOf(edit(z, a)),
			...idOf(edit(a, w)),
			...idOf(edit(w, a, { links: [linked('C1', 'U1', a, { linkId: 'other' })] })),
			...idOf(edit(a, a, absent)),
			...idOf(edit(a, a, { ...absent, links: [linked('C1', 'U1', a, { linkId: 'other' })] })),
		];
		expect(ids).toHaveLength(6);
		expect(new Set(ids).size).toBe(6);
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
		flow: 'contacts',
		side: 'users',
		operation: 'verify',
		recordId: 'U1',
		expected: {},
		set: {},
		reason: 'unseen',
		link: linked('C1', 'U1', a),
	});
});

test('what is planned goes out in order: updates, creates, deactivations or deletions', () => {
	const outcome = run({
		wixRecords: [contact('C1', w), contact('C5', u)],
		users: [user('U1', a), user('U3', z)],
		links: [
			linked('C3', 'U3', z, { goneSide: 'wix', goneConfirmedAt: now }),
			linked('C1', 'U1', a),
		],
		policies: { createMissing: 'users', vanished: 'delete' },
	});
	expect(steps(outcome)).toEqual(['users update', 'users create', 'users delete']);
	expect(reasons(outcome)).toEqual([]);
});
