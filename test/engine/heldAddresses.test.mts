import { AddressBook } from '../../nodes/MatchAndMap/engine/decide/addresses';
import {
	contactsAndUsers,
	type DataFlow,
	type LinkRow,
	type Pending,
} from '../../nodes/MatchAndMap/engine/index';
import { read } from '../../nodes/MatchAndMap/engine/read';
import { compile } from '../../nodes/MatchAndMap/engine/rules';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	inputOf,
	linked,
	pendings,
	pendingWrite,
	run,
	sent,
	toWix,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

const also = (...more: DataFlow['properties']): DataFlow => ({
	...contactsAndUsers,
	properties: [...contactsAndUsers.properties, ...more],
});
const withWork = also(kept('work', 'work', { compare: 'email' }));
const withOrg = also(kept('org', 'org'));
const lastSynced = (address: string, more: Record<string, string>) =>
	JSON.stringify({ 'primaryInfo.email': address, ...more });

/** What becomes of a lone contact L1 that wants a user with the address w. */
function fate(given: Given): 'created' | 'waits' | 'review' {
	const outcome = run({
		...given,
		wixRecords: [...(given.wixRecords ?? []), contact('L1', w)],
		policies: { createMissing: 'users', guard: null, ...given.policies },
	});
	if (outcome.toUsers.some(({ link }) => link.wixId === 'L1')) return 'created';
	const isTaken = outcome.review.some(
		({ reason, wixIds }) => reason === 'addressTaken' && wixIds.includes('L1'),
	);
	return isTaken ? 'review' : 'waits';
}
/** The same in Wix: a lone user L1 wants a contact. */
function fateInWix(given: Given): 'created' | 'not created' {
	const outcome = run({
		...given,
		users: [...(given.users ?? []), user('L1', w)],
		policies: { createMissing: 'wix', guard: null, ...given.policies },
	});
	return outcome.toWix.some(({ link }) => link.userId === 'L1') ? 'created' : 'not created';
}
const row = (wixId: string, userId: string, entries: Pending[], more: Partial<LinkRow> = {}) =>
	linked(wixId, userId, null, { pending: pendings(...entries), ...more });

describe('the book of a side', () => {
	const input = inputOf({ users: [user('U1', w), user('U2', null), user('U3', w), user('U4', a)] });
	const known = read(compile(input), input);
	const book = (wanted?: string[]) =>
		new AddressBook(known, 'users', [], [], wanted === undefined ? undefined : new Set(wanted));
	const holders = (of: AddressBook, key: string) => of.holders(key).map(({ id }) => id);

	test('names everybody who holds an address; nobody holds none', () => {
		expect([holders(book(), w), holders(book(), a)]).toEqual([['U1', 'U3'], ['U4']]);
		expect([holders(book(), b), holders(book(), '')]).toEqual([[], []]);
	});

	test('keeps only what will be asked for, where that is known', () => {
		const asked = book([w, '']);
		expect([holders(asked, w), holders(asked, a), holders(asked, '')]).toEqual([
			['U1', 'U3'],
			[],
			[],
		]);
	});

	test('takes no arrival of an empty address', () => {
		const of = book();
		of.arrive('', { row: undefined, isSoon: true });
		of.arrive(b, { row: undefined, isSoon: true });
		expect(of.arrival('')).toBeUndefined();
		expect(of.arrival(b)).toEqual({ row: undefined, isSoon: true });
	});
});

describe('an address that a linked user holds', () => {
	test('and keeps, while another field of the pair waits: reviewed', () => {
		expect(
			fate({
				dataFlow: withOrg,
				wixRecords: [{ ...contact('C1', w), org: 'New' }],
				users: [{ ...user('U1', w), org: 'Old' }],
				links: [
					row('C1', 'U1', [pendingWrite('Old', 'New', { ...sent, property: 'org' })], {
						lastSynced: lastSynced(w, { org: 'Old' }),
					}),
				],
			}),
		).toBe('review');
	});

	test('and keeps, because what was to come is nothing: reviewed', () => {
		expect(
			fate({
				wixRecords: [contact('C1', null)],
				users: [user('U1', w)],
				links: [row('C1', 'U1', [pendingWrite(w, '', sent)])],
			}),
		).toBe('review');
	});

	test('of two, of whom only the second is about to leave it: reviewed', () => {
		expect(
			fate({
				wixRecords: [contact('C1', b), contact('C8', w)],
				users: [user('U8', w), user('U1', w)],
				links: [row('C1', 'U1', [pendingWrite(w, b, sent)]), linked('C8', 'U8', w)],
			}),
		).toBe('review');
	});

	test('while an edit to it is held up: reviewed with the one that holds it', () => {
		const given: Given = {
			wixRecords: [contact('C1', w), contact('C9', w)],
			users: [user('U1', a), user('U9', w)],
			links: [linked('C1', 'U1', a), linked('C9', 'U9', w)],
		};
		expect(fate(given)).toBe('review');
	});

	test('and is to show in its other field: a third pair is not given it', () => {
		const swap = [pendingWrite(w, b, sent), pendingWrite(b, w, { ...sent, property: 'work' })];
		const outcome = run({
			dataFlow: withWork,
			wixRecords: [
				{ ...contact('C1', b), work: w },
				{ ...contact('C3', w), work: z },
			],
			users: [
				{ ...user('U1', w), work: b },
				{ ...user('U3', a), work: z },
			],
			links: [
				row('C1', 'U1', swap, { lastSynced: lastSynced(w, { work: b }) }),
				linked('C3', 'U3', null, { lastSynced: lastSynced(a, { work: z }) }),
			],
		});
		expect(outcome.toUsers).toEqual([]);
		expect(outcome.review).toMatchObject([
			{ reason: 'addressTaken', wixIds: 'C3', userIds: 'U1, U3' },
		]);
	});
});

describe('an address that a stuck write was to bring', () => {
	/** The write to the user is overdue; `wix` and `org` tell what else there is to do on the pair. */
	const stuck = (org: string): Given => ({
		dataFlow: withOrg,
		now: daysLater(9),
		wixRecords: [{ ...contact('C1', w), org: 'Old' }],
		users: [{ ...user('U1', a), org }],
		links: [
			row('C1', 'U1', [pendingWrite(a, w, sent)], { lastSynced: lastSynced(a, { org: 'Old' }) }),
		],
	});

	test('is reviewed with that pair, whatever is written to Wix on it', () => {
		expect(fate(stuck('Old'))).toBe('review');
		expect(run(stuck('New')).toWix.map(({ set }) => set)).toEqual([{ org: 'New' }]);
		expect(fate(stuck('New'))).toBe('review');
	});
});

describe('a row that waits for a create speaks for', () => {
	const made = (to: string, more: Partial<Pending> = {}) =>
		pendingWrite(null, to, { ...create, ...sent, ...more });

	test('what its record holds by now, not what it held', () => {
		const users = (holds: string, announced: string) =>
			fate({ wixRecords: [contact('C1', holds)], links: [row('C1', '', [made(announced)])] });
		expect([users(z, w), users(z, z)]).toEqual(['created', 'created']);
		const wix = (holds: string, announced: string) =>
			fateInWix({ users: [user('U1', holds)], links: [row('', 'U1', [made(announced, toWix)])] });
		expect([wix(z, w), wix(w, z)]).toEqual(['created', 'not created']);
	});

	test('what was announced for a create, where its record is not listed, and not an earlier update', () => {
		const announced = (first: string, second: string) =>
			fate({ links: [row('C1', '', [pendingWrite(a, first, sent), made(second)])] });
		expect([announced(z, w), announced(w, z)]).toEqual(['waits', 'created']);
	});

	test('no address that only stands as a text in another field', () => {
		expect(
			fate({
				dataFlow: withOrg,
				wixRecords: [{ ...contact('C1', z), org: w }],
				links: [row('C1', '', [made(z)])],
			}),
		).toBe('created');
	});

	test('and still does once the new user is in its row but in no list', () => {
		const given = (entry: Pending): Given => ({
			wixRecords: [contact('C1', z)],
			users: [user('U5', b)],
			links: [row('C1', 'U1', [entry], { lastSynced: lastSynced(z, {}) })],
		});
		expect(fate(given(made(w)))).not.toBe('created');
		expect(fate(given(made(u)))).toBe('created');
	});
});

describe('members have no say in what is created as a contact', () => {
	test('not even with an address that is on its way to Wix', () => {
		const member = row(
			'M1',
			'U7',
			[pendingWrite(a, w, { ...sent, ...toWix, property: 'loginEmail' })],
			{
				flow: 'members',
				linkId: 'members:M1:U7',
			},
		);
		expect(fateInWix({ links: [member] })).toBe('created');
	});

	test('nor a contact that is looked up: its address may be free among users', () => {
		const missing: Given = { users: [user('U1', z)], links: [linked('C1', 'U1', w)] };
		expect(fate(missing)).toBe('created');
	});
});
