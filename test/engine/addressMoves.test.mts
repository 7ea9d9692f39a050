import { atLeast, entryAt } from '../../runtime/entries.mts';
import { contactsAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import {
	contact,
	daysLater,
	linked,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	user,
} from './builders.mts';
import { kept } from './refusal.mts';
import { mail, moves, order, taken } from './addressPairs.mts';

describe('updates of users go out', () => {
	test('in input order where nobody waits for anybody', () => {
		expect(order(moves('wix', ['a x', 'b', 'c y', 'd z']))).toEqual(['U1', 'U3', 'U4']);
	});

	test('as they came, but those that free an address before those that take it', () => {
		expect(order(moves('wix', ['z free', 'a b', 'b c', 'c d', 'y e']))).toEqual([
			'U1',
			'U4',
			'U3',
			'U2',
			'U5',
		]);
	});

	test('the one that frees an address for two others, before both', () => {
		const flow: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('work', 'work', { compare: 'email' })],
		};
		const base = (address: string, work: string) =>
			JSON.stringify({ 'primaryInfo.email': address, work });
		const outcome = run({
			dataFlow: flow,
			wixRecords: [
				{ ...contact('C1', mail('b')), work: mail('w1') },
				{ ...contact('C2', mail('y')), work: mail('w9') },
				{ ...contact('C3', mail('c')), work: mail('w2') },
			],
			users: [
				{ ...user('U1', mail('a')), work: mail('w1') },
				{ ...user('U2', mail('b')), work: mail('w2') },
				{ ...user('U3', mail('c')), work: mail('w3') },
			],
			links: [
				linked('C1', 'U1', null, { lastSynced: base(mail('a'), mail('w1')) }),
				linked('C2', 'U2', null, { lastSynced: base(mail('b'), mail('w2')) }),
				linked('C3', 'U3', null, { lastSynced: base(mail('c'), mail('w3')) }),
			],
			policies: { guard: null },
		});
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(['U2', 'U1', 'U3']);
		expect(outcome.review).toEqual([]);
	});
});

describe('with further fields', () => {
	const two: DataFlow = {
		...contactsAndUsers,
		properties: [
			...contactsAndUsers.properties,
			kept('work', 'work', { compare: 'email' }),
			kept('info.company', 'org'),
		],
	};
	/** Pairs told as 'old new', then the same of a second address and of the company. */
	const orderOf = (...told: string[]) => {
		const pairs = told.map((text) => atLeast(text.split(' '), 6));
		const { toUsers, review } = run({
			dataFlow: two,
			wixRecords: pairs.map(([, next, , work, , org], n) => ({
				...contact(`C${n}`, mail(next)),
				work: mail(work),
				info: { company: org },
			})),
			users: pairs.map(([old, , work, , org], n) => ({
				...user(`U${n}`, mail(old)),
				work: mail(work),
				org,
			})),
			links: pairs.map(([old, , work, , org], n) =>
				linked(`C${n}`, `U${n}`, null, {
					lastSynced: JSON.stringify({
						'primaryInfo.email': mail(old),
						work: mail(work),
						'info.company': org,
					}),
				}),
			),
			policies: { guard: null },
		});
		return [toUsers.map(({ recordId }) => recordId), review.map(({ reason }) => reason)];
	};

	test('a company that changes with the address holds nobody up', () => {
		expect(orderOf('a b w0 w0 x x', 'b c w1 w1 Old New')).toEqual([['U1', 'U0'], []]);
	});

	test('who waits for two goes after both, and before those who wait for it', () => {
		expect(orderOf('z a w0 w0 x x', 'a b w1 w3 x x', 'b y w2 w2 x x', 'd d w3 w9 x x')).toEqual([
			['U2', 'U3', 'U1', 'U0'],
			[],
		]);
	});
});

describe('an address that is held', () => {
	test('by a user who stays is not written: one matter with both', () => {
		const given = moves('wix', ['a b', 'b', 'c d']);
		expect(order(given)).toEqual(['U3']);
		expect(run(given).review).toMatchObject([
			{ reason: 'addressTaken', wixIds: 'C1', userIds: 'U1, U2' },
		]);
		expect(run(given).report.counts).toMatchObject({ review: 1, changed: 1, inSync: 1 });
	});

	test('holds up everybody who waits for the one that cannot move', () => {
		const given = moves('wix', ['a b', 'b c', 'c d', 'd']);
		expect(order(given)).toEqual([]);
		expect(taken(given)).toEqual([
			['addressTaken', 'C3, U3, U4'],
			['addressTaken', 'C2, U2, U3'],
			['addressTaken', 'C1, U1, U2'],
		]);
		expect(run(given).report.counts).toMatchObject({ review: 3, inSync: 1 });
	});

	test('by one whose own address is edited, but who keeps this one', () => {
		const flow: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.name.first', 'first')],
		};
		const given = moves('wix', ['a b'], {
			dataFlow: flow,
			wixRecords: [contact('C2', mail('b'))],
			users: [{ ...user('U2', mail('b')), first: 'Old' }],
			links: [
				linked('C2', 'U2', null, {
					lastSynced: JSON.stringify({ 'primaryInfo.email': mail('b'), 'info.name.first': 'Old' }),
				}),
			],
		});
		expect(order(given)).toEqual(['U2']);
		expect(taken(given)).toEqual([['addressTaken', 'C1, U1, U2']]);
	});

	test('by one that was sent away from it already waits, and so do those behind', () => {
		const away = linked('C3', 'U3', mail('c'), {
			pending: pendings(pendingWrite(mail('c'), mail('d'), sent)),
		});
		const given = moves('wix', ['a b', 'b c'], {
			wixRecords: [contact('C3', mail('d'))],
			users: [user('U3', mail('c'))],
			links: [away],
		});
		expect([order(given), taken(given)]).toEqual([[], []]);
		expect(run(given).report.counts).toMatchObject({ waiting: 3, review: 0 });
		const late = { ...given, now: daysLater(9) };
		expect(run(late).report.counts).toMatchObject({ waiting: 0, review: 3 });
		expect(reasons(run(late))).toEqual(['addressTaken', 'addressTaken', 'notTaken']);
	});

	test('by nobody, but wanted by two: neither gets it, nor those who wait for them', () => {
		const given = moves('wix', ['a x', 'b x', 'c a', 'd y']);
		expect(order(given)).toEqual(['U4']);
		expect(taken(given)).toEqual([
			['addressTaken', 'U1, U2'],
			['addressTaken', 'C3, U1, U3'],
		]);
		expect(entryAt(run(given).review, 0).question).toContain('would get the same address');
	});

	test('by a third, and wanted by two: still one matter of the two', () => {
		const given = moves('wix', ['a x', 'b x', 'x']);
		expect(order(given)).toEqual([]);
		expect(taken(given)).toEqual([['addressTaken', 'U1, U2']]);
	});

	test('in another case is the same address', () => {
		const given = moves('wix', ['a B', 'b']);
		expect(order(given)).toEqual([]);
		expect(reasons(run(given))).toEqual(['addressTaken']);
	});
});
