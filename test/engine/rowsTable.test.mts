import { entryAt } from '../../runtime/entries.mts';
import {
	a,
	b,
	brief,
	contact,
	create,
	daysLater,
	linked,
	member,
	movedTo,
	one,
	pendings,
	pendingWrite,
	reasons,
	run,
	steps,
	u,
	user,
	userUpdate,
	w,
	z,
	type Given,
} from './builders.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';

const waiting = (wixId: string, userId: string, address: string) =>
	linked(wixId, userId, null, {
		id: 50,
		linkId: 'waits',
		pending: pendings(
			pendingWrite(null, address, {
				...create,
				side: wixId === '' ? 'wix' : 'users',
				until: daysLater(-1),
			}),
		),
	});

describe('a row that a person typed', () => {
	test('is given an id and counted as linked now', () => {
		const outcome = run({ ...one, links: [linked('C1', 'U1', null, { linkId: '' })] });
		expect(outcome.links.map(({ operation, link }) => [operation, link.linkId])).toEqual([
			['update', 'contacts:C1:U1'],
		]);
		expect(outcome.report.counts).toMatchObject({ linkedNow: 1, inSync: 0 });
	});

	test.each(['ignored', 'keepApart', 'unlinked'] as const)(
		'with the state %s is given an id, and is no link',
		(state) => {
			const row = linked('C8', 'U8', null, { linkId: '', state });
			const outcome = run({ ...one, links: [row, linked('C1', 'U1', a)] });
			expect(outcome.links.map(({ link }) => [link.linkId, link.state])).toEqual([
				['contacts:C8:U8', state],
			]);
			expect(outcome.report.counts.linkedNow).toBe(0);
		},
	);
});

describe('a pair that is ignored', () => {
	const edited: Given = {
		wixRecords: [contact('C1', w), contact('C2', z)],
		users: [user('U1', a), user('U2', b)],
		links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
	};
	const ignoring = (wixId: string, userId: string) =>
		run({
			...edited,
			links: [
				...(edited.links ?? []),
				linked(wixId, userId, null, { state: 'ignored', id: 9, linkId: 'i' }),
			],
		});

	test.each([
		['by its contact', 'C1', ''],
		['by its user', '', 'U1'],
		['by both', 'C1', 'U1'],
	])('%s is left alone, and counted so; all others go on', (_, wixId, userId) => {
		const outcome = ignoring(wixId, userId);
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U2', b, z)]);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, changed: 1 });
	});

	test('by a row for somebody else is not', () => {
		expect(steps(ignoring('C9', 'U9'))).toHaveLength(2);
	});

	test('with one id is no reason to leave rows alone that wait for a partner', () => {
		for (const [ignored, row, policies] of [
			[['', 'U9'], waiting('', 'U5', u), { createMissing: 'wix' as const }],
			[['C9', ''], waiting('C5', '', u), { createMissing: 'users' as const }],
		] as const) {
			const outcome = run({
				wixRecords: [contact('C5', row.wixId === '' ? z : u)],
				users: [user('U5', row.userId === '' ? b : u)],
				links: [
					row,
					linked(ignored[0], ignored[1], null, { state: 'ignored', id: 9, linkId: 'i' }),
				],
				policies,
			});
			expect(steps(outcome)).toContain(row.wixId === '' ? 'wix create' : 'users create');
			expect(outcome.report.counts.ignored).toBe(0);
		}
	});

	test('and kept apart as well is one thing: ignored', () => {
		const outcome = run({
			...one,
			links: [
				linked('C1', 'U1', b),
				linked('C1', '', null, { state: 'ignored', id: 8, linkId: 'i' }),
				linked('C1', 'U1', null, { state: 'keepApart', id: 9, linkId: 'k' }),
			],
		});
		expect([steps(outcome), outcome.review]).toEqual([[], []]);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, review: 0 });
	});
});

describe('a contact of a member', () => {
	test('is synchronised like any other, unless it is to be left alone', () => {
		const given: Given = {
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
			memberContactIds: ['C1'],
		};
		expect(steps(run(given))).toEqual(['users update']);
		const left = run({ ...given, policies: { memberContacts: 'leaveAlone' } });
		expect([steps(left), left.report.counts.ignored]).toEqual([[], 1]);
	});
});

describe('a user that two data flows link', () => {
	const elsewhere = linked('M1', 'U1', null, { flow: 'members', linkId: 'm', id: 9 });
	const both = [linked('C1', 'U1', a), elsewhere];

	test('is left alone by the contact flow: a person decides', () => {
		const outcome = run({
			wixRecords: [contact('C1', w), contact('C2', z)],
			users: [user('U1', a), user('U2', b)],
			links: [...both, linked('C2', 'U2', b)],
		});
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U2', b, z)]);
		expect(outcome.review).toMatchObject([
			{ reason: 'linkedInOtherFlow', wixIds: 'C1', userIds: 'U1' },
		]);
		expect(outcome.report.counts).toMatchObject({ review: 1, changed: 1 });
	});

	test('goes on in the member flow, which owns the person', () => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', w, 'C9')],
			users: [user('U1', a)],
			links: [
				linked('C1', 'U1', a),
				{ ...elsewhere, lastSynced: JSON.stringify({ loginEmail: a }) },
			],
		});
		expect(steps(outcome)).toEqual(['users update']);
		expect(reasons(outcome)).toEqual([]);
	});

	test('not where the other row is no link, or has no user yet', () => {
		for (const row of [
			{ ...elsewhere, state: 'unlinked' as const },
			{ ...waiting('M1', '', z), flow: 'members' },
		]) {
			const outcome = run({
				wixRecords: [contact('C1', w), contact('C5', u)],
				users: [user('U1', a)],
				links: [linked('C1', 'U1', a), waiting('C5', '', u), row],
				policies: { createMissing: 'users' },
			});
			expect(steps(outcome)).toEqual(['users update', 'users create']);
			expect(reasons(outcome)).toEqual([]);
		}
	});

	test('a link that still waits for its user does not pass to the member flow', () => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			links: [waiting('C1', '', a)],
		});
		expect(outcome.links).toEqual([]);
	});
});

test('a row that waits is kept where other rows contradict each other', () => {
	const outcome = run({
		wixRecords: [contact('C1', a), contact('C5', u)],
		users: [user('U1', a), user('U2', a)],
		links: [linked('C1', 'U1', a), linked('C1', 'U2', a), waiting('C5', '', u)],
		policies: { createMissing: 'users' },
	});
	expect(reasons(outcome)).toEqual(['linkedTwice']);
	expect(outcome.links.map(({ link }) => link.linkId)).toEqual(['waits']);
});

test('a record that comes twice counts once, as it came last', () => {
	const outcome = run({
		wixRecords: [contact('C1', a), contact('C1', w), contact('C2', b)],
		users: [user('U1', a), user('U2', b)],
		links: [linked('C1', 'U1', a)],
	});
	expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', a, w)]);
	expect(outcome.report.counts).toMatchObject({ changed: 1, linkedNow: 1, unmatched: 0 });
});

describe('a row that cannot be used', () => {
	test('with a list for an id names the other id alone', () => {
		const row = linked('C1', 'U1', a, { wixId: ['C1'] as never });
		const { review } = run({ ...one, links: [row] });
		expect(review).toMatchObject([{ reason: 'badLink', wixIds: '', userIds: 'U1' }]);
	});

	test('with an unknown state is told which there are', () => {
		const { review } = run({ ...one, links: [linked('C1', 'U1', a, { state: 'on' as never })] });
		expect(entryAt(review, 0).question).toContain('none of linked, unlinked, keepApart, ignored');
	});

	test('with one id, and nothing but an update under way, is no row that waits for a create', () => {
		const row = linked('C1', '', a, { pending: pendings(pendingWrite(a, w)) });
		const { review } = run({ ...one, links: [row] });
		expect(review.map(({ question }) => question)).toEqual([
			expect.stringContaining('a linked row needs both ids'),
		]);
	});
});

describe('ids of the two sides are never mixed up', () => {
	test('a user with the id of a contact that is left alone counts for itself', () => {
		const outcome = run({
			wixRecords: [contact('7', a)],
			users: [user('7', b)],
			memberContactIds: ['7'],
			policies: { memberContacts: 'leaveAlone' },
		});
		expect(outcome.report.counts).toMatchObject({ ignored: 1, unmatched: 1 });
	});

	test('a contact with the id of a user of another flow takes over a link', () => {
		const outcome = run({
			wixRecords: [contact('9', a), contact('C2', b)],
			users: [user('U1', a), user('U2', b)],
			links: [
				linked('C1', 'U1', a, movedTo('wix', '9')),
				linked('C2', 'U2', b),
				linked('M1', '9', null, { flow: 'members', linkId: 'm' }),
			],
		});
		expect(outcome.links.map(({ link }) => [link.wixId, link.userId])).toEqual([['9', 'U1']]);
	});
});
