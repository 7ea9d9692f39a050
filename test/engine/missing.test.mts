import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Link } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	contact,
	gone,
	goneUser,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	sent,
	steps,
	user,
	w,
	type Given,
} from './builders.mts';
import { beside } from './soundPair.mts';

const memory = (side: 'wix' | 'users') => ({
	...pendingWrite(null, '', { operation: 'delete', property: '', side, outcome: 'sent' }),
	to: null,
	code: 'GONE',
});

describe('a row with an id that nobody ever had', () => {
	test.each<[string, Given, string]>([
		['no contact', { users: [user('U1', a)] }, 'no record has the id in its wixId'],
		['no user', { wixRecords: [contact('C1', a)] }, 'no record has the id in its userId'],
		['neither', {}, 'no record has the id in its userId and wixId'],
	])('%s: is reviewed, and nobody is looked up', (_, given, words) => {
		const outcome = beside({ lastSynced: '' }, given);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({
			reason: 'badLink',
			wixIds: ['C1'],
			userIds: ['U1'],
			message: expect.stringContaining(words),
		});
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
	});

	test.each<[string, Partial<Link>]>([
		['in sync once', {}],
		['written to', { lastSynced: '', pending: pendings(pendingWrite(null, a, sent)) }],
	])('but not one that was %s: that record is looked up', (_, row) => {
		expect(steps(beside(row, { users: [user('U1', a)] }))).toEqual(['wix verify']);
	});

	test('nor one that a look-up found gone: the pair is unlinked', () => {
		const outcome = beside({ lastSynced: '', ...gone }, { users: [user('U1', a)] });
		expect(outcome.links.map(({ link }) => link.state)).toEqual(['unlinked']);
		expect(reasons(outcome)).toEqual(['vanished']);
	});
});

describe('both records are missing', () => {
	test('the user is looked up first, and only the user', () => {
		const outcome = beside({});
		expect(steps(outcome)).toEqual(['users verify']);
		expect(entryAt(outcome.toUsers, 0).link.pending).toBe('');
		expect(outcome.report.counts).toMatchObject({ waiting: 1, inSync: 1 });
	});

	test.each([
		['wix', goneUser, 'users'],
		['users', gone, 'wix'],
	] as const)(
		'then %s, while the row keeps in mind that the other is gone',
		(side, row, provedGone) => {
			const outcome = beside(row);
			expect(steps(outcome)).toEqual([`${side} verify`]);
			const [change] = atLeast([...outcome.toUsers, ...outcome.toWix], 1);
			expect(pendingOf(change.link)).toEqual([memory(provedGone)]);
		},
	);

	test('and are known to be gone: unlinked, whichever was proved last', () => {
		for (const [row, remembered, side] of [
			[gone, 'users', 'wix'],
			[goneUser, 'wix', 'users'],
		] as const) {
			const outcome = beside({ ...row, pending: pendings(memory(remembered)) });
			expect(steps(outcome)).toEqual([]);
			expect(outcome.links.map(({ link }) => [link.linkId, link.state])).toEqual([
				['contacts:C1:U1', 'unlinked'],
			]);
			expect(outcome.report.guard.wouldChange).toEqual({ wix: 0, users: 0, [side]: 1 });
			expect(outcome.review.map(({ message }) => message)).toEqual([
				expect.stringContaining('Both records are gone'),
			]);
		}
	});

	test('is kept in mind beside what else is under way', () => {
		const edit = pendingWrite(a, w, sent);
		const outcome = beside({ ...goneUser, pending: pendings(edit) });
		expect(pendingOf(entryAt(outcome.toWix, 0).link)).toEqual([edit, memory('users')]);
	});

	test('what is kept in mind is kept once', () => {
		const outcome = beside({ ...goneUser, pending: pendings(memory('users')) });
		expect(steps(outcome)).toEqual(['wix verify']);
		expect(pendingOf(entryAt(outcome.toWix, 0).link)).toEqual([memory('users')]);
	});
});

describe('a record that is seen again', () => {
	test('was not gone: the mark and what was kept in mind go', () => {
		const outcome = beside(
			{ ...gone, pending: pendings(memory('users')) },
			{ wixRecords: [contact('C1', a)], users: [user('U1', a)] },
		);
		expect(
			outcome.links.map(({ link }) => [link.goneSide, link.goneConfirmedAt, link.pending]),
		).toEqual([['', '', '']]);
		expect(outcome.report.counts.inSync).toBe(2);
	});

	test('only its own mark goes: the other record is still gone', () => {
		const outcome = beside(goneUser, { wixRecords: [contact('C1', a)] });
		expect(outcome.links.map(({ link }) => [link.state, link.goneSide])).toEqual([
			['unlinked', 'users'],
		]);
		const remembered = beside(
			{ pending: pendings(memory('users')) },
			{ wixRecords: [contact('C1', a)] },
		);
		expect(steps(remembered)).toEqual([]);
		expect(remembered.links.map(({ link }) => link.state)).toEqual(['unlinked']);
	});

	test('voids a removal of its partner that was announced, and no other write', () => {
		const removal = (side: 'wix' | 'users', operation: 'delete' | 'deactivate') => ({
			...pendingWrite(null, '', { operation, property: '', side }),
			to: null,
		});
		const edit = pendingWrite(a, w, sent);
		for (const operation of ['delete', 'deactivate'] as const) {
			const outcome = beside(
				{ pending: pendings(removal('users', operation), edit) },
				{ wixRecords: [contact('C1', w)], users: [user('U1', a)] },
			);
			expect(outcome.links.map(({ link }) => pendingOf(link))).toEqual([[edit]]);
			expect(outcome.report.counts).toMatchObject({ waiting: 1, inSync: 1 });
		}
	});
});

describe('where one list is not complete', () => {
	const complete = { wix: true, users: false };

	test('a record that is missing from the complete one is looked up, its partner is not', () => {
		expect(steps(beside({}, { complete }))).toEqual(['wix verify']);
		expect(steps(beside({}, { complete: { wix: false, users: true } }))).toEqual(['users verify']);
		expect(steps(beside({}, { complete: { wix: false, users: false } }))).toEqual([]);
	});

	test('one that is proved gone waits for a full run, whatever the policy', () => {
		for (const users of [[], [user('U1', a)]]) {
			const outcome = beside(gone, { users, complete, policies: { vanished: 'delete' } });
			expect([steps(outcome), outcome.links, reasons(outcome)]).toEqual([[], [], []]);
			expect(outcome.report.counts.waitingForFullRun).toBeGreaterThan(0);
		}
	});
});
