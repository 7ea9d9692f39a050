import { entryAt } from '../../runtime/entries.mts';
import { membersAndUsers } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	daysLater,
	gone,
	linked,
	marked,
	member,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	u,
	user,
	userUpdate,
	w,
	wixUpdate,
} from './builders.mts';

/** After every lease of these plans. */
const later = daysLater(0.1);
const leaseEnd = (writes: number) =>
	new Date(Date.parse(now) + 180_000 + writes * 1000).toISOString();

const silent = (outcome: ReturnType<typeof run>) => [outcome.toUsers, outcome.toWix];

/** The numbered statements on what the words mean, each held by one test under its number. */
describe('statement', () => {
	test('1: a link comes first, is kept by the two ids, and outlives a change of address', () => {
		const unlinkable = run({ wixRecords: [contact('C1', a)], users: [user('U1', b)] });
		expect([unlinkable.links, ...silent(unlinkable)]).toEqual([[], [], []]);
		const links = save([], run({ wixRecords: [contact('C1', a)], users: [user('U1', a)] }));
		const moved = run({
			wixRecords: [contact('C1', w), contact('C2', a)],
			users: [user('U1', a)],
			links,
		});
		expect(moved.links.map(({ link }) => [link.linkId, link.wixId, link.userId])).toEqual([
			['contacts:C1:U1', 'C1', 'U1'],
		]);
	});

	test('2: who edited is told by the base: the other side follows, both edited is a conflict, both the same is remembered', () => {
		const merge = (wix: string, users: string) =>
			run({
				wixRecords: [contact('C1', wix)],
				users: [user('U1', users)],
				links: [linked('C1', 'U1', a)],
			});
		expect(brief(merge(w, a).toUsers)).toEqual([userUpdate('U1', a, w)]);
		expect(brief(merge(a, u).toWix)).toEqual([wixUpdate('C1', a, u)]);
		expect(reasons(merge(w, u))).toEqual(['bothEdited']);
		expect(merge(w, w).links.map(({ link }) => baseOf(link))).toEqual([w]);
	});

	test('3: a write is announced, sent, seen; the base moves only then', () => {
		const given = { wixRecords: [contact('C1', w)], links: [linked('C1', 'U1', a)] };
		const announced = run({ ...given, users: [user('U1', a)] });
		expect(announced.links.map(({ link }) => [baseOf(link), pendingOf(link)])).toEqual([
			[a, [pendingWrite(a, w, { until: leaseEnd(1) })]],
		]);
		const waiting = run({
			...given,
			users: [user('U1', a)],
			links: save(given.links, announced, [marked(entryAt(announced.toUsers, 0), 'sent')]),
			now: later,
		});
		expect([waiting.links, ...silent(waiting)]).toEqual([[], [], []]);
		const seen = run({
			...given,
			users: [user('U1', w)],
			links: save(given.links, announced),
			now: later,
		});
		expect(seen.links.map(({ link }) => [baseOf(link), link.pending])).toEqual([[w, '']]);
	});

	test('4: a row that another run announced is left to it until its lease is over', () => {
		const given = { wixRecords: [contact('C1', w)], users: [user('U1', a)] };
		const links = save([linked('C1', 'U1', a)], run({ ...given, links: [linked('C1', 'U1', a)] }));
		const beside = run({ ...given, links });
		expect([beside.links, ...silent(beside), beside.report.counts.waiting]).toEqual([
			[],
			[],
			[],
			1,
		]);
		const seenInTime = run({ ...given, users: [user('U1', w)], links });
		expect(seenInTime.links).toEqual([]);
		const lateReader = run({ ...given, links, now: later, readFrom: now });
		expect(lateReader.links).toEqual([]);
		expect(brief(run({ ...given, links, now: later }).toUsers)).toEqual([userUpdate('U1', a, w)]);
	});

	test('5: the two property rows are one property and one write, whichever shape the user has', () => {
		for (const profile of [{ email: { type: 'EmailJSON', email: a } }, { email: a }]) {
			const outcome = run({
				wixRecords: [contact('C1', w)],
				users: [{ id: 'U1', profile }],
				links: [linked('C1', 'U1', a)],
			});
			expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', a, w)]);
			expect(pendingOf(entryAt(outcome.toUsers, 0).link)).toHaveLength(1);
		}
	});

	test('6: addresses are equal trimmed and case folded; what is written is the value, trimmed', () => {
		const same = run({
			wixRecords: [contact('C1', ' A@EXAMPLE.com ')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect([same.links, ...silent(same)]).toEqual([[], [], []]);
		const edited = run({
			wixRecords: [contact('C1', ' W@Example.com ')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect(brief(edited.toUsers)).toEqual([userUpdate('U1', a, 'W@Example.com')]);
	});

	test('7: a match is never guessed; the group links once it is one to one, and a pair kept apart is no match', () => {
		const group = { wixRecords: [contact('C1', a)], users: [user('U1', a), user('U2', a)] };
		expect(reasons(run(group))).toEqual(['ambiguous']);
		const apart = run({ ...group, links: [linked('C1', 'U2', null, { state: 'keepApart' })] });
		expect(apart.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
		const elsewhere = run({
			...group,
			links: [linked('M1', 'U2', null, { flow: 'members', linkId: 'm' })],
		});
		expect(elsewhere.links.map(({ link }) => link.linkId)).toEqual(['contacts:C1:U1']);
	});

	test('8: empty never overwrites a value; an empty side is filled when the other was edited', () => {
		const emptied = run({
			wixRecords: [contact('C1', null)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a)],
		});
		expect([reasons(emptied), ...silent(emptied)]).toEqual([['emptied'], [], []]);
		const filled = run({
			wixRecords: [contact('C1', null)],
			users: [user('U1', u)],
			links: [linked('C1', 'U1', a)],
		});
		expect(brief(filled.toWix)).toEqual([wixUpdate('C1', null, u)]);
		expect(run({ wixRecords: [contact('C1', null)] }).report.withoutKey).toEqual({
			wix: 1,
			users: 0,
		});
	});

	test.each([
		[
			'a secondary address of a contact',
			{ users: [user('U1', w)], wixRecords: [contact('C1', a, [w])] },
		],
		[
			'an unverified address of a user',
			{ users: [user('U1', a, w)], wixRecords: [contact('C1', w)] },
		],
	])('9: creating is a choice, and %s bars it', (_, records) => {
		expect(silent(run(records))).toEqual([[], []]);
		const outcome = run({ ...records, policies: { createMissing: 'both' } });
		const made = [...outcome.toUsers, ...outcome.toWix].map(({ set }) => Object.values(set)[0]);
		expect(made).not.toContain(w);
		expect(reasons(outcome)).toContain('addressTaken');
	});

	test('10: deleting is a choice, and gone must be proved', () => {
		const given = {
			users: [user('U1', a), user('U2', b)],
			wixRecords: [contact('C2', b)],
			policies: { vanished: 'delete' as const },
		};
		const rest = linked('C2', 'U2', b);
		expect(
			run({ ...given, links: [linked('C1', 'U1', a), rest] }).toWix.map(
				({ operation }) => operation,
			),
		).toEqual(['verify']);
		const proved = [linked('C1', 'U1', a, gone), rest];
		expect(run({ ...given, links: proved }).toUsers.map(({ operation }) => operation)).toEqual([
			'delete',
		]);
		expect(silent(run({ ...given, links: proved, policies: {} }))).toEqual([[], []]);
	});

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
