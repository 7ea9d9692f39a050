import { contactsAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	linked,
	pendings,
	pendingWrite,
	run,
	sent,
	u,
	user,
	w,
	z,
} from './builders.mts';
import { kept } from './refusal.mts';

const also = (...more: DataFlow['properties']): DataFlow => ({
	...contactsAndUsers,
	properties: [...contactsAndUsers.properties, ...more],
});
const lastSynced = (email: string, more: Record<string, string>) => ({
	lastSynced: JSON.stringify({ 'primaryInfo.email': email, ...more }),
});

test('a user that keeps an address, while its second address is written, does not free it', () => {
	const outcome = run({
		dataFlow: also(kept('work', 'work', { compare: 'email' })),
		wixRecords: [
			{ ...contact('C1', a), work: w },
			{ ...contact('C2', a), work: z },
		],
		users: [
			{ ...user('U1', a), work: u },
			{ ...user('U2', b), work: z },
		],
		links: [
			linked('C1', 'U1', null, lastSynced(a, { work: u })),
			linked('C2', 'U2', null, lastSynced(b, { work: z })),
		],
	});
	expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(['U1']);
	expect(outcome.review).toMatchObject([{ reason: 'addressTaken', userIds: 'U1, U2' }]);
});

test('a user that was sent away from an address leaves it, whatever else is written to it', () => {
	const outcome = run({
		dataFlow: also(kept('org', 'org')),
		wixRecords: [
			{ ...contact('C1', w), org: 'New' },
			{ ...contact('C2', a), org: 'Old' },
		],
		users: [
			{ ...user('U1', a), org: 'Old' },
			{ ...user('U2', b), org: 'Old' },
		],
		links: [
			linked('C1', 'U1', null, {
				...lastSynced(a, { org: 'Old' }),
				pending: pendings(pendingWrite(a, w, sent)),
			}),
			linked('C2', 'U2', null, lastSynced(b, { org: 'Old' })),
		],
	});
	expect(outcome.review).toEqual([]);
	expect(outcome.report.counts).toMatchObject({ changed: 1, waiting: 1 });
});

test('a record whose create is given up counts for itself', () => {
	const outcome = run({
		wixRecords: [contact('C1', a)],
		users: [user('U5', u)],
		links: [linked('C1', '', null, { pending: pendings(pendingWrite(null, a, create)) })],
	});
	expect(outcome.report.counts.unmatched).toBe(2);
});
