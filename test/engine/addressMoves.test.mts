import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type DataFlow,
} from '../../nodes/MatchAndMap/engine/index';
import {
	contact,
	daysLater,
	linked,
	member,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	steps,
	user,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

const mail = (name: string) => `${name}@example.com`;

/**
 * Linked pairs, told as 'old new': the address that both held and the one that was entered on one side.
 * The numbers of the pairs are their places: C1-U1, C2-U2.
 */
function moves(where: 'wix' | 'users', told: string[], more: Given = {}): Given {
	const pairs = told.map((text, n) => {
		const [old, next = old] = atLeast(text.split(' '), 1);
		return { n: n + 1, old: mail(old), next: mail(next) };
	});
	return {
		...more,
		wixRecords: [
			...pairs.map(({ n, old, next }) => contact(`C${n}`, where === 'wix' ? next : old)),
			...(more.wixRecords ?? []),
		],
		users: [
			...pairs.map(({ n, old, next }) => user(`U${n}`, where === 'users' ? next : old)),
			...(more.users ?? []),
		],
		links: [...pairs.map(({ n, old }) => linked(`C${n}`, `U${n}`, old)), ...(more.links ?? [])],
		policies: { guard: null, ...more.policies },
	};
}

const order = (given: Given) => {
	const { toUsers, toWix } = run(given);
	return [...toUsers, ...toWix].map(({ recordId, allowDuplicates }) =>
		allowDuplicates === true ? `${recordId}!` : recordId,
	);
};
/** Ids of the matters about addresses, of the side that is written. */
const taken = (given: Given) =>
	run(given).review.map(({ reason, wixIds, userIds }) => [reason, [...wixIds, ...userIds]]);

describe('updates of users go out', () => {
	test('in input order where nobody waits for anybody', () => {
		expect(order(moves('wix', ['a x', 'b', 'c y', 'd z']))).toEqual(['U1', 'U3', 'U4']);
	});

	test('those that free an address first, in the order in which they can', () => {
		expect(order(moves('wix', ['z free', 'a b', 'b c', 'c d', 'y e']))).toEqual([
			'U4',
			'U3',
			'U1',
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
			{ reason: 'addressTaken', wixIds: ['C1'], userIds: ['U1', 'U2'] },
		]);
		expect(run(given).report.counts).toMatchObject({ review: 1, changed: 1, inSync: 1 });
	});

	test('holds up everybody who waits for the one that cannot move', () => {
		const given = moves('wix', ['a b', 'b c', 'c d', 'd']);
		expect(order(given)).toEqual([]);
		expect(taken(given)).toEqual([
			['addressTaken', ['C3', 'U3', 'U4']],
			['addressTaken', ['C2', 'U2', 'U3']],
			['addressTaken', ['C1', 'U1', 'U2']],
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
		expect(taken(given)).toEqual([['addressTaken', ['C1', 'U1', 'U2']]]);
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
			['addressTaken', ['U1', 'U2']],
			['addressTaken', ['C3', 'U1', 'U3']],
		]);
		expect(entryAt(run(given).review, 0).message).toContain('would get the same address');
	});

	test('by a third, and wanted by two: still one matter of the two', () => {
		const given = moves('wix', ['a x', 'b x', 'x']);
		expect(order(given)).toEqual([]);
		expect(taken(given)).toEqual([['addressTaken', ['U1', 'U2']]]);
	});

	test('in another case is the same address', () => {
		const given = moves('wix', ['a B', 'b']);
		expect(order(given)).toEqual([]);
		expect(reasons(run(given))).toEqual(['addressTaken']);
	});
});

describe('addresses that go round', () => {
	test('between contacts: the first write of each round passes as a duplicate', () => {
		expect(order(moves('users', ['a b', 'b c', 'c a']))).toEqual(['C1!', 'C3', 'C2']);
		expect(order(moves('users', ['a b', 'b a', 'c d', 'd c']))).toEqual(['C1!', 'C2', 'C3!', 'C4']);
		expect(taken(moves('users', ['a b', 'b c', 'c a']))).toEqual([]);
	});

	test('no more writes pass as duplicates than there are rounds', () => {
		const given = moves('users', ['x', 'a b', 'b c', 'c a', 'e f', 'f free']);
		expect(order(given)).toEqual(['C6', 'C2!', 'C4', 'C3', 'C5']);
	});

	test.each<[string, Given]>([
		['between users', moves('wix', ['z a', 'a b', 'b a', 'y free'])],
		[
			'between members',
			{
				dataFlow: membersAndUsers,
				wixRecords: ['z', 'a', 'b', 'y'].map((name, n) => member(`M${n + 1}`, mail(name), `C${n}`)),
				users: ['a', 'b', 'a', 'free'].map((name, n) => user(`U${n + 1}`, mail(name))),
				links: ['z', 'a', 'b', 'y'].map((name, n) =>
					linked(`M${n + 1}`, `U${n + 1}`, null, {
						flow: 'members',
						linkId: `m${n}`,
						lastSynced: JSON.stringify({ loginEmail: mail(name) }),
					}),
				),
				policies: { guard: null },
			},
		],
	])('%s are one matter, and whoever waits for them waits', (_, given) => {
		const outcome = run(given);
		expect(steps(outcome)).toHaveLength(1);
		expect(reasons(outcome)).toContain('addressTaken');
	});

	test('the first of a round is the first in input order, whoever leads to it', () => {
		const two: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('work', 'work', { compare: 'email' })],
		};
		const told = ['z z w1 w4', 'a b w2 w2', 'b c w3 w3', 'c a w4 w9'].map((text) =>
			atLeast(text.split(' ').map(mail), 4),
		);
		const outcome = run({
			dataFlow: two,
			wixRecords: told.map(([old, , work], n) => ({ ...contact(`C${n + 1}`, old), work })),
			users: told.map(([, next, , work], n) => ({ ...user(`U${n + 1}`, next), work })),
			links: told.map(([old, , work], n) =>
				linked(`C${n + 1}`, `U${n + 1}`, null, {
					lastSynced: JSON.stringify({ 'primaryInfo.email': old, work }),
				}),
			),
			policies: { guard: null },
		});
		expect(
			outcome.toWix.map(({ recordId, allowDuplicates }) => [recordId, allowDuplicates]),
		).toEqual([
			['C2', true],
			['C4', undefined],
			['C3', undefined],
			['C1', undefined],
		]);
	});

	test('between members no write passes as a duplicate, entered by users or not', () => {
		const names = ['a', 'b'];
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: names.map((name, n) => member(`M${n}`, mail(name), `C${n}`)),
			users: ['b', 'a'].map((name, n) => user(`U${n}`, mail(name))),
			links: names.map((name, n) =>
				linked(`M${n}`, `U${n}`, null, {
					flow: 'members',
					linkId: `m${n}`,
					lastSynced: JSON.stringify({ loginEmail: mail(name) }),
				}),
			),
		});
		expect(steps(outcome)).toEqual([]);
		expect(outcome.review).toMatchObject([{ reason: 'addressTaken', wixIds: ['M0', 'M1'] }]);
	});

	test('between users: the round is listed once, those behind it with the one they wait for', () => {
		const given = moves('wix', ['z a', 'a b', 'b c', 'c a', 'y free']);
		expect(order(given)).toEqual(['U5']);
		const outcome = run(moves('wix', ['a b', 'b c', 'c a', 'y free']));
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(['U4']);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({ wixIds: [], userIds: ['U1', 'U2', 'U3'] });
		expect(entryAt(outcome.review, 0).message).toContain('swap');
		expect(outcome.report.counts).toMatchObject({ review: 3, changed: 1 });
	});
});
