import fc from 'fast-check';
import {
	simulate,
	userSystems,
	wixContacts,
	type Conditions,
	type SideLimits,
	type Work,
} from '../../bench/lib/simulate.mts';

const count = fc.integer({ min: 0, max: 2_000_000 });
const cost = fc.double({ min: 0, max: 100, noNaN: true });
const works: fc.Arbitrary<Work> = fc.record({
	people: count,
	newLinks: count,
	writes: fc.record({ wix: count, users: count }),
});
const conditions: fc.Arbitrary<Conditions> = fc.record({
	users: fc.constantFrom(...userSystems),
	answer: fc.integer({ min: 1, max: 2000 }),
	own: fc.record({ run: cost, person: cost, link: cost, change: cost }),
});
/** Sums of large numbers differ in their last digits. */
const ALMOST = 1 - 1e-9;

const callsOf = (side: SideLimits, people: number, writes: number) =>
	people / side.page + (writes * side.callsTogether) / side.together;

describe('the simulation of a run', () => {
	it('is never faster than the calls that it needs under the limits a minute', () => {
		const isSlower = (work: Work, given: Conditions) => {
			const { wix, users } = simulate(work, given);
			const { perMinute = Infinity } = wixContacts;
			const { writesPerMinute = Infinity } = given.users;
			const least = (callsOf(wixContacts, work.people, work.writes.wix) / perMinute) * 60_000;
			expect(wix).toBeGreaterThanOrEqual(least * ALMOST);
			expect(users).toBeGreaterThanOrEqual((work.writes.users / writesPerMinute) * 60_000 * ALMOST);
		};
		fc.assert(fc.property(works, conditions, isSlower));
	});

	it('is never faster than the answers to its calls and what n8n takes', () => {
		fc.assert(
			fc.property(works, conditions, (work, given) => {
				const { whole, wixCalls, userCalls } = simulate(work, given);
				const { own, answer } = given;
				const { people, newLinks, writes } = work;
				const ofN8n =
					own.run +
					own.person * people +
					own.link * newLinks +
					own.change * (writes.wix + writes.users);
				expect(whole).toBeGreaterThanOrEqual(((wixCalls + userCalls) * answer + ofN8n) * ALMOST);
			}),
		);
	});

	it('takes no less time for more people, links or changes', () => {
		fc.assert(
			fc.property(works, works, conditions, (work, more, given) => {
				const larger: Work = {
					people: work.people + more.people,
					newLinks: work.newLinks + more.newLinks,
					writes: {
						wix: work.writes.wix + more.writes.wix,
						users: work.writes.users + more.writes.users,
					},
				};
				expect(simulate(larger, given).whole).toBeGreaterThanOrEqual(
					simulate(work, given).whole * ALMOST,
				);
			}),
		);
	});

	it('names what the largest part waits for', () => {
		fc.assert(
			fc.property(works, conditions, (work, given) => {
				const { limit, wix, users, own } = simulate(work, given);
				const [whose] = limit.split(':');
				const part = { Wix: wix, users, n8n: own }[whose ?? ''];
				expect(part).toBe(Math.max(wix, users, own));
			}),
		);
	});

	it('counts pages and bulk calls as the nodes send them', () => {
		const [youTrack] = userSystems;
		if (youTrack === undefined) throw new Error('There is no YouTrack');
		const own = { run: 0, person: 0, link: 0, change: 0 };
		const work = { people: 100_000, newLinks: 0, writes: { wix: 1000, users: 1000 } };
		const found = simulate(work, { users: youTrack, answer: 100, own });
		expect(found.wixCalls).toBe(100 + 20);
		expect(found.userCalls).toBe(334 + 2000);
		// 120 calls at 180 a minute, which is slower than their answers
		expect(found.wix).toBe(40_000);
		expect(found.limit).toBe('users: answers');
		expect(found.userWorkers).toBeUndefined();
	});

	it('says how many callers at once reach a limit', () => {
		const okta = userSystems.find(({ name }) => name === 'Okta');
		if (okta === undefined) throw new Error('There is no Okta');
		const own = { run: 0, person: 0, link: 0, change: 0 };
		const work = { people: 0, newLinks: 0, writes: { wix: 0, users: 600 } };
		// 600 writes and as many reads of half a second: ten minutes for one caller, a minute for ten
		const found = simulate(work, { users: okta, answer: 500, own });
		expect(found.users).toBe(600_000);
		expect(found.userWorkers).toBe(10);
	});
});
