import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	membersAndUsers,
	type DataFlow,
	type JsonObject,
	type LinkRow,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	gone,
	linked,
	linkIds,
	member,
	pendings,
	pendingWrite,
	reasons,
	run,
	steps,
	user,
	z,
	type Given,
} from './builders.mts';

const pair = (wix: string, userField: string, compare: 'exact' | 'email' = 'exact') => ({
	wix,
	user: userField,
	compare,
});
const byAddress = entryAt(contactsAndUsers.link, 0);
const flow = (...link: DataFlow['link']): DataFlow => ({ ...contactsAndUsers, link });

describe('link rules', () => {
	const people: Given = {
		wixRecords: [
			{ ...contact('C1', a), phone: '1' },
			{ ...contact('C2', null), phone: '2' },
			{ ...contact('C3', null), phone: '3', code: 'x' },
		],
		users: [
			{ ...user('U1', a), phone: '9' },
			{ ...user('U2', b), phone: '2' },
			{ ...user('U3', z), phone: '8', code: 'x' },
		],
	};
	const byPhone = { pairs: [pair('phone', 'phone')] };
	const byCode = { pairs: [pair('code', 'code')] };

	test('are tried in order, each on what the earlier ones left', () => {
		expect(linkIds(run({ ...people, dataFlow: flow(byAddress) }))).toEqual(['C1-U1']);
		expect(linkIds(run({ ...people, dataFlow: flow(byAddress, byPhone) }))).toEqual([
			'C1-U1',
			'C2-U2',
		]);
		expect(linkIds(run({ ...people, dataFlow: flow(byPhone, byCode, byAddress) }))).toEqual([
			'C1-U1',
			'C2-U2',
			'C3-U3',
		]);
	});

	test('the first that fits decides', () => {
		const given: Given = {
			wixRecords: [{ ...contact('C1', a), phone: '2' }],
			users: [user('U1', a), { ...user('U2', b), phone: '2' }],
		};
		expect(linkIds(run({ ...given, dataFlow: flow(byAddress, byPhone) }))).toEqual(['C1-U1']);
		expect(linkIds(run({ ...given, dataFlow: flow(byPhone, byAddress) }))).toEqual(['C1-U2']);
	});

	test('a group in doubt under one rule is not tried under later ones', () => {
		const given: Given = {
			wixRecords: [
				{ ...contact('C1', a), phone: '1' },
				{ ...contact('C2', a), phone: '2' },
			],
			users: [{ ...user('U1', a), phone: '1' }],
		};
		const outcome = run({ ...given, dataFlow: flow(byAddress, byPhone) });
		expect([linkIds(outcome), reasons(outcome)]).toEqual([[], ['ambiguous']]);
		expect(outcome.report.counts).toMatchObject({ review: 3, unmatched: 0 });
		expect(linkIds(run({ ...given, dataFlow: flow(byPhone, byAddress) }))).toEqual(['C1-U1']);
	});

	test('of several pairs: every one has to match, and none may be empty', () => {
		const names = flow({ pairs: [pair('first', 'first'), pair('last', 'last')] });
		const named = (id: string, first: unknown, last: unknown) =>
			({ id, first, last }) as JsonObject;
		const given: Given = {
			dataFlow: names,
			wixRecords: [
				named('C1', 'Ada', 'One'),
				named('C2', 'Ada', 'Two'),
				named('C3', 'Ada', ''),
				named('C4', 'a","b', 'c'),
				named('C5', 7, true),
			],
			users: [
				named('U1', 'Ada', 'Two'),
				named('U2', 'Bea', 'One'),
				named('U3', 'Ada', ' '),
				named('U4', 'a', 'b","c'),
				named('U5', '7', 'true'),
			],
		};
		const outcome = run(given);
		expect(linkIds(outcome)).toEqual(['C2-U1', 'C5-U5']);
		expect(outcome.report.withoutKey).toEqual({ wix: 1, users: 1 });
		expect(outcome.report.counts).toMatchObject({ linkedNow: 2, withoutKey: 2, unmatched: 4 });
	});

	test('a value that cannot be compared keeps the record from linking: reviewed by its field', () => {
		const outcome = run({
			dataFlow: flow({ pairs: [pair('tags', 'name')] }),
			wixRecords: [{ id: 'C1', tags: ['Ada'] }],
			users: [{ id: 'U1', name: { first: 'Ada' } }],
		});
		expect(reasons(outcome)).toEqual(['badValue', 'badValue']);
		expect(outcome.review.map(({ question }) => question)).toEqual([
			expect.stringContaining("'tags' holds a list"),
			expect.stringContaining("'name' holds an object"),
		]);
		expect(outcome.report.counts.review).toBe(2);
	});

	test('a number is no address', () => {
		const outcome = run({
			dataFlow: flow({ pairs: [pair('no', 'no', 'email')] }),
			wixRecords: [{ id: 'C1', no: 7 }],
		});
		expect(reasons(outcome)).toEqual(['badValue']);
	});
});

describe('who is no candidate', () => {
	test.each<[string, Given]>([
		['a record that is ignored', { links: [linked('C1', '', null, { state: 'ignored' })] }],
		['a user that is ignored', { links: [linked('', 'U1', null, { state: 'ignored' })] }],
		[
			'a user that is linked in another flow',
			{ links: [linked('M1', 'U1', null, { flow: 'members', linkId: 'm' })] },
		],
		[
			'a contact of a member, who is left alone',
			{ memberContactIds: ['C1'], policies: { memberContacts: 'leaveAlone' } },
		],
		['a record that a broken row names', { links: [linked('C1', 'U9', a, { pending: '{' })] }],
		['a user that a broken row names', { links: [linked('C9', 'U1', a, { pending: '{' })] }],
	])('%s', (_, given) => {
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U1', a)], ...given });
		expect(linkIds(outcome)).toEqual([]);
	});

	test('but a row of another flow that is not linked keeps nobody from linking', () => {
		const given = { wixRecords: [contact('C1', a)], users: [user('U1', a)] };
		const links = [linked('M1', 'U1', null, { flow: 'members', linkId: 'm', state: 'ignored' })];
		expect(linkIds(run({ ...given, links }))).toEqual(['C1-U1']);
	});

	test('members are never left alone in their own flow', () => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			memberContactIds: ['M1', 'C1'],
			policies: { memberContacts: 'leaveAlone' },
		});
		expect(linkIds(outcome)).toEqual(['M1-U1']);
	});
});

describe('a record that two rows wait for', () => {
	const waits = (more: Partial<LinkRow> = {}) =>
		linked('C5', '', null, {
			pending: pendings(pendingWrite(null, a, create)),
			...more,
		});
	const lost = linked('C1', 'U1', a, gone);

	test('goes to the one that was linked before, and the other is removed', () => {
		for (const links of [
			[lost, waits()],
			[waits(), lost],
		]) {
			const outcome = run({
				wixRecords: [contact('C5', a)],
				users: [user('U1', a)],
				links,
				policies: { createMissing: 'users' },
			});
			expect(
				outcome.links.map(({ operation, link }) => [
					operation,
					link.linkId,
					link.wixId,
					link.userId,
				]),
			).toEqual([
				['update', 'contacts:C1:U1', 'C5', 'U1'],
				['remove', 'contacts:C5:', 'C5', ''],
			]);
			expect(steps(outcome)).toEqual([]);
			expect(outcome.report.counts).toMatchObject({ linkedNow: 1, unmatched: 0, waiting: 0 });
		}
	});
});
