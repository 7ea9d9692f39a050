import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type Link,
	type Pending,
	type Policies,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	brief,
	contact,
	daysLater,
	gone,
	linked,
	member,
	now,
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

const goneUser = { goneSide: 'users' as const, goneConfirmedAt: now };
const others = {
	wix: contact('C2', b),
	user: user('U2', b),
	link: linked('C2', 'U2', b),
};

/** A pair whose contact is proved gone, beside a sound one. */
function withoutContact(
	vanished: Policies['vanished'],
	row: Partial<Link> = {},
	given: Given = {},
): Given {
	return {
		...given,
		wixRecords: [others.wix, ...(given.wixRecords ?? [])],
		users: [...(given.users ?? [user('U1', a)]), others.user],
		links: [linked('C1', 'U1', a, { ...gone, ...row }), others.link],
		policies: { vanished, ...given.policies },
	};
}

/** The same, with the user gone. */
const withoutUser = (vanished: Policies['vanished'], address: string | null = a): Given => ({
	wixRecords: [contact('C1', address), others.wix],
	users: [others.user],
	links: [linked('C1', 'U1', a, goneUser), others.link],
	policies: { vanished },
});

const removal = (operation: 'delete' | 'deactivate', more: Partial<Pending> = {}) =>
	pendings({ ...pendingWrite(null, ''), operation, property: '', to: null, ...more });

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
				{
					operation,
					property: '',
					side: 'users',
					from: null,
					to: null,
					at: now,
					outcome: 'announced',
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
		const row = (wixId: string, userId: string, address: string, more: Partial<Link> = {}) =>
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

	test('is deleted without using up a decision: that is for values of two records', () => {
		const [change] = atLeast(run(withoutContact('delete', { decision: 'wixWins' })).toUsers, 1);
		expect(change.link.decision).toBe('wixWins');
	});

	test('has several candidates for the place of the one that is gone: a person decides', () => {
		const outcome = run(
			withoutContact('delete', {}, { wixRecords: [contact('C8', a), contact('C9', a)] }),
		);
		expect(steps(outcome)).toEqual([]);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({
			reason: 'ambiguous',
			wixIds: ['C8', 'C9'],
			userIds: ['U1'],
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
				link: { linkId: 'contacts:C1:U1', wixId: '', userId: 'U1', goneSide: '' },
			});
			expect(change.link.goneConfirmedAt).toBe('');
		}
	});

	test('not without an address: nothing would tell whether the record exists', () => {
		const given = withoutUser('recreate', null);
		expect(steps(run(given))).toEqual([]);
		expect(stateOf(given)).toBe('unlinked');
	});
});

describe('a removal that an earlier run announced', () => {
	const after = (more: Partial<Pending>, days = 0, operation: 'delete' | 'deactivate' = 'delete') =>
		run(withoutContact('delete', { pending: removal(operation, more) }, { now: daysLater(days) }));

	test('is sent again, and stands in the row once', () => {
		const { toUsers } = after({});
		expect(toUsers.map(({ operation }) => operation)).toEqual(['delete']);
		expect(pendingOf(entryAt(toUsers, 0).link)).toHaveLength(1);
	});

	test('is another one than the one that is asked for now', () => {
		const other = after({}, 0, 'deactivate');
		expect(pendingOf(entryAt(other.toUsers, 0).link).map(({ operation }) => operation)).toEqual([
			'deactivate',
			'delete',
		]);
	});

	test('was refused for good: reviewed with its code, never again', () => {
		const outcome = after({ outcome: 'refused', code: 'LOCKED' }, 100);
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['refused']]);
		expect(entryAt(outcome.review, 0).message).toContain('(LOCKED)');
		expect(outcome.report.counts.refused).toBe(1);
		expect(entryAt(after({ outcome: 'refused' }).review, 0).message).not.toContain('(');
	});

	test('was refused for now: tried again after a day, in the place of the refusal', () => {
		const soon = after({ outcome: 'refusedForNow' }, 0.5);
		expect([steps(soon), reasons(soon)]).toEqual([[], ['refused']]);
		const later = after({ outcome: 'refusedForNow' }, 1);
		expect(steps(later)).toEqual(['users delete']);
		expect(pendingOf(entryAt(later.toUsers, 0).link).map(({ outcome }) => outcome)).toEqual([
			'announced',
		]);
	});

	test('was refused, with a note in mind that the other record is gone: reviewed all the same', () => {
		const entry = {
			...pendingWrite(null, ''),
			property: '',
			to: null,
			operation: 'delete',
		} as const;
		const noted: Pending = { ...entry, side: 'users', outcome: 'sent', code: 'GONE' };
		const refused: Pending = { ...entry, side: 'wix', outcome: 'refused' };
		const outcome = run({
			...withoutUser('delete'),
			links: [
				linked('C1', 'U1', a, { ...goneUser, pending: pendings(noted, refused) }),
				others.link,
			],
		});
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['refused']]);
	});

	test('was of the other side: void, its record is gone', () => {
		const outcome = after({ side: 'wix', outcome: 'refused' });
		expect(steps(outcome)).toEqual(['users delete']);
	});
});

describe('an unlinked row is listed until a person notes that it was seen', () => {
	const unlinked = (more: Partial<Link> = {}) =>
		linked('C1', 'U1', a, { state: 'unlinked', ...more });
	const listing = (links: Link[], given: Given = {}) =>
		run({
			...given,
			wixRecords: [others.wix, ...(given.wixRecords ?? [])],
			users: [others.user, ...(given.users ?? [])],
			links: [...links, others.link],
		});

	test.each<[string, Partial<Link>, Given, string]>([
		['one side is gone', gone, { users: [user('U1', a)] }, 'gone from Wix'],
		['the other is gone', goneUser, { wixRecords: [contact('C1', a)] }, 'from the users system'],
		['both are gone', gone, {}, 'Both records are gone'],
		[
			'not both lists are complete',
			gone,
			{ complete: { wix: true, users: false } },
			'gone from Wix',
		],
		['nobody looked', {}, { users: [user('U1', a)] }, 'The two records are no longer linked.'],
	])('%s', (_, row, given, words) => {
		const { review } = listing([unlinked(row)], given);
		expect(review).toHaveLength(1);
		expect(review[0]).toMatchObject({ reason: 'vanished', wixIds: ['C1'], userIds: ['U1'] });
		expect(entryAt(review, 0).message).toContain(words);
		expect(listing([unlinked({ ...row, note: 'seen' })], given).review).toEqual([]);
	});

	test('it counts once, with the record that is left', () => {
		const outcome = listing([unlinked(gone)], { users: [user('U1', a)] });
		expect(outcome.report.counts).toMatchObject({ vanished: 1, unmatched: 0, inSync: 1 });
		const noted = listing([unlinked({ ...gone, note: 'seen' })], { users: [user('U1', a)] });
		expect(noted.report.counts).toMatchObject({ vanished: 0, unmatched: 1 });
	});

	test('a record that is left counts for itself where it is linked anew, or in review', () => {
		const anew = listing([unlinked(gone)], {
			wixRecords: [contact('C9', a)],
			users: [user('U1', a)],
		});
		expect(anew.report.counts).toMatchObject({ linkedNow: 1, vanished: 0, inSync: 1 });
		const bad = listing([unlinked(gone)], { users: [user('U1', 'nobody')] });
		expect(bad.report.counts).toMatchObject({ review: 1, vanished: 0, unmatched: 0 });
		expect(reasons(bad)).toEqual(['badValue', 'vanished']);
	});

	test('of two records that are left, one that counts for itself is enough', () => {
		const outcome = listing([unlinked(), linked('C3', 'U1', w, { linkId: 'x', rowId: '3' })], {
			wixRecords: [contact('C1', a), contact('C3', w)],
			users: [user('U1', w)],
		});
		expect(outcome.report.counts).toMatchObject({ vanished: 0, unmatched: 1, inSync: 2 });
	});
});
