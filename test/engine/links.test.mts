import { atLeast } from '../../runtime/entries.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	baseOf,
	contact,
	create,
	finding,
	gone,
	linked,
	member,
	movedTo,
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
			links: [linked('C1', 'U1', a, movedTo('wix', 'C9')), rest.link],
		});
		expect(outcome.links.map(({ link }) => [link.wixId, link.userId])).toEqual([['C1', 'U1']]);
		expect(outcome.links.flatMap(({ link }) => pendingOf(link))).toEqual([
			finding('users', 'announced', { until: expect.any(String) as never }),
		]);
	});

	test('of a record that a create was announced for', () => {
		const links = [
			linked('C1', '', null, {
				pending: pendings(finding('wix', 'moved', { code: 'C9' }), pendingWrite(null, a, create)),
			}),
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
			linked('C1', 'U1', a, movedTo('users', 'U9')),
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
				linked('C1', 'U1', null, { id: 3 }),
				linked('C1', 'U1', a, { id: 7, pending }),
				linked('C1', '', null, { id: 9, state: 'ignored' }),
			],
		});
		expect(
			outcome.links.map(({ operation, link }) => [operation, link.id, link.pending, baseOf(link)]),
		).toEqual([
			['update', 3, pending, a],
			['remove', 7, pending, a],
		]);
	});

	test('an unlinked row counts once with the record that is left, and what was found out goes when the record comes back', () => {
		const links = [linked('C1', 'U1', a, { ...gone, state: 'unlinked' })];
		const three = run({
			wixRecords: [contact('C5', a), contact('C6', a)],
			users: [user('U1', a)],
			links,
		});
		expect(three.report.counts).toMatchObject({ review: 3, vanished: 0 });
		expect(reasons(three)).toEqual(['ambiguous', 'vanished']);
		const back = run({ wixRecords: [contact('C1', a)], users: [user('U2', b)], links });
		expect(back.links.map(({ link }) => [link.state, pendingOf(link)])).toEqual([
			['unlinked', [finding('users', 'announced', { until: expect.any(String) as never })]],
		]);
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
