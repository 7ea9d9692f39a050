import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type DataFlow,
} from '../../nodes/MatchAndMap/engine/index';
import { contact, linked, member, reasons, run, steps, user, type Given } from './builders.mts';
import { kept } from './refusal.mts';
import { mail, moves, order, taken } from './addressPairs.mts';

describe('addresses that go round', () => {
	test('between contacts: the first write of each round passes as a duplicate', () => {
		expect(order(moves('users', ['a b', 'b c', 'c a']))).toEqual(['C1!', 'C3', 'C2']);
		expect(order(moves('users', ['a b', 'b a', 'c d', 'd c']))).toEqual(['C1!', 'C2', 'C3!', 'C4']);
		expect(taken(moves('users', ['a b', 'b c', 'c a']))).toEqual([]);
	});

	test('no more writes pass as duplicates than there are rounds', () => {
		const given = moves('users', ['x', 'a b', 'b c', 'c a', 'e f', 'f free']);
		expect(order(given)).toEqual(['C2!', 'C4', 'C3', 'C6', 'C5']);
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

	test('one write of a round goes first, whoever leads to it, and each of the others after what frees its address', () => {
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
			['C4', true],
			['C1', undefined],
			['C3', undefined],
			['C2', undefined],
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
		expect(outcome.review).toMatchObject([{ reason: 'addressTaken', wixIds: 'M0, M1' }]);
	});

	test('between users: the round is listed once, those behind it with the one they wait for', () => {
		const given = moves('wix', ['z a', 'a b', 'b c', 'c a', 'y free']);
		expect(order(given)).toEqual(['U5']);
		const outcome = run(moves('wix', ['a b', 'b c', 'c a', 'y free']));
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(['U4']);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({ wixIds: '', userIds: 'U1, U2, U3' });
		expect(entryAt(outcome.review, 0).question).toContain('swap');
		expect(outcome.report.counts).toMatchObject({ review: 3, changed: 1 });
	});
});
