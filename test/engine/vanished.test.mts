import { atLeast } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type LinkRow,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	brief,
	contact,
	finding,
	goneUser,
	linked,
	member,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	steps,
	user,
	w,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';
import { others, withoutContact, withoutUser } from './soundPair.mts';

/** What becomes of the row: its state in the table, or undefined where it is not saved. */
const stateOf = (given: Given) =>
	run(given).links.find(({ link }) => link.linkId === 'contacts:C1:U1')?.link.state;

describe('the record that is left', () => {
	test.each(['delete', 'deactivate'] as const)(
		'%s: expected as it is, nothing set',
		(operation) => {
			const [change] = atLeast(run(withoutContact(operation)).toUsers, 1);
			expect(change).toMatchObject({
				operation,
				recordId: 'U1',
				expected: { 'profile.email.email': a },
				set: {},
				reason: 'vanished',
			});
			expect(change).not.toHaveProperty('defaults');
			expect(pendingOf(change.link)).toEqual([
				finding('wix', 'gone'),
				{
					...finding('users', 'announced', { until: expect.any(String) as never }),
					operation,
					from: { 'profile.email.email': a },
					reason: 'vanished',
				},
			]);
		},
	);

	test('is deleted in Wix, where the user is gone', () => {
		expect(brief(run(withoutUser('delete')).toWix)).toEqual([
			{ operation: 'delete', recordId: 'C1', expected: { 'primaryInfo.email': a }, set: {} },
		]);
	});

	test('stays as it is by default: the pair is unlinked, counted and listed', () => {
		const outcome = run(withoutContact('unlink'));
		expect(steps(outcome)).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ vanished: 1, inSync: 1, unmatched: 0 });
		expect(outcome.report.guard.wouldChange).toEqual({ wix: 1, users: 0 });
	});

	test('is deactivated in Wix where it is a member: members can be blocked', () => {
		const row = (wixId: string, userId: string, address: string, more: Partial<LinkRow> = {}) =>
			linked(wixId, userId, null, {
				linkId: `members:${wixId}:${userId}`,
				flow: 'members',
				lastSynced: JSON.stringify({ loginEmail: address }),
				...more,
			});
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1'), member('M2', b, 'C2')],
			users: [others.user],
			links: [row('M1', 'U1', a, goneUser), row('M2', 'U2', b)],
			policies: { vanished: 'deactivate' },
		});
		expect(brief(outcome.toWix)).toEqual([
			{ operation: 'deactivate', recordId: 'M1', expected: { loginEmail: a }, set: {} },
		]);
	});

	test('is not deactivated in Wix where it is a contact, which knows no such thing: the pair is unlinked', () => {
		expect(steps(run(withoutUser('deactivate')))).toEqual([]);
		expect(stateOf(withoutUser('deactivate'))).toBe('unlinked');
	});

	test.each(['delete', 'deactivate'] as const)(
		'was edited since: no %s, the edit would be lost with it',
		(vanished) => {
			const given = withoutContact(vanished, {}, { users: [user('U1', w)] });
			expect(steps(run(given))).toEqual([]);
			expect(stateOf(given)).toBe('unlinked');
			expect(reasons(run(given))).toEqual(['vanished']);
		},
	);

	test('was edited in one of several fields', () => {
		const dataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.company', 'org')],
		};
		const based = {
			lastSynced: JSON.stringify({ 'primaryInfo.email': a, 'info.company': 'Old' }),
		};
		const given = (org: string) =>
			withoutContact('delete', based, { dataFlow, users: [{ ...user('U1', a), org }] });
		expect(steps(run(given('Old')))).toEqual(['users delete']);
		expect(steps(run(given('New')))).toEqual([]);
	});

	test('holds what we wrote ourselves: that is no edit', () => {
		const given = { users: [user('U1', w)] };
		const written = { pending: pendings(pendingWrite(a, w, sent)) };
		expect(steps(run(withoutContact('delete', written, given)))).toEqual(['users delete']);
		for (const more of [
			{ side: 'wix' as const },
			{ property: 'info.company' },
			{ to: 'other@example.com' },
		]) {
			const pending = pendings(pendingWrite(a, w, { ...sent, ...more }));
			expect(steps(run(withoutContact('delete', { pending }, given)))).toEqual([]);
		}
	});

	test('holds a value that cannot be used: the pair is unlinked', () => {
		for (const vanished of ['delete', 'recreate'] as const) {
			const given = withoutContact(vanished, {}, { users: [user('U1', 'nobody')] });
			expect(steps(run(given))).toEqual([]);
			expect(stateOf(given)).toBe('unlinked');
		}
	});

	test('holds in another field what cannot be used: it is not deleted', () => {
		const dataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.company', 'org')],
		};
		const users = [{ ...user('U1', a), org: { name: 'North' } }];
		const given = withoutContact('delete', {}, { dataFlow, users });
		expect(steps(run(given))).toEqual([]);
		expect(stateOf(given)).toBe('unlinked');
	});

	test('has several candidates for the place of the one that is gone: a person decides', () => {
		const outcome = run(
			withoutContact('delete', {}, { wixRecords: [contact('C8', a), contact('C9', a)] }),
		);
		expect(steps(outcome)).toEqual([]);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({
			reason: 'ambiguous',
			wixIds: 'C8, C9',
			userIds: 'U1',
		});
		expect(outcome.report.counts).toMatchObject({ review: 3, inSync: 1, vanished: 0 });
	});
});

describe('recreate', () => {
	test('makes the record anew from the one that is left, edited or not', () => {
		for (const address of [a, w]) {
			const [change] = atLeast(
				run(withoutContact('recreate', {}, { users: [user('U1', address)] })).toWix,
				1,
			);
			expect(change).toMatchObject({
				operation: 'create',
				set: { 'primaryInfo.email': address },
				reason: 'vanished',
				link: { linkId: 'contacts:C1:U1', wixId: '', userId: 'U1' },
			});
			expect(pendingOf(change.link).map(({ operation }) => operation)).toEqual(['create']);
		}
	});

	test('not without an address: nothing would tell whether the record exists', () => {
		const given = withoutUser('recreate', null);
		expect(steps(run(given))).toEqual([]);
		expect(stateOf(given)).toBe('unlinked');
	});
});
