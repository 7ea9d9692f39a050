import { entryAt } from '../../runtime/entries.mts';
import { type Link, type Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	contact,
	daysLater,
	gone,
	goneUser,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	steps,
	user,
	w,
	type Given,
} from './builders.mts';
import { others, withoutContact, withoutUser } from './soundPair.mts';

const removal = (operation: 'delete' | 'deactivate', more: Partial<Pending> = {}) =>
	pendings({ ...pendingWrite(null, ''), operation, property: '', to: null, ...more });

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
