import { atLeast } from '../../runtime/entries.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	create,
	gone,
	linked,
	member,
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
} from './builders.mts';

describe('links that heal', () => {
	const rest = { wix: contact('C2', b), user: user('U2', b), link: linked('C2', 'U2', b) };

	test('to the side that lists the survivor, never to the other one', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), rest.wix],
			users: [rest.user],
			links: [linked('C1', 'U1', a, { movedTo: 'C9' }), rest.link],
		});
		expect(outcome.links.map(({ link }) => [link.wixId, link.userId, link.movedTo])).toEqual([
			['C1', 'U1', ''],
		]);
		expect(brief(outcome.toUsers)).toEqual([
			{ operation: 'verify', recordId: 'U1', expected: {}, set: {} },
		]);
	});

	test('not in a run that did not see enough', () => {
		const links = [linked('C1', 'U1', a, { movedTo: 'U9' })];
		for (const complete of [
			{ wix: false, users: true },
			{ wix: false, users: false },
		]) {
			const outcome = run({ users: complete.users ? [user('U1', a)] : [], complete, links });
			expect([outcome.links, steps(outcome)]).toEqual([[], []]);
		}
	});

	test('of a record that a create was announced for', () => {
		const links = [
			linked('C1', '', null, { movedTo: 'C9', pending: pendings(pendingWrite(null, a, create)) }),
		];
		const outcome = run({
			wixRecords: [contact('C9', a)],
			links,
			policies: { createMissing: 'users' },
		});
		expect(outcome.toUsers.map(({ operation, link }) => [operation, link.wixId])).toEqual([
			['create', 'C9'],
		]);
	});

	test('not to a user that another flow has', () => {
		const links = [
			linked('C1', 'U1', a, { movedTo: 'U9' }),
			linked('M1', 'U9', null, { flow: 'members', linkId: 'm' }),
		];
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U9', z)], links });
		expect(reasons(outcome)).toEqual(['mergedIntoLinked']);
		expect(steps(outcome)).toEqual([]);
	});
});

describe('rows', () => {
	test('doubles of a pair that is left alone keep what they knew', () => {
		const pending = pendings(pendingWrite(a, w, sent));
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [
				linked('C1', 'U1', null, { rowId: '3' }),
				linked('C1', 'U1', a, { rowId: '7', pending }),
				linked('C1', '', null, { rowId: '9', state: 'ignored' }),
			],
		});
		expect(
			outcome.links.map(({ operation, link }) => [
				operation,
				link.rowId,
				link.pending,
				baseOf(link),
			]),
		).toEqual([
			['update', '3', pending, a],
			['remove', '7', pending, a],
		]);
	});

	test('an unlinked row counts once with the record that is left, and its gone mark goes when the record comes back', () => {
		const links = [linked('C1', 'U1', a, { ...gone, state: 'unlinked' })];
		const three = run({
			wixRecords: [contact('C5', a), contact('C6', a)],
			users: [user('U1', a)],
			links,
		});
		expect(three.report.counts).toMatchObject({ review: 3, vanished: 0 });
		expect(reasons(three)).toEqual(['ambiguous', 'vanished']);
		const back = run({ wixRecords: [contact('C1', a)], users: [user('U2', b)], links });
		expect(back.links.map(({ link }) => [link.state, link.goneSide])).toEqual([['unlinked', '']]);
	});

	test.each(['null', '[]', '{}', ''])('texts that say nothing (%s) are empty', (pending) => {
		const isBad = pending === '{}';
		const links = [linked('C1', 'U1', a, { pending })];
		expect(reasons(run({ wixRecords: [contact('C1', a)], users: [user('U1', a)], links }))).toEqual(
			isBad ? ['badLink'] : [],
		);
	});
});

describe('the member flow', () => {
	const given = {
		dataFlow: membersAndUsers,
		wixRecords: [member('M1', a, 'C1')],
		users: [user('U1', a)],
	};

	test('takes over what is under way, too, and not what a person keeps apart', () => {
		const made = linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, sent)) });
		const [added] = atLeast(
			run({ ...given, wixRecords: [member('M1', w, 'C1')], links: [made] }).links,
			1,
		);
		expect(pendingOf(added.link)).toEqual([
			pendingWrite(a, w, { ...sent, property: 'loginEmail' }),
		]);
		const apart = linked('M1', 'U1', null, { flow: 'members', linkId: 'k', state: 'keepApart' });
		expect(run({ ...given, links: [made, apart] }).links).toEqual([]);
	});

	test('leaves rows of other flows alone', () => {
		expect(run({ ...given, links: [linked('C1', 'U1', a, { flow: 'names' })] }).links).toEqual([]);
	});
});
