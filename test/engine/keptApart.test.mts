import { atLeast, entryAt } from '../../runtime/entries.mts';
import { type LinkRow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	baseOf,
	contact,
	finding,
	gone,
	linked,
	linkIds,
	one,
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

const apart = (wixId: string, userId: string) =>
	linked(wixId, userId, null, { state: 'keepApart', id: 99, linkId: `apart-${wixId}-${userId}` });

describe('pairs kept apart', () => {
	const two: Given = {
		wixRecords: [contact('C1', a), contact('C2', a)],
		users: [user('U1', a), user('U2', a)],
	};

	test('do not link, and stay candidates for others', () => {
		const outcome = run({ ...one, links: [apart('C1', 'U1')] });
		expect([linkIds(outcome), outcome.review]).toEqual([[], []]);
		expect(outcome.report.counts.unmatched).toBe(2);
	});

	test('that leave one partner for each: both link', () => {
		const outcome = run({ ...two, links: [apart('C1', 'U1'), apart('C2', 'U2')] });
		expect(linkIds(outcome)).toEqual(['C1-U2', 'C2-U1']);
		expect(outcome.review).toEqual([]);
	});

	test('that leave doubt: who is without a partner is no part of the matter', () => {
		const doubt = run({ ...two, links: [apart('C1', 'U1')] });
		expect(linkIds(doubt)).toEqual([]);
		expect(doubt.review.map(({ wixIds, userIds }) => [wixIds, userIds])).toEqual([
			['C1, C2', 'U1, U2'],
		]);
		const alone = run({ ...two, links: [apart('C1', 'U1'), apart('C1', 'U2')] });
		expect(linkIds(alone)).toEqual([]);
		expect(alone.review.map(({ wixIds, userIds }) => [wixIds, userIds])).toEqual([
			['C2', 'U1, U2'],
		]);
		expect(entryAt(alone.review, 0).question).toMatch(/1 Wix records? and 2 users/);
		expect(alone.report.counts).toMatchObject({ review: 3, unmatched: 1 });
	});

	test('one partner that has another choice is still doubt', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', a)],
			users: [user('U1', a), user('U2', a)],
			links: [apart('C1', 'U2')],
		});
		expect(linkIds(outcome)).toEqual([]);
		expect(reasons(outcome)).toEqual(['ambiguous']);
	});

	test('with somebody who is not in the group make no difference', () => {
		const outcome = run({
			...two,
			users: [user('U1', a), user('U5', z)],
			links: [apart('C1', 'U5')],
		});
		expect(linkIds(outcome)).toEqual([]);
		expect(outcome.review[0]).toMatchObject({ wixIds: 'C1, C2', userIds: 'U1' });
	});

	test('that are linked by another row contradict: a person decides', () => {
		const outcome = run({
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a), apart('C1', 'U1')],
		});
		expect([steps(outcome), outcome.links, reasons(outcome)]).toEqual([[], [], ['badLink']]);
		expect(entryAt(outcome.review, 0).question).toContain('kept apart by another row');
	});
});

describe('what was unlinked is linked again', () => {
	const unlinked = (more: Partial<LinkRow> = {}) =>
		linked('C1', 'U1', a, { state: 'unlinked', ...gone, ...more });
	const both: Given = { wixRecords: [contact('C1', w)], users: [user('U1', a)] };

	test('with its base, once both are there; what was found out about them is dropped', () => {
		const removal = {
			...pendingWrite(null, '', { ...sent, operation: 'delete', property: '', field: '' }),
			to: null,
		};
		const outcome = run({
			...both,
			links: [unlinked({ pending: pendings(finding('wix', 'moved', { code: 'C9' }), removal) })],
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ 'profile.email.email': w }]);
		const [{ operation, link }] = atLeast(outcome.links, 1);
		expect([operation, link.state, baseOf(link)]).toEqual(['update', 'linked', a]);
		expect(pendingOf(link).map(({ outcome: of, to }) => [of, to])).toEqual([['announced', w]]);
		const rest = run({ ...both, wixRecords: [contact('C1', a)], links: [unlinked()] });
		expect(rest.report.counts).toMatchObject({ linkedNow: 1, vanished: 0, unmatched: 0 });
		expect(rest.review).toEqual([]);
	});

	test('and no other one with it', () => {
		const outcome = run({
			...both,
			users: [user('U1', a), user('U9', z)],
			links: [unlinked(), linked('C9', 'U9', z, { state: 'unlinked', id: 9, ...gone })],
		});
		expect(outcome.review).toMatchObject([{ reason: 'vanished', wixIds: 'C9', userIds: 'U9' }]);
	});

	test.each<[string, Given]>([
		['the contact is missing', { wixRecords: [] }],
		['the user is missing', { users: [] }],
		['the contact is in another row', { links: [linked('C1', 'U7', w)] }],
		['the user is in another row', { links: [linked('C7', 'U1', a)] }],
		['the contact is ignored', { links: [linked('C1', '', null, { state: 'ignored' })] }],
		['the user is ignored', { links: [linked('', 'U1', null, { state: 'ignored' })] }],
		['the two are kept apart', { links: [apart('C1', 'U1')] }],
		[
			'the user is linked in another flow',
			{ links: [linked('M1', 'U1', null, { flow: 'members', linkId: 'm' })] },
		],
		[
			'the contact belongs to a member, who is left alone',
			{ memberContactIds: ['C1'], policies: { memberContacts: 'leaveAlone' } },
		],
		['not both lists are complete', { complete: { wix: true, users: false } }],
	])('not while %s', (_, given) => {
		const outcome = run({
			...both,
			...given,
			links: [...(given.links ?? []), unlinked({ pending: '' })],
		});
		const own = outcome.links.filter(({ link }) => link.linkId === 'contacts:C1:U1');
		expect(own.filter(({ link }) => link.state === 'linked')).toEqual([]);
	});
});
