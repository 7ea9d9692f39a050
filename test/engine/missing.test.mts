import type { LinkRow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	contact,
	daysLater,
	finding,
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

/** A look-up that this run announces. */
const lookUp = (side: 'wix' | 'users') =>
	finding(side, 'announced', { until: expect.any(String) as never });

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
			wixIds: 'C1',
			userIds: 'U1',
			question: expect.stringContaining(words),
		});
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
	});

	test.each<[string, Partial<LinkRow>]>([
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
	test('both are looked up, by one saved row', () => {
		const outcome = beside({});
		expect(outcome.links.map(({ link }) => pendingOf(link))).toEqual([
			[lookUp('users'), lookUp('wix')],
		]);
		expect(outcome.report.counts).toMatchObject({ waiting: 1, inSync: 1 });
	});

	test.each([
		['wix', goneUser, 'users'],
		['users', gone, 'wix'],
	] as const)('only %s is looked up where the other is known to be gone', (side, row, known) => {
		const outcome = beside(row);
		expect(outcome.links.map(({ link }) => pendingOf(link))).toEqual([
			[finding(known, 'gone'), lookUp(side)],
		]);
	});

	test('and are known to be gone: the row is done with, and nobody is asked', () => {
		const outcome = beside({ pending: pendings(finding('users', 'gone'), finding('wix', 'gone')) });
		expect(outcome.links.map(({ operation, link }) => [operation, link.linkId])).toEqual([
			['remove', 'contacts:C1:U1'],
		]);
		expect([steps(outcome), outcome.review]).toEqual([[], []]);
	});

	test('is kept in mind beside what else is under way', () => {
		const edit = pendingWrite(a, w, sent);
		const outcome = beside({ pending: pendings(edit, finding('users', 'gone')) });
		expect(outcome.links.map(({ link }) => pendingOf(link))).toEqual([
			[edit, finding('users', 'gone'), lookUp('wix')],
		]);
	});
});

describe('a record outside the list', () => {
	const outside = (days: number) =>
		beside(
			{ pending: pendings(finding('wix', 'present')) },
			{ users: [user('U1', w)], now: daysLater(days) },
		);

	test('is neither an edit nor a loss, and is not looked up again for a week', () => {
		for (const days of [0, 6.9]) {
			const outcome = outside(days);
			expect([steps(outcome), outcome.links, outcome.review]).toEqual([[], [], []]);
			expect(outcome.report.counts).toMatchObject({ outside: 1, inSync: 1 });
		}
	});

	test('is looked up once more after a week, in the place of what was found', () => {
		const outcome = outside(7);
		expect(outcome.links.map(({ link }) => pendingOf(link))).toEqual([
			[{ ...lookUp('wix'), at: daysLater(7) }],
		]);
		expect(outcome.report.counts).toMatchObject({ waiting: 1, outside: 0 });
	});
});

describe('a record that is seen again', () => {
	test('was not gone: what was found out about it goes', () => {
		const outcome = beside(
			{ pending: pendings(finding('wix', 'gone'), finding('users', 'gone')) },
			{ wixRecords: [contact('C1', a)], users: [user('U1', a)] },
		);
		expect(outcome.links.map(({ link }) => link.pending)).toEqual(['']);
		expect(outcome.report.counts.inSync).toBe(2);
	});

	test('only what was found out about it goes: the other record is still gone', () => {
		const outcome = beside(
			{ pending: pendings(finding('wix', 'gone'), finding('users', 'gone')) },
			{ wixRecords: [contact('C1', a)] },
		);
		expect(outcome.links.map(({ link }) => [link.state, pendingOf(link)])).toEqual([
			['unlinked', [finding('users', 'gone')]],
		]);
	});

	test('voids a removal of its partner that was announced, and no other write', () => {
		const edit = pendingWrite(a, w, sent);
		for (const operation of ['delete', 'deactivate'] as const) {
			const removal = { ...pendingWrite(null, '', { operation, property: '' }), to: null };
			const outcome = beside(
				{ pending: pendings(removal, edit) },
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
