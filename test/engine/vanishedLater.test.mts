import { entryAt } from '../../runtime/entries.mts';
import { type LinkRow, type Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	answered,
	contact,
	daysLater,
	finding,
	gone,
	goneUser,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	runAnswered,
	steps,
	type Step,
	user,
	type Given,
} from './builders.mts';
import { others, withoutContact } from './soundPair.mts';

const removal = (operation: 'delete' | 'deactivate', more: Partial<Pending> = {}) =>
	pendings({
		...pendingWrite(null, '', { operation, property: '', field: '', ...more }),
		to: null,
	});

/** The removals that a row holds, as they stand. */
const entriesOf = (written: readonly Step[]) =>
	pendingOf(entryAt(written, 0).link)
		.filter(({ operation }) => operation !== 'verify')
		.map(({ operation, outcome }) => [operation, outcome]);

describe('a removal that an earlier run announced', () => {
	const after = (more: Partial<Pending>, days = 0, operation: 'delete' | 'deactivate' = 'delete') =>
		run(withoutContact('delete', { pending: removal(operation, more) }, { now: daysLater(days) }));

	test('is sent again, and stands in the row once', () => {
		const { toUsers } = after({});
		expect(toUsers.map(({ operation }) => operation)).toEqual(['delete']);
		expect(entriesOf(toUsers)).toEqual([['delete', 'announced']]);
	});

	test('is another one than the one that is asked for now', () => {
		expect(entriesOf(after({}, 0, 'deactivate').toUsers)).toEqual([
			['deactivate', 'held'],
			['delete', 'announced'],
		]);
	});

	test('was refused for good: reviewed with its code, never again', () => {
		const outcome = after({ outcome: 'refused', code: 'LOCKED' }, 100);
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['refused']]);
		expect(entryAt(outcome.review, 0).question).toContain('(LOCKED)');
		expect(outcome.report.counts.refused).toBe(1);
		expect(entryAt(after({ outcome: 'refused' }).review, 0).question).not.toContain('(');
	});

	test('was refused for now: tried again after a day, in the place of the refusal', () => {
		const soon = after({ outcome: 'refusedForNow' }, 0.5);
		expect([steps(soon), reasons(soon)]).toEqual([[], ['refused']]);
		const later = after({ outcome: 'refusedForNow' }, 1);
		expect(steps(later)).toEqual(['users delete']);
		expect(entriesOf(later.toUsers)).toEqual([['delete', 'announced']]);
	});

	test('was refused: a person may answer to leave the other record alone', () => {
		const given = withoutContact('delete', { pending: removal('delete', { outcome: 'refused' }) });
		const outcome = runAnswered(given, 'leaveAlone');
		expect(steps(outcome)).toEqual([]);
		expect(outcome.links.map(({ link }) => link.state)).toEqual(['ignored']);
		expect(outcome.review.map(({ state }) => state)).toEqual(['settled']);
	});

	test('was of the other side: void, its record is gone', () => {
		const outcome = after({ side: 'wix', outcome: 'refused' });
		expect(steps(outcome)).toEqual(['users delete']);
	});
});

describe('an unlinked row', () => {
	const unlinked = (more: Partial<LinkRow> = {}) =>
		linked('C1', 'U1', a, { state: 'unlinked', ...gone, ...more });
	const beside = (links: LinkRow[], more: Given = {}): Given => ({
		...more,
		wixRecords: [others.wix, ...(more.wixRecords ?? [])],
		users: [others.user, ...(more.users ?? [])],
		links: [...links, others.link],
	});
	const left: Given = { users: [user('U1', a)] };

	test.each<[string, Partial<LinkRow>, Given, string]>([
		['one side is gone', {}, left, 'The record in Wix was deleted'],
		[
			'the other is',
			goneUser,
			{ wixRecords: [contact('C1', a)] },
			'in the users system was deleted',
		],
	])('is asked about once: %s', (_, row, given, words) => {
		const links = [unlinked(row)];
		const outcome = run(beside(links, given));
		expect(outcome.review).toMatchObject([
			{ reason: 'vanished', wixIds: 'C1', userIds: 'U1', who: expect.stringContaining(a) },
		]);
		expect(entryAt(outcome.review, 0).question).toContain(words);
		const known = answered(outcome, '');
		expect(run(beside(links, { ...given, review: known })).review).toEqual([]);
		expect(outcome.report.counts).toMatchObject({ vanished: 1, unmatched: 0, inSync: 1 });
	});

	test('of two records that are gone is done with, silently', () => {
		const both = { pending: pendings(finding('wix', 'gone'), finding('users', 'gone')) };
		const known = answered(run(beside([unlinked()], left)), '');
		const outcome = run(beside([unlinked(both)], { review: known }));
		expect(outcome.links.map(({ operation, link }) => [operation, link.wixId])).toEqual([
			['remove', 'C1'],
		]);
		expect(outcome.review.map(({ state }) => state)).toEqual(['settled']);
	});

	test('is looked up where nobody has proved that a record is gone', () => {
		for (const [row, given, expected] of [
			[{ pending: '' }, left, ['wix verify']],
			[{}, {}, ['users verify']],
		] as const) {
			const outcome = run(beside([unlinked(row)], given));
			expect([steps(outcome), outcome.review]).toEqual([expected, []]);
		}
	});

	test('stays as it is in a run that does not see both lists whole', () => {
		const complete = { wix: true, users: false };
		const outcome = run(beside([unlinked()], { ...left, complete }));
		expect([outcome.links, outcome.review]).toEqual([[], []]);
	});

	test.each<[string, Partial<LinkRow>, Given, string, string | undefined]>([
		['leaveAlone', {}, left, 'ignored', undefined],
		['createAgain', {}, left, 'linked', 'wix create'],
		['removeOther', {}, left, 'unlinked', 'users deactivate'],
		['removeOther delete', {}, left, 'unlinked', 'users delete'],
		['createAgain', goneUser, { wixRecords: [contact('C1', a)] }, 'linked', 'users create'],
		['removeOther', goneUser, { wixRecords: [contact('C1', a)] }, 'unlinked', 'wix delete'],
	])('answered with %s', (answer, row, given, state, step) => {
		const outcome = runAnswered(beside([unlinked(row)], given), answer);
		expect(outcome.links.map(({ link }) => link.state)).toEqual([state]);
		expect(steps(outcome)).toEqual(step === undefined ? [] : [step]);
		expect([...outcome.toUsers, ...outcome.toWix].map(({ reason }) => reason)).toEqual(
			step === undefined ? [] : ['answer'],
		);
		expect(outcome.review.map(({ state: of }) => of)).toEqual(['settled']);
	});

	test('answered with createAgain waits while somebody holds the address; so does the answer', () => {
		const given = beside([unlinked()], left);
		const others = [...(given.wixRecords ?? []), contact('C7', null, [a])];
		const known = answered(run(given), 'createAgain');
		const outcome = run({ ...given, wixRecords: others, review: known });
		expect([steps(outcome), outcome.links]).toEqual([[], []]);
		expect(outcome.review.map(({ reason }) => reason)).toEqual(['addressTaken']);
	});

	test.each(['createAgain', 'removeOther'])(
		'answered with %s outside a trial waits for it',
		(answer) => {
			const given = beside([unlinked()], left);
			const review = answered(run(given), answer);
			const outcome = run({ ...given, review, policies: { onlyRecords: ['C2'] } });
			expect([steps(outcome), outcome.links, outcome.review]).toEqual([[], [], []]);
			expect(outcome.report.counts).toMatchObject({ excluded: 1, unmatched: 0 });
		},
	);

	test('whose other record was removed by us is not asked about', () => {
		const pending = (outcome: Pending['outcome']) =>
			pendings(
				finding('wix', 'gone'),
				...pendingOf({ ...unlinked(), pending: removal('deactivate', { outcome }) }),
			);
		expect(run(beside([unlinked({ pending: pending('sent') })], left)).review).toEqual([]);
		expect(reasons(run(beside([unlinked({ pending: pending('held') })], left)))).toEqual([
			'vanished',
		]);
	});

	test('is not asked about where the record that is left is linked anew, or in review itself', () => {
		const anew = run(beside([unlinked()], { ...left, wixRecords: [contact('C9', a)] }));
		expect(anew.report.counts).toMatchObject({ linkedNow: 1, vanished: 0, inSync: 1 });
		expect(anew.review).toEqual([]);
		const bad = run(beside([unlinked()], { users: [user('U1', 'nobody')] }));
		expect(bad.report.counts).toMatchObject({ review: 1, vanished: 0, unmatched: 0 });
	});
});
