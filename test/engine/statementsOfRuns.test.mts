import { entryAt } from '../../runtime/entries.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	brief,
	contact,
	daysLater,
	linked,
	member,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	u,
	user,
	w,
	wixUpdate,
} from './builders.mts';

/** After every lease of these plans. */
const later = daysLater(0.1);

const silent = (outcome: ReturnType<typeof run>) => [outcome.toUsers, outcome.toWix];

/** The statements on what a whole run may do, each held by one test under its number. */
describe('statement', () => {
	test('11: a guard stops a run that would change more than a number and a share', () => {
		const count = 100;
		const links = Array.from({ length: count }, (_, n) =>
			linked(`C${n}`, `U${n}`, `p${n}@example.com`),
		);
		const users = links.map(({ userId }, n) => user(userId, `p${n}@example.com`));
		const edited = (few: number) =>
			links.map(({ wixId }, n) =>
				contact(wixId, n < few ? `new${n}@example.com` : `p${n}@example.com`),
			);
		for (const [few, tripped] of [
			[50, false],
			[51, true],
		] as const) {
			expect(run({ wixRecords: edited(few), users, links }).report.guard.tripped).toBe(tripped);
		}
		expect(
			run({
				wixRecords: edited(51),
				users,
				links,
				policies: { guard: { records: 50, percent: 60 } },
			}).toUsers,
		).toHaveLength(51);
	});

	test('12: what Wix refuses is one matter for review, and the user is not reverted', () => {
		const links = [
			linked('C1', 'U1', a, {
				pending: pendings(
					pendingWrite(a, u, {
						side: 'wix',
						outcome: 'refused',
						code: 'CANNOT_UPDATE_MEMBER_EMAIL',
					}),
				),
			}),
		];
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', u)],
			links,
			now: daysLater(100),
		});
		expect([reasons(outcome), outcome.links, ...silent(outcome)]).toEqual([
			['refused'],
			[],
			[],
			[],
		]);
		const passing = [
			linked('C1', 'U1', a, {
				pending: pendings(pendingWrite(a, u, { side: 'wix', outcome: 'refusedForNow' })),
			}),
		];
		const given = { wixRecords: [contact('C1', a)], users: [user('U1', u)], links: passing };
		expect(silent(run({ ...given, now: daysLater(0.9) }))).toEqual([[], []]);
		expect(run({ ...given, now: daysLater(1) }).toWix).toHaveLength(1);
	});

	test('13: a contact and a member can be one person: the member flow owns the link', () => {
		const made = linked('C1', 'U1', a);
		const flow = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			links: [made],
		});
		expect(flow.links.map(({ operation, link }) => [operation, link.flow, link.wixId])).toEqual([
			['add', 'members', 'M1'],
			['remove', 'contacts', 'C1'],
		]);
		const left = run({
			wixRecords: [contact('C1', w)],
			users: [user('U1', a)],
			links: [made],
			memberContactIds: ['C1'],
			policies: { memberContacts: 'leaveAlone' },
		});
		expect([left.report.counts.ignored, left.links, ...silent(left)]).toEqual([1, [], [], []]);
	});

	test('14: the write that frees an address goes first', () => {
		const outcome = run({
			wixRecords: [contact('C1', b), contact('C2', w)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C1', 'U1', a), linked('C2', 'U2', b)],
		});
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(['U2', 'U1']);
	});

	test('15: a question is answered in its row, carried out once, and settled', () => {
		const given = {
			wixRecords: [contact('C1', w)],
			users: [user('U1', u)],
			links: [linked('C1', 'U1', a)],
		};
		const [question] = run(given).review;
		if (question === undefined) throw new Error('nothing was asked');
		expect(question.who).toContain('Ada Example');
		for (const value of [a, u, w]) expect(question.question).toContain(value);
		expect(question.answers.split('\n').map((line) => line.split(':')[0])).toEqual([
			'wixWins',
			'usersWin',
			'leaveAlone',
		]);
		const known = run({ ...given, review: [question] });
		expect([known.review, ...silent(known)]).toEqual([[], [], []]);
		const answered = run({ ...given, review: [{ ...question, answer: 'usersWin' }] });
		expect(brief(answered.toWix)).toEqual([wixUpdate('C1', w, u)]);
		expect(entryAt(answered.toWix, 0).reason).toBe('answer');
		expect(answered.review.map(({ reviewId, state }) => [reviewId, state])).toEqual([
			[question.reviewId, 'settled'],
		]);
		const edited = run({
			...given,
			users: [user('U1', b)],
			review: [{ ...question, answer: 'usersWin' }],
		});
		expect(silent(edited)).toEqual([[], []]);
		expect(edited.review.map(({ state, answer }) => [state, answer])).toEqual([['open', '']]);
	});

	test('16: running again changes nothing', () => {
		const records = {
			wixRecords: [contact('C1', w), contact('C3', b)],
			users: [user('U1', a), user('U3', b)],
		};
		const links = [linked('C1', 'U1', a)];
		const first = run({ ...records, links });
		const after = { ...records, users: [user('U1', w), user('U3', b)] };
		const second = run({ ...after, links: save(links, first), now: later });
		expect(silent(second)).toEqual([[], []]);
		const third = run({ ...after, links: save(save(links, first), second), now: daysLater(1) });
		expect([third.links, ...silent(third)]).toEqual([[], [], []]);
	});
});
