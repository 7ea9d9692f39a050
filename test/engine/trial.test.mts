import { contactsAndUsers, type DataFlow } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	gone,
	linked,
	pendings,
	pendingWrite,
	run,
	steps,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { flowOf, kept } from './refusal.mts';

const trial = (given: Given, ...onlyRecords: string[]) =>
	run({ ...given, policies: { ...given.policies, onlyRecords } });

/** Two pairs, both edited in Wix. */
const edited = {
	wixRecords: [contact('C1', w), contact('C2', z)],
	users: [user('U1', a), user('U2', b)],
	links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
} satisfies Given;
const written = (outcome: ReturnType<typeof run>) =>
	[...outcome.toUsers, ...outcome.toWix].map(({ link }) => link.linkId);

describe('a trial names a pair', () => {
	test.each([
		['by the Wix id', 'C1'],
		['by the user id', 'U1'],
		['by an id pasted with white space', ' C1\n'],
		['by the address in Wix', w],
		['by the address of the user', a],
		['by an address in capitals', ' W@EXAMPLE.COM '],
	])('%s', (_, name) => {
		const outcome = trial(edited, name);
		expect(written(outcome)).toEqual(['contacts:C1:U1']);
		expect(outcome.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
		expect(outcome.report.counts).toMatchObject({ changed: 1, excluded: 1 });
	});

	test('by several names, each once', () => {
		const outcome = trial(edited, 'C1', b, 'C1', 'nobody');
		expect(written(outcome)).toEqual(['contacts:C1:U1', 'contacts:C2:U2']);
		expect(outcome.report.counts).toMatchObject({ changed: 2, excluded: 0 });
	});

	test('by an address that only the write would bring', () => {
		const given: Given = { wixRecords: [contact('C1', null)], users: [user('U1', a)] };
		const links = [linked('C1', 'U1', null)];
		expect(steps(trial({ ...given, links }, a))).toEqual(['wix update']);
	});

	test('by an id whose record this run does not see', () => {
		const partial = { complete: { wix: false, users: false } };
		const seen: Given = { ...partial, wixRecords: edited.wixRecords, links: edited.links };
		expect(written(trial(seen, 'U1'))).toEqual(['contacts:C1:U1']);
		expect(
			written(trial({ ...partial, users: [user('U1', w)], links: edited.links }, 'C1')),
		).toEqual(['contacts:C1:U1']);
	});

	test('by an address, whatever else is kept in sync', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [kept('info.name.last', 'last'), ...contactsAndUsers.properties],
		};
		expect(written(trial({ ...edited, dataFlow }, w))).toEqual(['contacts:C1:U1']);
	});

	test('not by a value that is no address', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.name.first', 'name')],
		};
		expect(steps(trial({ ...edited, dataFlow }, 'Ada'))).toEqual([]);
	});

	test('without a name, or with blank ones, it is none', () => {
		for (const names of [[], ['', ' ']]) {
			const outcome = trial(edited, ...names);
			expect(written(outcome)).toHaveLength(2);
			expect(outcome.report.counts).toMatchObject({ changed: 2, excluded: 0 });
		}
	});
});

describe('of everybody else', () => {
	test('nobody is created, deleted or unlinked', () => {
		const given: Given = {
			wixRecords: [contact('C2', b), contact('C3', z), contact('C4', u)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', a, gone), linked('C2', 'U2', b)],
			policies: { createMissing: 'users' },
		};
		const outcome = trial(given, 'C3');
		expect(outcome.toUsers.map(({ operation, link }) => [operation, link.wixId])).toEqual([
			['create', 'C3'],
		]);
		expect(outcome.links.map(({ link }) => [link.wixId, link.state])).toEqual([['C3', 'linked']]);
		expect(outcome.report.counts).toMatchObject({ changed: 1, excluded: 3, vanished: 0 });
		const removed = trial({ ...given, policies: { vanished: 'delete' } }, 'C3');
		expect(steps(removed)).toEqual([]);
		const unlinked = trial(given, 'U1');
		expect(unlinked.links.map(({ link }) => [link.wixId, link.state])).toEqual([
			['C1', 'unlinked'],
		]);
	});

	test('each counts once as excluded: rows and lone records of both sides', () => {
		const outcome = trial(
			{
				wixRecords: [contact('C1', a), contact('C3', z)],
				users: [user('U1', a), user('U4', u)],
				links: [linked('C1', 'U1', a)],
			},
			'nobody',
		);
		expect(outcome.report.counts).toMatchObject({ excluded: 3, inSync: 0, unmatched: 0 });
	});

	test('those that are named count as what they are', () => {
		const given: Given = {
			wixRecords: [contact('C1', a), contact('C3', z)],
			users: [user('U1', a), user('U4', u)],
			links: [linked('C1', 'U1', a)],
		};
		expect(trial(given, 'C3', u).report.counts).toMatchObject({ excluded: 1, unmatched: 2 });
		expect(trial(given, 'U1').report.counts).toMatchObject({ excluded: 2, inSync: 1 });
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.name.last', 'last')],
		};
		expect(trial({ ...given, dataFlow }, u).report.counts).toMatchObject({
			excluded: 2,
			unmatched: 1,
		});
	});

	test('a row that is taken out of the table is not counted', () => {
		const outcome = trial(
			{
				wixRecords: [contact('C1', a)],
				users: [user('U1', a)],
				links: [linked('C1', 'U1', a, { id: 1 }), linked('C1', 'U1', a, { id: 2 })],
			},
			'nobody',
		);
		expect(outcome.links.map(({ operation }) => operation)).toEqual(['remove']);
		expect(outcome.report.counts.excluded).toBe(1);
	});

	test('two rows of one pair, each waiting for the other record, count as the one that stays', () => {
		const waiting = (wixId: string, userId: string, side: 'wix' | 'users') =>
			linked(wixId, userId, null, {
				pending: pendings(pendingWrite(null, a, { ...create, side })),
			});
		const given: Given = {
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [waiting('C1', '', 'users'), waiting('', 'U1', 'wix')].map((link, n) => ({
				...link,
				id: n + 1,
			})),
		};
		expect(trial(given, 'nobody').report.counts.excluded).toBe(1);
	});

	test('nobody is deleted where no field is kept in sync either', () => {
		const given: Given = {
			dataFlow: flowOf([]),
			wixRecords: [contact('C2', b)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', null, gone), linked('C2', 'U2', null)],
			policies: { vanished: 'delete' },
		};
		expect(steps(trial(given, 'C2'))).toEqual([]);
		expect(steps(trial(given, 'U1'))).toEqual(['users delete']);
	});

	test('a write that one in the trial waits for is not sent', () => {
		const given: Given = {
			wixRecords: [contact('C1', b), contact('C2', w)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
		};
		const outcome = trial(given, 'U1');
		expect(steps(outcome)).toEqual([]);
		expect(outcome.review).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ waiting: 1, excluded: 1 });
	});
});
