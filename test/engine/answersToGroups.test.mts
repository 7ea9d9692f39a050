import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	answered,
	asked,
	b,
	contact,
	create,
	linked,
	linkIds,
	member,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	steps,
	u,
	user,
	w,
	type Given,
} from './builders.mts';

/** What the run after an answer comes to, and the one after that. */
function after(given: Given, answer: string) {
	const review = answered(run(given), answer);
	const outcome = run({ ...given, review });
	const next = run({ ...given, links: save(given.links ?? [], outcome) });
	return { outcome, next };
}
const settledIn = ({ review }: ReturnType<typeof run>) =>
	review.filter(({ state }) => state === 'settled').map(({ reason }) => reason);

describe('two contacts and one user with one address', () => {
	const given: Given = {
		wixRecords: [contact('C1', a), contact('C2', a)],
		users: [user('U1', a)],
	};

	test('every two, and everybody alone, can be answered', () => {
		const [question] = asked(run(given));
		expect(question?.answers.split('\n').map((line) => line.split(':')[0])).toEqual([
			'link C1 U1',
			'link C2 U1',
			'leaveAlone wix C1',
			'leaveAlone wix C2',
			'leaveAlone users U1',
		]);
	});

	test('the two that are answered are linked, the third is looked at by the next run', () => {
		const { outcome, next } = after(given, 'link C2 U1');
		expect(linkIds(outcome)).toEqual(['C2-U1']);
		expect(settledIn(outcome)).toEqual(['ambiguous']);
		expect(outcome.report.counts).toMatchObject({ linkedNow: 1, waiting: 1, review: 0 });
		expect([next.report.counts.inSync, next.report.counts.unmatched]).toEqual([1, 1]);
		expect(reasons(next)).toEqual([]);
	});

	test.each([
		['wix C1', { wixId: 'C1', userId: '' }, ['C2-U1']],
		['wix C2', { wixId: 'C2', userId: '' }, ['C1-U1']],
		['users U1', { wixId: '', userId: 'U1' }, []],
	])('%s is left alone from then on, and the others link by themselves', (who, row, links) => {
		const { outcome, next } = after(given, `leaveAlone ${who}`);
		expect(outcome.links.map(({ operation, link }) => [operation, link])).toEqual([
			['add', expect.objectContaining({ ...row, state: 'ignored', flow: 'contacts' })],
		]);
		expect(outcome.report.counts).toMatchObject({ ignored: 1, waiting: 2, review: 0 });
		expect(settledIn(outcome)).toEqual(['ambiguous']);
		expect(linkIds(next)).toEqual(links);
		expect(reasons(next)).toEqual([]);
	});

	test.each(['link C1 U9', 'link C9 U1', 'linked C1 U1', 'leaveAlone', 'done'])(
		'%p is no answer to it: it is asked again',
		(answer) => {
			const { outcome } = after(given, answer);
			expect(outcome.links).toEqual([]);
			expect(outcome.review).toMatchObject([{ reason: 'ambiguous', state: 'open', answer: '' }]);
		},
	);
});

describe('two contacts with one address, of which a user is wanted', () => {
	const given: Given = {
		wixRecords: [contact('C1', a), contact('C2', a), contact('C3', b)],
		users: [user('U7', w)],
		links: [linked('C7', 'U7', w)],
		policies: { createMissing: 'users', guard: null },
	};
	const more: Given = { ...given, wixRecords: [...(given.wixRecords ?? []), contact('C7', w)] };

	test('none is made, and one can be left alone', () => {
		const outcome = run(more);
		expect(steps(outcome)).toEqual(['users create']);
		expect(
			asked(outcome)[0]
				?.answers.split('\n')
				.map((line) => line.split(':')[0]),
		).toEqual(['leaveAlone wix C1', 'leaveAlone wix C2']);
	});

	test('the other one is made by the next run', () => {
		const { outcome, next } = after(more, 'leaveAlone wix C1');
		expect(outcome.report.counts).toMatchObject({ ignored: 1, waiting: 1, changed: 1 });
		expect(settledIn(outcome)).toEqual(['ambiguous']);
		expect(outcome.links.map(({ link }) => [link.wixId, link.state])).toContainEqual([
			'C1',
			'ignored',
		]);
		expect(next.toUsers.map(({ link }) => link.wixId).sort()).toEqual(['C2', 'C3']);
	});
});

test('a new pair that differs is kept apart, if a person says so', () => {
	const given: Given = {
		wixRecords: [contact('C1', a)],
		users: [user('U1', u)],
		links: [linked('C1', 'U1', null)],
	};
	const { outcome, next } = after(given, 'keepApart');
	expect(steps(outcome)).toEqual([]);
	expect(outcome.links.map(({ link }) => link.state)).toEqual(['keepApart']);
	expect(settledIn(outcome)).toEqual(['firstLinkDiffers']);
	expect(reasons(next)).toEqual([]);
	expect(next.report.counts.unmatched).toBe(2);
});

describe('one user in two rows', () => {
	const given: Given = {
		wixRecords: [contact('C1', a), contact('C2', b)],
		users: [user('U1', a)],
		links: [linked('C1', 'U1', a), linked('C2', 'U1', b)],
	};

	test.each([
		['C1', 'C2'],
		['C2', 'C1'],
	])('the link of %s that is chosen stays, that of %s goes', (kept, dropped) => {
		const { outcome, next } = after(given, `link ${kept} U1`);
		expect(outcome.links.map(({ operation, link }) => [operation, link.wixId])).toContainEqual([
			'remove',
			dropped,
		]);
		expect(
			outcome.links.filter(({ operation, link }) => operation === 'remove' && link.wixId === kept),
		).toEqual([]);
		expect(settledIn(outcome)).toEqual(['linkedTwice']);
		expect(reasons(next)).not.toContain('linkedTwice');
		expect(next.report.counts.unmatched).toBe(1);
	});
});

describe('a member whose user the contact flow has linked otherwise', () => {
	const contactRow = linked('C1', 'U2', b);
	const given = (ofUser: string): Given => ({
		dataFlow: membersAndUsers,
		wixRecords: [member('M1', a, 'C1')],
		users: [user('U1', ofUser), user('U2', b)],
		links: [
			contactRow,
			linked('M1', 'U1', null, {
				flow: 'members',
				linkId: 'm1',
				lastSynced: JSON.stringify({ loginEmail: a }),
			}),
		],
	});

	test.each([
		['at rest', a],
		['edited', w],
	])('a link that is %s is removed by the answer, and the other one taken over', (_, ofUser) => {
		const review = answered(run(given(ofUser)), 'unlink');
		const outcome = run({ ...given(ofUser), review });
		expect(steps(outcome)).toEqual([]);
		expect(outcome.links.map(({ operation, link }) => [operation, link.linkId])).toEqual([
			['remove', 'm1'],
		]);
		expect(settledIn(outcome)).toEqual(['linkedInOtherFlow']);
		const next = run({ ...given(ofUser), links: [contactRow] });
		expect(next.links.map(({ link }) => [link.flow, link.userId, link.state])).toContainEqual([
			'members',
			'U2',
			'linked',
		]);
	});
});

test('a create that was refused for an address names who holds it', () => {
	const refused = {
		...create,
		outcome: 'refusedForNow' as const,
		code: 'TAKEN',
		others: ['U5', 'U6'],
	};
	const outcome = run({
		wixRecords: [contact('C1', a)],
		users: [user('U9', w)],
		links: [linked('C1', '', null, { pending: pendings(pendingWrite(null, a, refused)) })],
		policies: { createMissing: 'users', guard: null },
	});
	expect(steps(outcome)).toEqual([]);
	expect(asked(outcome)).toMatchObject([
		{ reason: 'addressTaken', wixIds: 'C1', userIds: 'U5, U6' },
	]);
});

test('creates beyond the slice are noted once, and not saved again while they wait', () => {
	const given: Given = {
		wixRecords: [contact('C1', a), contact('C2', b), contact('C3', w)],
		policies: { createMissing: 'users', guard: null, writesPerRun: 1 },
	};
	const links = save([], run(given));
	expect(links.map(({ wixId }) => wixId)).toEqual(['C1', 'C2', 'C3']);
	const second = run({ ...given, links });
	expect(second.links.map(({ link }) => link.wixId)).toEqual(['C1']);
	expect(second.report.counts).toMatchObject({ changed: 1, waiting: 2 });
});
