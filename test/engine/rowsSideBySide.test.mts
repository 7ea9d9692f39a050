import { atLeast, entryAt } from '../../runtime/entries.mts';
import { membersAndUsers, type LinkRow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	expectNoWrites,
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
	toWix,
	user,
	w,
	z,
	type Given,
} from './builders.mts';

const ids = (outcome: ReturnType<typeof run>) =>
	outcome.links.map(({ operation, link }) => `${operation} ${link.wixId}-${link.userId}`);
/** A row that waits for a create, with the address that was announced. */
const waits = (wixId: string, userId: string, address: string, more: Partial<LinkRow> = {}) =>
	linked(wixId, userId, null, {
		linkId: `waits-${wixId}${userId}`,
		id: Number(`8${`${wixId}${userId}`.slice(1)}`),
		pending: pendings(
			pendingWrite(null, address, { ...create, ...sent, ...(wixId === '' ? toWix : {}) }),
		),
		...more,
	});
const ofMembers = { flow: 'members' } as const;

describe('beside a link that stands in two rows', () => {
	const twice = [
		linked('C1', 'U1', a, { id: 1, linkId: 'one' }),
		linked('C1', 'U1', a, { id: 2, linkId: 'two' }),
	];
	const listed: Given = { wixRecords: [contact('C1', a)], users: [user('U1', a)] };

	test('rows that wait for creates go on waiting, several on either side', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b), contact('C3', w)],
			users: [user('U1', a), user('U4', z), user('U5', 'y@example.com')],
			links: [
				...twice,
				waits('C2', '', b),
				waits('C3', '', w),
				waits('', 'U4', z),
				waits('', 'U5', 'y@example.com'),
			],
			policies: { createMissing: 'both' },
		});
		expect(ids(outcome)).toEqual(['remove C1-U1']);
		expect(outcome.review).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ inSync: 1, waiting: 4 });
	});

	test('a row of its own keeps its entries as they stand', () => {
		const entries = [
			pendingWrite(b, w, { ...sent, at: now }),
			pendingWrite(b, z, { ...sent, at: daysLater(-2) }),
			pendingWrite(b, w, { ...sent, at: daysLater(-1) }),
		];
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', w)],
			users: [user('U1', a), user('U2', b)],
			links: [...twice, linked('C2', 'U2', b, { pending: pendings(...entries) })],
		});
		expect(ids(outcome)).toEqual(['remove C1-U1']);
		expect(outcome.report.counts).toMatchObject({ inSync: 1, waiting: 1 });
	});

	test('one write in both keeps the time at which the older row announced it', () => {
		const [one, two] = atLeast(twice, 2);
		const outcome = run({
			...listed,
			wixRecords: [contact('C1', w)],
			links: [
				{ ...one, pending: pendings(pendingWrite(a, w, { ...sent, at: daysLater(-3) })) },
				{ ...two, pending: pendings(pendingWrite(a, w, { ...sent, at: daysLater(-1) })) },
			],
		});
		expect(ids(outcome)).toEqual(['remove C1-U1']);
	});

	test('entries of one time keep their order', () => {
		const [one, two] = atLeast(twice, 2);
		const outcome = run({
			...listed,
			wixRecords: [contact('C1', z)],
			links: [
				{ ...one, pending: pendings(pendingWrite(a, w, sent), pendingWrite(w, b, sent)) },
				{ ...two, pending: pendings(pendingWrite(b, z, sent)) },
			],
		});
		expect(outcome.links.map(({ operation }) => operation)).toEqual(['update', 'remove']);
		expect(pendingOf(entryAt(outcome.links, 0).link).map(({ to }) => to)).toEqual([w, b, z]);
	});
});

describe('who is left alone', () => {
	const edited: Given = {
		wixRecords: [contact('C1', w), contact('C2', z), contact('C3', 'n@example.com')],
		users: [user('U1', a), user('U2', b), user('U3', 'c@example.com')],
		links: [linked('C1', 'U1', a), linked('C2', 'U2', b), linked('C3', 'U3', 'c@example.com')],
	};
	const ignored = (wixId: string, userId: string) =>
		linked(wixId, userId, null, { state: 'ignored', id: 90 + wixId.length, linkId: `i${wixId}` });
	const written = (more: Given, ...links: LinkRow[]) =>
		run({ ...edited, ...more, links: [...links, ...(edited.links ?? [])] }).toUsers.map(
			({ recordId }) => recordId,
		);

	test('a contact that is ignored beside one that belongs to a member; the third is written', () => {
		const more: Given = { memberContactIds: ['C2'], policies: { memberContacts: 'leaveAlone' } };
		expect(written(more, ignored('C1', ''))).toEqual(['U3']);
		expect(written(more)).toEqual(['U1', 'U3']);
	});

	test('a contact that is ignored beside a user that is', () => {
		expect(written({}, ignored('C1', ''), ignored('', 'U2'))).toEqual(['U3']);
	});

	test('a pair kept apart beside a user of another flow: each one matter', () => {
		const outcome = run({
			...edited,
			links: [
				...(edited.links ?? []),
				linked('C1', 'U1', null, { state: 'keepApart', id: 91, linkId: 'k' }),
				linked('M2', 'U2', null, { ...ofMembers, id: 92, linkId: 'm' }),
			],
		});
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(['U3']);
		expect(reasons(outcome)).toEqual(['badLink', 'linkedInOtherFlow']);
	});

	test('an ignored pair is no matter for review, whatever else contradicts it', () => {
		const outcome = run({
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links: [
				linked('C1', 'U1', a),
				ignored('C1', ''),
				linked('C1', 'U1', null, { state: 'keepApart', id: 91, linkId: 'k' }),
			],
		});
		expectNoWrites(outcome);
		expect(outcome.review).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, review: 0 });
	});
});

describe('a row with one id says nothing of rows without the other', () => {
	test('ignored: creates are waited for all the same', () => {
		for (const [wixId, userId, other] of [
			['C1', '', waits('', 'U4', z)],
			['', 'U1', waits('C4', '', z)],
		] as const) {
			const outcome = run({
				wixRecords: [contact('C1', a), contact('C4', other.wixId === '' ? b : z)],
				users: [user('U1', w), user('U4', other.userId === '' ? 'n@example.com' : z)],
				links: [linked(wixId, userId, null, { state: 'ignored' }), other],
				policies: { createMissing: 'both' },
			});
			expect(outcome.report.counts).toMatchObject({ waiting: 1, ignored: 1 });
		}
	});

	test('of another flow, waiting for a user: one that waits here is not linked twice', () => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			links: [waits('C1', '', a), waits('M1', '', b, ofMembers)],
			policies: { createMissing: 'users' },
		});
		expect(outcome.review).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ waiting: 1 });
	});

	test('of the contact flow, waiting for a contact: no member takes it over', () => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [{ id: 'M1', loginEmail: b }],
			users: [user('U1', a)],
			links: [waits('', 'U1', a)],
		});
		expect(outcome.links).toEqual([]);
		expectNoWrites(outcome);
	});
});

test('a user that the other flow has linked is left alone by the contact flow, and kept by the member flow', () => {
	const links = [
		linked('C1', 'U1', a),
		linked('M9', 'U1', null, {
			...ofMembers,
			id: 92,
			linkId: 'm',
			lastSynced: JSON.stringify({ loginEmail: a }),
		}),
	];
	const contacts = run({ wixRecords: [contact('C1', w)], users: [user('U1', a)], links });
	expect([steps(contacts), reasons(contacts)]).toEqual([[], ['linkedInOtherFlow']]);
	const members = run({
		dataFlow: membersAndUsers,
		wixRecords: [member('M9', w, 'C9')],
		users: [user('U1', a)],
		links,
	});
	expect([steps(members), reasons(members)]).toEqual([['users update'], []]);
});
