import { entryAt } from '../../runtime/entries.mts';
import {
	a,
	baseOf,
	brief,
	contact,
	daysLater,
	expectNoWrites,
	linked,
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
	z,
} from './builders.mts';

describe('edits on both sides', () => {
	const given = {
		wixRecords: [contact('C1', w)],
		users: [user('U1', u)],
		links: [linked('C1', 'U1', a)],
	};

	test('10: are reviewed, or settled by policy, or by a decision that is used once', () => {
		expect(reasons(run(given))).toEqual(['bothEdited']);
		const byPolicy = run({ ...given, policies: { bothEdited: 'wixWins' } });
		expect(brief(byPolicy.toUsers)).toEqual([userUpdate('U1', u, w)]);
		expect(entryAt(byPolicy.toUsers, 0).reason).toBe('policy');
		const decided = run({ ...given, links: [linked('C1', 'U1', a, { decision: 'usersWin' })] });
		expect(brief(decided.toWix)).toEqual([wixUpdate('C1', w, u)]);
		expect(decided.toWix[0]).toMatchObject({ reason: 'decision', link: { decision: '' } });
		expect(entryAt(decided.links, 0).link.decision).toBe('');
	});

	test('11: to the same value only move the base', () => {
		const outcome = run({ ...given, users: [user('U1', w)] });
		expectNoWrites(outcome);
		expect(outcome.links.map(({ link }) => baseOf(link))).toEqual([w]);
	});

	test('39: a decision left on a row that agrees is cleared', () => {
		const links = [linked('C1', 'U1', a, { decision: 'wixWins' })];
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U1', a)], links });
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['']);
		expect(reasons(run({ ...given, links: save(links, outcome) }))).toEqual(['bothEdited']);
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

describe('a decision', () => {
	test('over a refusal: the other side is written', () => {
		const pending = pendings(
			pendingWrite(a, u, { side: 'wix', outcome: 'refused', code: 'LOCKED' }),
		);
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', u)],
			links: [linked('C1', 'U1', a, { pending, decision: 'wixWins' })],
		});
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', u, a)]);
		expect(entryAt(outcome.toUsers, 0).reason).toBe('decision');
	});
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
		expect(entryAt(review, 0).message.toLowerCase()).toMatch(
			new RegExp(`^${sides[side].toLowerCase()} accepted`),
		);
	}
});
