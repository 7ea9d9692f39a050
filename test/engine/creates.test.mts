import { entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	gone,
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
	type Seen,
} from './builders.mts';
import { kept } from './refusal.mts';

// The guard stops a first link that would create: guard.test.mts
const guard = null;
const users = { guard, createMissing: 'users' as const };
const wix = { guard, createMissing: 'wix' as const };
const both = { guard, createMissing: 'both' as const };

const creates = (outcome: Seen) => steps(outcome).filter((step) => step.endsWith('create'));

describe('what is created', () => {
	const lone: Given = { wixRecords: [contact('C1', a)], users: [user('U1', b)] };

	test.each([
		['nobody', []],
		['users', ['users create']],
		['wix', ['wix create']],
		['both', ['users create', 'wix create']],
	] as const)('%s', (createMissing, expected) => {
		expect(steps(run({ ...lone, policies: { guard, createMissing } }))).toEqual(expected);
	});

	test('a new row for each, which names the record that it was made from', () => {
		const outcome = run({ ...lone, policies: both });
		expect(outcome.toUsers[0]).toMatchObject({
			set: { 'profile.email.email': a },
			reason: 'missing',
			link: { linkId: 'contacts:C1:', wixId: 'C1', userId: '', state: 'linked' },
		});
		expect(outcome.toWix[0]).toMatchObject({
			set: { 'primaryInfo.email': b },
			reason: 'missing',
			link: { linkId: 'contacts::U1', wixId: '', userId: 'U1', state: 'linked' },
		});
		expect(outcome.links).toEqual([
			{ operation: 'add', link: entryAt(outcome.toUsers, 0).link },
			{ operation: 'add', link: entryAt(outcome.toWix, 0).link },
		]);
		expect(outcome.report.counts).toMatchObject({ changed: 2, unmatched: 0 });
	});

	test('with every property that has a value', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [
				...contactsAndUsers.properties,
				kept('info.name.first', 'first'),
				kept('info.company', 'org'),
			],
		};
		const { toUsers } = run({ ...lone, dataFlow, policies: users });
		expect(entryAt(toUsers, 0).set).toEqual({ 'profile.email.email': a, first: 'Ada' });
		const wanted = {
			...create,
			outcome: 'held' as const,
			defaults: { name: 'Ada Example', login: a },
		};
		expect(pendingOf(entryAt(toUsers, 0).link)).toEqual([
			pendingWrite(null, a, wanted),
			pendingWrite(null, 'Ada', { ...wanted, property: 'info.name.first', field: 'first' }),
		]);
	});

	test('nobody in a run that does not see both lists whole', () => {
		for (const complete of [
			{ wix: true, users: false },
			{ wix: false, users: true },
		])
			expect(steps(run({ ...lone, complete, policies: both }))).toEqual([]);
	});

	test.each<[string, Given]>([
		['without an address', { wixRecords: [contact('C1', null)] }],
		['with a value that cannot be used', { wixRecords: [contact('C1', 'nobody')] }],
		[
			'that is ignored',
			{ wixRecords: [contact('C1', a)], links: [linked('C1', '', null, { state: 'ignored' })] },
		],
		[
			'that was unlinked, on either side',
			{
				wixRecords: [contact('C1', a)],
				users: [user('U2', b)],
				links: [
					linked('C1', 'U1', a, { state: 'unlinked' }),
					linked('C2', 'U2', b, { state: 'unlinked' }),
				],
			},
		],
		[
			'that belongs to a member, who is left alone',
			{
				wixRecords: [contact('C1', a)],
				memberContactIds: ['C1'],
				policies: { memberContacts: 'leaveAlone' },
			},
		],
	])('not from a record %s', (_, given) => {
		expect(creates(run({ ...given, policies: { ...given.policies, ...both } }))).toEqual([]);
	});

	test('not from two with one address: they are one matter, once corrected both are made', () => {
		const given = (second: string): Given => ({
			wixRecords: [contact('C1', a), contact('C2', second), contact('C3', z)],
			policies: users,
		});
		const outcome = run(given(a));
		expect(outcome.toUsers.map(({ link }) => link.wixId)).toEqual(['C3']);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({
			reason: 'ambiguous',
			wixIds: 'C1, C2',
			userIds: '',
			question: expect.stringContaining('2 records of Wix'),
		});
		expect(outcome.report.counts).toMatchObject({ review: 2, changed: 1, unmatched: 0 });
		expect(steps(run(given(b)))).toEqual(['users create', 'users create', 'users create']);
		const ofUsers = run({ users: [user('U1', a), user('U2', a)], policies: wix });
		expect(ofUsers.review[0]).toMatchObject({ userIds: 'U1, U2', wixIds: '' });
		expect(entryAt(ofUsers.review, 0).question).toContain('2 records of the users system');
	});
});

describe('an address that somebody holds', () => {
	test.each<[string, Given, string, string]>([
		[
			'as a further one of a contact',
			{ wixRecords: [contact('C7', b, [a])], users: [user('U1', a)], policies: wix },
			'C7',
			'U1',
		],
		[
			'as an unconfirmed one of a user',
			{ wixRecords: [contact('C1', a)], users: [user('U7', b, a)], policies: users },
			'C1',
			'U7',
		],
		[
			'as the address of a user that is linked to another contact',
			{
				wixRecords: [contact('C1', a), contact('C2', b)],
				users: [user('U7', a)],
				links: [
					linked('C2', 'U7', b, {
						pending: pendings(
							pendingWrite(b, a, { side: 'wix', outcome: 'refused', code: 'LOCKED' }),
						),
					}),
				],
				policies: users,
			},
			'C1',
			'U7',
		],
	])('%s is not created: reviewed with both', (_, given, wixIds, userIds) => {
		const outcome = run(given);
		expect(creates(outcome)).toEqual([]);
		const taken = outcome.review.filter(({ reason }) => reason === 'addressTaken');
		expect(taken.map((item) => [item.wixIds, item.userIds])).toEqual([[wixIds, userIds]]);
		expect(outcome.report.counts.review).toBeGreaterThan(0);
	});

	test('is looked for by every address of the record', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('work', 'work', { compare: 'email' })],
		};
		const outcome = run({
			dataFlow,
			wixRecords: [{ ...contact('C1', a), work: w }],
			users: [{ ...user('U1', b), work: w }],
			policies: users,
		});
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['addressTaken']]);
	});

	test('soon no longer: the create waits', () => {
		const outcome = run({
			wixRecords: [contact('C1', b), contact('C2', a)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
			policies: users,
		});
		expect(steps(outcome)).toEqual(['users update']);
		expect(outcome.report.counts).toMatchObject({ changed: 1, waiting: 1, unmatched: 0 });
	});

	test('whether or not the same write changes more than the address', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [kept('info.name.first', 'first'), ...contactsAndUsers.properties],
		};
		const base = { 'primaryInfo.email': a, 'info.name.first': 'Bea' };
		const given = (address: string): Given => ({
			dataFlow,
			wixRecords: [contact('C1', address), contact('C2', a)],
			users: [{ ...user('U1', a), first: 'Bea' }],
			links: [linked('C1', 'U1', null, { lastSynced: JSON.stringify(base) })],
			policies: users,
		});
		const moves = run(given(b));
		expect(steps(moves)).toEqual(['users update']);
		expect(moves.report.counts).toMatchObject({ changed: 1, waiting: 1, review: 0 });
		const stays = run(given(a));
		expect([steps(stays), reasons(stays)]).toEqual([['users update'], ['addressTaken']]);
	});

	test('by a create of this very run: the second one waits for it', () => {
		const outcome = run({
			wixRecords: [contact('C3', b)],
			users: [user('U1', a), user('U2', a), user('U3', b)],
			links: [linked('C1', 'U1', a, gone), linked('C3', 'U3', b)],
			policies: { ...wix, vanished: 'recreate' },
		});
		expect([steps(outcome), reasons(outcome)]).toEqual([['wix create'], []]);
		expect(outcome.report.counts).toMatchObject({ changed: 1, waiting: 1, inSync: 1 });
	});

	test('and was sent away from by an earlier run: the create waits', () => {
		const pending = pendings(pendingWrite(a, w, sent));
		const outcome = run({
			wixRecords: [contact('C1', w), contact('C2', a)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { pending })],
			policies: users,
		});
		expect(steps(outcome)).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ waiting: 2, review: 0 });
	});
});
