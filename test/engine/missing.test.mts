import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Link } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
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
	user,
	w,
	z,
	type Given,
} from './builders.mts';

const goneUser = { goneSide: 'users' as const, goneConfirmedAt: now };
const rest = { wix: contact('C2', b), user: user('U2', b), link: linked('C2', 'U2', b) };

/** One row beside a sound pair; its records are listed where they are given. */
const beside = (row: Partial<Link>, given: Given = {}) =>
	run({
		...given,
		wixRecords: [rest.wix, ...(given.wixRecords ?? [])],
		users: [rest.user, ...(given.users ?? [])],
		links: [linked('C1', 'U1', a, row), rest.link],
	});
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

describe('a record that was merged into another one', () => {
	test.each([
		['contact', { movedTo: 'C9' }, [contact('C9', a)], [user('U1', a)], ['C9', 'U1']],
		['user', { movedTo: 'U9' }, [contact('C1', a)], [user('U9', a)], ['C1', 'U9']],
	])(
		'a %s: the link goes to the survivor, and its marks are cleared',
		(_, row, wixRecords, users, ids) => {
			const side = row.movedTo.startsWith('C') ? gone : goneUser;
			const outcome = beside({ ...row, ...side }, { wixRecords, users });
			expect(steps(outcome)).toEqual([]);
			expect(
				outcome.links.map(({ link }) => [
					link.linkId,
					link.wixId,
					link.userId,
					link.movedTo,
					link.goneSide,
					link.goneConfirmedAt,
				]),
			).toEqual([['contacts:C1:U1', ...ids, '', '', '']]);
			expect(outcome.report.counts).toMatchObject({ inSync: 2, unmatched: 0 });
		},
	);

	test('a survivor is no candidate for anybody else from then on', () => {
		const outcome = beside(
			{ movedTo: 'C9' },
			{ wixRecords: [contact('C9', z)], users: [user('U1', a), user('U5', z)] },
		);
		expect(outcome.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
		expect(outcome.report.counts.unmatched).toBe(1);
	});

	test('into one that is linked: reviewed with all ids, and the row is left alone', () => {
		for (const [movedTo, wixRecords, users, wixIds, userIds] of [
			['C2', [], [user('U1', w)], ['C1', 'C2'], ['U1']],
			['U2', [contact('C1', w)], [], ['C1'], ['U1', 'U2']],
		] as const) {
			const outcome = beside({ movedTo }, { wixRecords: [...wixRecords], users: [...users] });
			expect([steps(outcome), outcome.links]).toEqual([[], []]);
			expect(outcome.review).toHaveLength(1);
			expect(outcome.review[0]).toMatchObject({ reason: 'mergedIntoLinked', wixIds, userIds });
			expect(outcome.report.counts).toMatchObject({ review: 1, inSync: 1 });
		}
	});

	test('into one that is linked, but missing itself', () => {
		const other = linked('C9', 'U9', z, { rowId: '9' });
		const outcome = beside({ movedTo: 'C9' }, { users: [user('U1', a), user('U9', z)], links: [] });
		expect(reasons(outcome)).toEqual([]);
		const both = run({
			wixRecords: [rest.wix],
			users: [rest.user, user('U1', a), user('U9', z)],
			links: [linked('C1', 'U1', a, { movedTo: 'C9' }), other, rest.link],
		});
		expect(both.review).toMatchObject([
			{ reason: 'mergedIntoLinked', wixIds: ['C1', 'C9'], userIds: ['U1'] },
		]);
	});

	test('into one that is listed and free, whoever is linked under that id on the other side', () => {
		const outcome = run({
			wixRecords: [rest.wix],
			users: [rest.user, user('X9', a), user('U5', z)],
			links: [linked('C1', 'U1', a, { movedTo: 'X9' }), linked('X9', 'U5', z), rest.link],
		});
		expect(reasons(outcome)).toEqual([]);
		expect(
			outcome.toWix.map(({ operation, link }) => [operation, link.wixId, link.userId]),
		).toEqual([
			['verify', 'C1', 'X9'],
			['verify', 'X9', 'U5'],
		]);
	});

	test('is taken over in a run that sees the survivor, whole or not', () => {
		const outcome = beside(
			{ movedTo: 'C9' },
			{
				wixRecords: [contact('C9', a)],
				users: [user('U1', a)],
				complete: { wix: true, users: false },
			},
		);
		expect(outcome.links.map(({ link }) => [link.wixId, link.movedTo])).toEqual([['C9', '']]);
	});

	test('waits for a full run where the survivor is not seen: nothing is written meanwhile', () => {
		const outcome = beside(
			{ movedTo: 'C9' },
			{ users: [user('U1', w)], complete: { wix: false, users: true } },
		);
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
		expect(outcome.report.counts.waitingForFullRun).toBe(1);
	});

	test('is no reason to give a waiting row a partner', () => {
		const waiting = linked('C1', '', null, {
			movedTo: 'U9',
			pending: pendings(pendingWrite(null, a, { operation: 'create' })),
		});
		const outcome = run({
			wixRecords: [contact('C1', a), rest.wix],
			users: [user('U9', z), rest.user],
			links: [waiting, rest.link],
			policies: { createMissing: 'users' },
		});
		expect(
			outcome.toUsers.map(({ operation, link }) => [operation, link.wixId, link.userId]),
		).toEqual([['create', 'C1', '']]);
	});

	test.each<[string, Given]>([
		['the survivor is not listed', {}],
		['the survivor is listed, too', { wixRecords: [contact('C9', z)] }],
		['not both lists are complete', { complete: { wix: true, users: false } }],
	])('a note of it on a row whose records are both there is cleared: %s', (_, given) => {
		const outcome = beside(
			{ movedTo: 'C9' },
			{
				...given,
				wixRecords: [contact('C1', a), ...(given.wixRecords ?? [])],
				users: [user('U1', a)],
			},
		);
		expect(outcome.links.map(({ link }) => [link.wixId, link.movedTo])).toEqual([['C1', '']]);
	});
});

test('a record that takes the place of one that is gone: what is on its way stays known', () => {
	const outcome = beside(
		{ ...gone, pending: pendings(pendingWrite(a, w, sent)) },
		{ wixRecords: [contact('C9', a)], users: [user('U1', a)] },
	);
	expect(steps(outcome)).toEqual(['users update']);
	const [{ link }] = atLeast(outcome.links, 1);
	expect(pendingOf(link).map(({ to }) => to)).toEqual([w, a]);
	expect([link.wixId, link.goneSide, link.goneConfirmedAt]).toEqual(['C9', '', '']);
});
