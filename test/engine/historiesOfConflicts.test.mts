import { entryAt } from '../../runtime/entries.mts';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	daysLater,
	expectNoWrites,
	linked,
	now,
	pendings,
	pendingWrite,
	reasons,
	run,
	steps,
	runAnswered,
	u,
	user,
	userUpdate,
	w,
	wixUpdate,
	z,
} from './builders.mts';
import { Tables } from './tables.mts';

describe('edits on both sides', () => {
	const given = {
		wixRecords: [contact('C1', w)],
		users: [user('U1', u)],
		links: [linked('C1', 'U1', a)],
	};

	test('10: are reviewed, or settled by policy, or by an answer that is used once', () => {
		expect(reasons(run(given))).toEqual(['bothEdited']);
		const byPolicy = run({ ...given, policies: { bothEdited: 'wixWins' } });
		expect(brief(byPolicy.toUsers)).toEqual([userUpdate('U1', u, w)]);
		expect(entryAt(byPolicy.toUsers, 0).reason).toBe('policy');
		const tables = new Tables(given.links);
		tables.save(run(given));
		tables.answer('bothEdited', 'usersWin');
		const decided = run({ ...given, review: tables.review });
		expect(brief(decided.toWix)).toEqual([wixUpdate('C1', w, u)]);
		expect(entryAt(decided.toWix, 0).reason).toBe('answer');
		tables.save(decided);
		expect(tables.asked()).toEqual([]);
		const over = { now: daysLater(1), wixRecords: [contact('C1', z)], users: [user('U1', b)] };
		tables.save(run({ ...over, ...tables.read() }));
		expect(tables.asked()).toMatchObject([{ reason: 'bothEdited', answer: '' }]);
	});

	test('11: to the same value only move the base', () => {
		const outcome = run({ ...given, users: [user('U1', w)] });
		expectNoWrites(outcome);
		expect(outcome.links.map(({ link }) => baseOf(link))).toEqual([w]);
	});

	test('39: an answer is typed, then the pair agrees by itself: settled; the next conflict is a new question', () => {
		const tables = new Tables(given.links);
		tables.save(run(given));
		tables.answer('bothEdited', 'wixWins');
		const agreed = run({ ...given, users: [user('U1', w)], review: tables.review });
		expectNoWrites(agreed);
		tables.save(agreed);
		expect([tables.asked(), tables.links.map(baseOf)]).toEqual([[], [w]]);
		const next = run({
			wixRecords: [contact('C1', z)],
			users: [user('U1', u)],
			...tables.read(),
		});
		expectNoWrites(next);
		tables.save(next);
		expect(tables.asked()).toMatchObject([{ reason: 'bothEdited', answer: '' }]);
	});
});

describe('open questions', () => {
	const given = (name: string) => ({
		wixRecords: [contact('C1', w)],
		users: [{ ...user('U1', u), name }],
	});

	test('63: an answer that is typed while a run saves the same matter stands, and is used by the next run', () => {
		const tables = new Tables([linked('C1', 'U1', a)]);
		tables.save(run({ ...given('Ada'), ...tables.read() }));
		const beside = run({ ...given('Ada Lovelace'), ...tables.read() });
		expect(beside.review.map(({ state }) => state)).toEqual(['open']);
		tables.answer('bothEdited', 'wixWins');
		tables.save(beside);
		expect(tables.asked()).toMatchObject([
			{ answer: 'wixWins', who: expect.stringContaining('Ada Lovelace') },
		]);
		const next = run({ ...given('Ada Lovelace'), ...tables.read() });
		expect(brief(next.toUsers)).toEqual([userUpdate('U1', u, w)]);
	});

	test('and its answer stay while a record of the two is only looked up', () => {
		const tables = new Tables([linked('C1', 'U1', a)]);
		tables.save(run({ ...given('Ada'), ...tables.read() }));
		tables.answer('bothEdited', 'wixWins');
		const missing = { ...given('Ada'), users: [user('U9', z)] };
		const asks = run({ ...missing, ...tables.read() });
		tables.lookUp(tables.save(asks), now, { U1: { outcome: 'present' } });
		tables.save(run({ ...missing, ...tables.read(), now: daysLater(1) }));
		expect(tables.asked()).toMatchObject([{ answer: 'wixWins' }]);
		const next = run({ ...given('Ada'), ...tables.read(), now: daysLater(2) });
		expect(brief(next.toUsers)).toEqual([userUpdate('U1', u, w)]);
	});

	test('and its answer stay while another run is at work on the pair', () => {
		const tables = new Tables([linked('C1', 'U1', a)]);
		tables.save(run({ ...given('Ada'), ...tables.read() }));
		tables.answer('bothEdited', 'wixWins');
		tables.type(11, { pending: pendings(pendingWrite(a, z, { until: daysLater(0.01) })) });
		const beside = run({ ...given('Ada'), users: [user('U1', w)], ...tables.read() });
		expect([beside.links, beside.review, steps(beside)]).toEqual([[], [], []]);
	});

	test('64: about others stay all nine in a run on changed records', () => {
		const numbers = Array.from({ length: 9 }, (_, n) => n + 1);
		const pairs = {
			wixRecords: [...numbers.map((n) => contact(`C${n}`, `w${n}@example.com`)), contact('D', a)],
			users: [...numbers.map((n) => user(`U${n}`, `u${n}@example.com`)), user('V', a)],
		};
		const tables = new Tables([
			...numbers.map((n) => linked(`C${n}`, `U${n}`, `p${n}@example.com`)),
			linked('D', 'V', a),
		]);
		tables.save(run({ ...pairs, ...tables.read() }));
		expect(tables.asked()).toHaveLength(9);
		const changed = run({
			wixRecords: [contact('D', b)],
			complete: { wix: false, users: false },
			...tables.read(),
		});
		expect([brief(changed.toUsers), changed.review]).toEqual([[userUpdate('V', a, b)], []]);
	});
});

describe('a value that was sent and shows in other letters', () => {
	test.each([
		['by the user: the base has it as Wix had it', {}, 'W@Example.com', w, 'W@Example.com'],
		['in Wix: the base has it as Wix has it', { side: 'wix' as const }, 'W@Example.com', w, w],
	])('%s', (_, side, to, shows, base) => {
		const pending = pendings(pendingWrite(a, to, { outcome: 'sent', ...side }));
		const isWix = 'side' in side;
		const outcome = run({
			wixRecords: [contact('C1', isWix ? shows : z)],
			users: [user('U1', isWix ? z : shows)],
			links: [linked('C1', 'U1', a, { pending })],
		});
		expect(outcome.links.map(({ link }) => baseOf(link))).toEqual([base]);
	});
});

test('an answer over a refusal: the other side is written', () => {
	const pending = pendings(pendingWrite(a, u, { side: 'wix', outcome: 'refused', code: 'LOCKED' }));
	const given = {
		wixRecords: [contact('C1', a)],
		users: [user('U1', u)],
		links: [linked('C1', 'U1', a, { pending })],
	};
	const outcome = runAnswered(given, 'wixWins');
	expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', u, a)]);
	expect(entryAt(outcome.toUsers, 0).reason).toBe('answer');
});

test('a value that was not taken is reviewed by the side that did not take it', () => {
	const sides = { users: 'The users system', wix: 'Wix' };
	for (const side of ['users', 'wix'] as const) {
		const pending = pendings(pendingWrite(a, w, { side, outcome: 'sent' }));
		const { review } = run({
			wixRecords: [contact('C1', side === 'wix' ? a : w)],
			users: [user('U1', side === 'wix' ? w : a)],
			links: [linked('C1', 'U1', a, { pending })],
			now: daysLater(8),
		});
		expect(entryAt(review, 0).reason).toBe('notTaken');
		expect(entryAt(review, 0).question.toLowerCase()).toMatch(
			new RegExp(`^${sides[side].toLowerCase()} accepted`),
		);
	}
});
