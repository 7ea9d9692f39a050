import { membersAndUsers, type LinkRow, type Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	contact,
	create,
	daysLater,
	linked,
	pendings,
	pendingWrite,
	run,
	sent,
	steps,
	user,
	type Given,
	type Seen,
} from './builders.mts';

const users = { createMissing: 'users' as const };
const wix = { createMissing: 'wix' as const };
const creates = (outcome: Seen) => steps(outcome).filter((step) => step.endsWith('create'));

describe('a create that was announced and shows nowhere is announced again', () => {
	const minutes = (count: number) => daysLater(count / 1440);
	const row = (
		wixId: string,
		userId: string,
		more: Partial<Pending>,
		links: Partial<LinkRow> = {},
	) =>
		linked(wixId, userId, null, {
			pending: pendings(pendingWrite(null, a, { ...create, until: minutes(3), ...more })),
			...links,
		});
	const ofMembers = { flow: 'members', linkId: 'members::U1' };

	test.each<[string, Given, number]>([
		[
			'as a user: after its lease',
			{ wixRecords: [contact('C1', a)], links: [row('C1', '', {})], policies: users },
			3,
		],
		[
			'as a member: after its lease',
			{
				dataFlow: membersAndUsers,
				users: [user('U1', a)],
				links: [row('', 'U1', { side: 'wix', property: 'loginEmail' }, ofMembers)],
				policies: wix,
			},
			3,
		],
		[
			'as a contact, of whom Wix takes several with one address: an hour later',
			{ users: [user('U1', a)], links: [row('', 'U1', { side: 'wix' })], policies: wix },
			63,
		],
	])('%s', (_, given, due) => {
		expect(creates(run({ ...given, now: minutes(due - 0.1) }))).toEqual([]);
		expect(creates(run({ ...given, now: minutes(due) }))).toHaveLength(1);
	});
});

test('what a create that was made did not bring is finished by an update', () => {
	const outcome = run({
		wixRecords: [contact('C1', a)],
		users: [user('U1', null)],
		links: [
			linked('C1', 'U1', null, {
				pending: pendings(pendingWrite(null, a, { ...create, ...sent })),
			}),
		],
	});
	expect(outcome.toUsers).toMatchObject([
		{ operation: 'update', recordId: 'U1', set: { 'profile.email.email': a } },
	]);
});
