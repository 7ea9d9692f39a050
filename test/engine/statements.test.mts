import { entryAt } from '../../runtime/entries.mts';
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
	now,
	pendingOf,
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
});
