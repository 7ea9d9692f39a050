import { atLeast } from '../../runtime/entries.mts';
import {
	a,
	contact,
	gone,
	goneUser,
	linked,
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
import { others, beside } from './soundPair.mts';

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
			wixRecords: [others.wix],
			users: [others.user, user('U1', a), user('U9', z)],
			links: [linked('C1', 'U1', a, { movedTo: 'C9' }), other, others.link],
		});
		expect(both.review).toMatchObject([
			{ reason: 'mergedIntoLinked', wixIds: ['C1', 'C9'], userIds: ['U1'] },
		]);
	});

	test('into one that is listed and free, whoever is linked under that id on the other side', () => {
		const outcome = run({
			wixRecords: [others.wix],
			users: [others.user, user('X9', a), user('U5', z)],
			links: [linked('C1', 'U1', a, { movedTo: 'X9' }), linked('X9', 'U5', z), others.link],
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
			wixRecords: [contact('C1', a), others.wix],
			users: [user('U9', z), others.user],
			links: [waiting, others.link],
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
