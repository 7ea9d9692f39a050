import { atLeast } from '../../runtime/entries.mts';
import {
	a,
	contact,
	finding,
	linked,
	movedTo,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	runAnswered,
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
		['contact', movedTo('wix', 'C9'), [contact('C9', a)], [user('U1', a)], ['C9', 'U1']],
		['user', movedTo('users', 'U9'), [contact('C1', a)], [user('U9', a)], ['C1', 'U9']],
	])(
		'a %s: the link goes to the survivor, and what was found out is dropped',
		(_, row, wixRecords, users, ids) => {
			const outcome = beside(row, { wixRecords, users });
			expect(steps(outcome)).toEqual([]);
			expect(
				outcome.links.map(({ link }) => [link.linkId, link.wixId, link.userId, link.pending]),
			).toEqual([['contacts:C1:U1', ...ids, '']]);
			expect(outcome.report.counts).toMatchObject({ inSync: 2, unmatched: 0 });
		},
	);

	test('a survivor is no candidate for anybody else from then on', () => {
		const outcome = beside(movedTo('wix', 'C9'), {
			wixRecords: [contact('C9', z)],
			users: [user('U1', a), user('U5', z)],
		});
		expect(outcome.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
		expect(outcome.report.counts.unmatched).toBe(1);
	});

	test('into one that is linked: reviewed with all ids, and the row is left alone', () => {
		for (const [side, id, wixRecords, users, wixIds, userIds] of [
			['wix', 'C2', [], [user('U1', w)], 'C1, C2', 'U1'],
			['users', 'U2', [contact('C1', w)], [], 'C1', 'U1, U2'],
		] as const) {
			const outcome = beside(movedTo(side, id), {
				wixRecords: [...wixRecords],
				users: [...users],
			});
			expect([steps(outcome), outcome.links]).toEqual([[], []]);
			expect(outcome.review).toHaveLength(1);
			expect(outcome.review[0]).toMatchObject({ reason: 'mergedIntoLinked', wixIds, userIds });
			expect(outcome.report.counts).toMatchObject({ review: 1, inSync: 1 });
		}
	});

	test('into one that is linked, but missing itself', () => {
		const other = linked('C9', 'U9', z, { id: 9 });
		const both = run({
			wixRecords: [others.wix],
			users: [others.user, user('U1', a), user('U9', z)],
			links: [linked('C1', 'U1', a, movedTo('wix', 'C9')), other, others.link],
		});
		expect(both.review).toMatchObject([
			{ reason: 'mergedIntoLinked', wixIds: 'C1, C9', userIds: 'U1' },
		]);
	});

	test('into one that is listed and free, whoever is linked under that id on the other side', () => {
		const outcome = run({
			wixRecords: [others.wix],
			users: [others.user, user('X9', a), user('U5', z)],
			links: [linked('C1', 'U1', a, movedTo('users', 'X9')), linked('X9', 'U5', z), others.link],
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
		const outcome = beside(movedTo('wix', 'C9'), {
			wixRecords: [contact('C9', a)],
			users: [user('U1', a)],
			complete: { wix: true, users: false },
		});
		expect(outcome.links.map(({ link }) => [link.wixId, link.pending])).toEqual([['C9', '']]);
	});

	test('waits for a full run where the survivor is not seen: nothing is written meanwhile', () => {
		const outcome = beside(movedTo('wix', 'C9'), {
			users: [user('U1', w)],
			complete: { wix: false, users: true },
		});
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
		expect(outcome.report.counts.waitingForFullRun).toBe(1);
	});

	test.each<[string, Given]>([
		['is ignored', { links: [linked('C9', '', null, { id: 9, linkId: 'i', state: 'ignored' })] }],
		[
			'is kept apart from the partner',
			{ links: [linked('C9', 'U1', null, { id: 9, linkId: 'k', state: 'keepApart' })] },
		],
		[
			'belongs to a member, who is left alone',
			{ memberContactIds: ['C9'], policies: { memberContacts: 'leaveAlone' } },
		],
	])('into one that %s: the link does not go there, and nothing is written', (_, given) => {
		const outcome = run({
			...given,
			wixRecords: [contact('C9', w), others.wix],
			users: [user('U1', a), others.user],
			links: [linked('C1', 'U1', a, movedTo('wix', 'C9')), others.link, ...(given.links ?? [])],
		});
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
	});

	test('into one that is linked: the answer is to remove this link, and nothing else', () => {
		const given: Given = {
			wixRecords: [others.wix],
			users: [user('U1', w), others.user],
			links: [linked('C1', 'U1', a, movedTo('wix', 'C2')), others.link],
		};
		const outcome = runAnswered(given, 'unlink');
		expect(steps(outcome)).toEqual([]);
		expect(outcome.links.map(({ operation, link }) => [operation, link.linkId])).toEqual([
			['remove', 'contacts:C1:U1'],
		]);
		expect(outcome.review.map(({ state }) => state)).toEqual(['settled']);
	});

	test.each<[string, Given]>([
		['the survivor is not listed', {}],
		['the survivor is listed, too', { wixRecords: [contact('C9', z)] }],
		['not both lists are complete', { complete: { wix: true, users: false } }],
	])('a note of it on a row whose records are both there is cleared: %s', (_, given) => {
		const outcome = beside(movedTo('wix', 'C9'), {
			...given,
			wixRecords: [contact('C1', a), ...(given.wixRecords ?? [])],
			users: [user('U1', a)],
		});
		expect(outcome.links.map(({ link }) => [link.wixId, link.pending])).toEqual([['C1', '']]);
	});
});

test('a record that takes the place of one that is gone: what is on its way stays known', () => {
	const outcome = beside(
		{ pending: pendings(pendingWrite(a, w, sent), finding('wix', 'gone')) },
		{ wixRecords: [contact('C9', a)], users: [user('U1', a)] },
	);
	expect(steps(outcome)).toEqual(['users update']);
	const [{ link }] = atLeast(outcome.links, 1);
	expect(pendingOf(link).map(({ to }) => to)).toEqual([w, a]);
	expect(link.wixId).toBe('C9');
});
