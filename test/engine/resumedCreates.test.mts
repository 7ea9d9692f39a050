import { atLeast, entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type LinkRow,
	type Pending,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	finding,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	runAnswered,
	sent,
	steps,
	u,
	user,
	z,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

const users = { createMissing: 'users' as const };
const first = 'info.name.first';
const last = 'info.name.last';
const named: DataFlow = {
	...contactsAndUsers,
	properties: [...contactsAndUsers.properties, kept(first, 'first'), kept(last, 'last')],
};

describe('a row that waits for its create', () => {
	const row = (more: Partial<Pending> = {}, link: Partial<LinkRow> = {}) =>
		linked('C1', '', null, {
			pending: pendings(pendingWrite(null, a, { ...create, ...more })),
			...link,
		});
	const resume = (more: Partial<Pending> = {}, given: Given = {}, link: Partial<LinkRow> = {}) =>
		run({
			wixRecords: [contact('C1', a)],
			users: [user('U5', u)],
			policies: users,
			...given,
			links: [row(more, link)],
		});
	const unsent = { outcome: 'announced' as const };

	test('announced and cut short: sent by the next run, once in its row', () => {
		const outcome = resume(unsent);
		expect(steps(outcome)).toEqual(['users create']);
		expect(pendingOf(entryAt(outcome.toUsers, 0).link)).toEqual([
			{
				...pendingWrite(null, a, create),
				until: expect.any(String),
				defaults: { name: 'Ada Example', login: a },
			},
		]);
	});

	test('announced with several fields: each stands in its row once', () => {
		const ada = { ...contact('C1', a), info: { name: { first: 'Ada', last: 'Ada' } } };
		const of = (property: string) => pendingWrite(null, 'Ada', { ...create, property });
		const given = { dataFlow: named, wixRecords: [ada] };
		for (const properties of [[first, last], [first]]) {
			const pending = pendings(pendingWrite(null, a, create), ...properties.map(of));
			const [change] = atLeast(resume({}, given, { pending }).toUsers, 1);
			expect(pendingOf(change.link).map(({ property }) => property)).toEqual([
				'primaryInfo.email',
				first,
				last,
			]);
		}
	});

	test('refused with a value that another field has by now is no refusal of this one', () => {
		const record = { ...contact('C1', a), info: { name: { first: 'Bea', last: 'Ada' } } };
		const refusal = { ...create, outcome: 'refused' as const, property: first };
		const outcome = resume(
			{},
			{ dataFlow: named, wixRecords: [record] },
			{ pending: pendings(pendingWrite(null, 'Ada', refusal)) },
		);
		expect([steps(outcome), reasons(outcome)]).toEqual([['users create'], []]);
	});

	test('of a record that cannot be used any more is given up', () => {
		const record = { ...contact('C1', a), info: { name: { first: ['Ada'] } } };
		const outcome = resume({}, { dataFlow: named, wixRecords: [record] });
		expect(steps(outcome)).toEqual([]);
		expect(outcome.links.map(({ operation }) => operation)).toEqual(['remove']);
	});

	test('links with nobody while its record is ignored', () => {
		const ignored = linked('C1', '', null, { state: 'ignored', id: 9, linkId: 'i' });
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U9', a)],
			links: [row(), ignored],
			policies: users,
		});
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, unmatched: 1 });
	});

	test('refused for good: reviewed with its code, until its record is edited', () => {
		const outcome = resume({ outcome: 'refused', code: 'FULL' }, { now: daysLater(99) });
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['refused']]);
		expect(outcome.review[0]).toMatchObject({
			wixIds: 'C1',
			userIds: '',
			question: expect.stringContaining(`${a}' for 'profile.email.email' (FULL)`),
		});
		expect(outcome.report.counts).toMatchObject({ refused: 1, unmatched: 1 });
		expect(entryAt(resume({ outcome: 'refused' }).review, 0).question).not.toContain('(');
		const edited = resume({ outcome: 'refused' }, { wixRecords: [contact('C1', b)] });
		expect(steps(edited)).toEqual(['users create']);
	});

	test('refused for now: tried again after a day', () => {
		const later = (days: number) => resume({ outcome: 'refusedForNow' }, { now: daysLater(days) });
		expect([steps(later(0.9)), reasons(later(0.9))]).toEqual([[], ['refused']]);
		expect(steps(later(1))).toEqual(['users create']);
		expect(later(1).links.map(({ operation }) => operation)).toEqual(['update']);
		expect(pendingOf(entryAt(later(1).toUsers, 0).link).map(({ outcome }) => outcome)).toEqual([
			'announced',
		]);
	});

	test('refused in one of several fields is refused', () => {
		const dataFlow: DataFlow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, kept('info.name.first', 'first')],
		};
		const property = 'info.name.first';
		const entries = (first: string) =>
			pendings(
				pendingWrite(null, a, { ...create, outcome: 'refused' }),
				pendingWrite(null, first, { ...create, outcome: 'refused', property }),
			);
		for (const first of ['Ada', 'Bea']) {
			const outcome = resume({}, { dataFlow }, { pending: entries(first) });
			expect([steps(outcome), reasons(outcome)]).toEqual([[], ['refused']]);
		}
	});

	test('refused on the other side is no refusal of this one', () => {
		expect(steps(resume({ outcome: 'refused', side: 'wix' }))).toEqual(['users create']);
	});

	test('after an update that the user before it refused, or never showed: sent all the same', () => {
		for (const outcome of ['refused', 'sent'] as const) {
			const pending = pendings(pendingWrite(b, a, { outcome }), pendingWrite(null, a, create));
			expect(steps(resume({}, {}, { pending }))).toEqual(['users create']);
		}
	});

	test('refused for good: a person may answer to leave it alone', () => {
		const given: Given = {
			wixRecords: [contact('C1', a)],
			users: [user('U5', u)],
			policies: users,
			links: [row({ outcome: 'refused' })],
		};
		const outcome = runAnswered(given, 'leaveAlone');
		expect(outcome.links.map(({ link }) => [link.wixId, link.state])).toEqual([['C1', 'ignored']]);
		expect(outcome.review.map(({ state }) => state)).toEqual(['settled']);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, refused: 0 });
	});

	test('sent without an id to find it by: waits to be seen, and is tried once more in the end', () => {
		expect(resume(sent).report.counts.waiting).toBe(1);
		expect(resume(sent, { now: daysLater(7) }).links).toEqual([]);
		expect(steps(resume(sent, { now: daysLater(7.1) }))).toEqual(['users create']);
	});

	test('of a record that is missing: that record is looked up, and the row given up once it is gone', () => {
		const missing = { wixRecords: [contact('C9', z)] };
		const outcome = resume(unsent, missing);
		expect(outcome.toWix.map(({ operation, recordId }) => [operation, recordId])).toEqual([
			['verify', 'C1'],
		]);
		expect(outcome.report.counts.waiting).toBe(1);
		const given = resume(unsent, missing, {
			pending: pendings(pendingWrite(null, a, create), finding('wix', 'gone')),
		});
		expect(given.links.map(({ operation, link }) => [operation, link.wixId])).toEqual([
			['add', 'C9'],
			['remove', 'C1'],
		]);
		expect(given.toWix).toEqual([]);
	});

	test('is given up when nobody is to be created any more, unless it was linked before', () => {
		const nobody = { policies: { createMissing: 'nobody' as const } };
		const given = resume(unsent, nobody);
		expect(given.links.map(({ operation }) => operation)).toEqual(['remove']);
		expect(given.report.counts.waiting).toBe(0);
		const based = { lastSynced: JSON.stringify({ 'primaryInfo.email': a }) };
		const again = { policies: { vanished: 'recreate' as const } };
		expect(steps(resume(unsent, again, based))).toEqual(['users create']);
		expect(steps(resume(unsent, again))).toEqual([]);
		expect(steps(resume(unsent, nobody, based))).toEqual([]);
	});

	test('links with a user that has the address by now, and is done', () => {
		const outcome = resume(unsent, { users: [user('U9', a)] });
		expect(
			outcome.links.map(({ operation, link }) => [operation, link.userId, link.pending]),
		).toEqual([['update', 'U9', '']]);
		expect(outcome.report.counts).toMatchObject({ linkedNow: 1, unmatched: 0, waiting: 0 });
	});

	test('is for review where two have the address by now', () => {
		const outcome = resume(unsent, { users: [user('U8', a), user('U9', a)] });
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['ambiguous']]);
		expect(outcome.report.counts).toMatchObject({ review: 3, unmatched: 0 });
	});

	test('waits on in a run that does not see both lists whole', () => {
		const outcome = resume(unsent, { complete: { wix: true, users: false } });
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
		expect(outcome.report.counts.waitingForFullRun).toBe(2);
	});

	test('as an answer asked for it is wanted whatever the policy', () => {
		const nobody = { policies: { createMissing: 'nobody' as const } };
		const [change] = atLeast(resume({ ...unsent, reason: 'answer' }, nobody).toUsers, 1);
		expect([change.operation, change.reason]).toEqual(['create', 'answer']);
	});
});
