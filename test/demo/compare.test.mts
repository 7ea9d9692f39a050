import type { JsonObject } from '../../nodes/shared/contract/index';
import { comparePairs, totals } from '../../sandbox/demo/compare.mts';
import type { RunResult } from '../../sandbox/demo/run.mts';
import { isSettled } from '../../sandbox/demo/run.mts';
import { summarize } from '../../sandbox/demo/summary.mts';
import { systems } from '../../sandbox/demo/system.mts';
import type { LinkRow, ReviewRow, World } from '../../sandbox/demo/world.mts';
import { linkRow, reviewRow } from './rows.mts';

function world(
	pairs: [wix: string, user: string, state?: LinkRow['state']][],
	review: ReviewRow[] = [],
): World {
	return {
		wix: new Map(pairs.map(([wix], i) => [`w${i}`, { primaryInfo: { email: wix } }])),
		users: new Map(pairs.map(([, user], i) => [`u${i}`, { profile: { email: { email: user } } }])),
		links: pairs.map(([, , state = 'linked'], i) =>
			linkRow({ wixId: `w${i}`, userId: `u${i}`, state }),
		),
		review,
		system: systems.youTrack,
	};
}

const run: RunResult = {
	seconds: 1,
	counts: { inSync: 1 },
	planned: {},
	linksSaved: 0,
	written: { wix: 0, users: 0 },
	outcomes: {},
	review: {},
	guardTripped: false,
};
const steps = (...runs: RunResult[]) => [{ title: 't', edits: 0, missing: [], runs }];

describe('comparing linked pairs', () => {
	it('takes case and white space for the same, and nothing else', () => {
		const pairs = comparePairs(
			world([
				['a@example.com', ' A@Example.com'],
				['b@example.com', 'c@example.com'],
				['', ''],
			]),
		);
		expect(pairs.map(({ verdict }) => verdict)).toEqual(['agree', 'differ', 'differ']);
	});

	it('counts a difference as in review only when a matter is about this very pair', () => {
		const differing: [string, string][] = [
			['a@example.com', 'b@example.com'],
			['c@example.com', 'd@example.com'],
			['e@example.com', 'f@example.com'],
		];
		const review = [
			reviewRow({ reason: 'bothEdited', wixIds: 'w0', userIds: 'u0' }),
			reviewRow({ reason: 'ambiguous', wixIds: 'w1, w9', userIds: 'u9' }),
			reviewRow({ reason: 'addressTaken', wixIds: 'w8, w2', userIds: '' }),
			reviewRow({ reason: 'guard', wixIds: '', userIds: '' }),
		];
		const pairs = comparePairs(world(differing, review));
		expect(totals(pairs)).toEqual({ agree: 0, inReview: 2, differ: 1 });
		expect(pairs[1]?.verdict).toBe('differ');
	});

	it('compares a member by the login email', () => {
		const members = world([
			['a@example.com', 'a@example.com'],
			['b@example.com', 'c@example.com'],
		]);
		for (const record of members.wix.values()) {
			const { email = null } = record.primaryInfo as JsonObject;
			record.loginEmail = email;
			record.primaryInfo = { email: 'not.this@example.com' };
		}
		expect(comparePairs(members).map(({ verdict }) => verdict)).toEqual(['agree', 'differ']);
	});

	it('leaves rows out that are no links', () => {
		expect(comparePairs(world([['a@example.com', 'b@example.com', 'unlinked']]))).toEqual([]);
	});
});

describe('the verdict on a day', () => {
	const agreeing = comparePairs(world([['a@example.com', 'a@example.com']]));

	it('is in sync when all agree and the last run wrote nothing', () => {
		const wrote = { ...run, written: { wix: 0, users: 2 } };
		expect(summarize(steps(wrote, run), agreeing, 5).ok).toBe(true);
		expect(summarize(steps(run, wrote), agreeing, 5)).toMatchObject({
			ok: false,
			lastRunWrites: 2,
		});
	});

	it('is not in sync with a difference, without any pair among people, without a run, or with a failed last run', () => {
		const differing = comparePairs(world([['a@example.com', 'b@example.com']]));
		expect(summarize(steps(run), differing, 5).ok).toBe(false);
		expect(summarize(steps(run), [], 5).ok).toBe(false);
		expect(summarize(steps(run), [], 0).ok).toBe(true);
		expect(summarize(steps(), agreeing, 5).ok).toBe(false);
		expect(summarize(steps({ ...run, failure: 'broken' }), agreeing, 5).ok).toBe(false);
	});
});

describe('a settled run', () => {
	it('planned nothing, saved no link and did not fail', () => {
		expect(isSettled(run)).toBe(true);
		expect(isSettled({ ...run, planned: { 'verify users': 1 } })).toBe(false);
		expect(isSettled({ ...run, linksSaved: 1 })).toBe(false);
		expect(isSettled({ ...run, failure: 'broken' })).toBe(false);
	});

	it('has looked: one that ended before its report is none', () => {
		expect(isSettled({ ...run, counts: {} })).toBe(false);
	});
});
