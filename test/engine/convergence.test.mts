import fc from 'fast-check';
import { asked, run } from './builders.mts';
import { carryOut, dies, play, policies, restRuns, settle, side, step, who } from './play.mts';
import { same, World } from './world.mts';

function expectSound(world: World): void {
	const linked = world.links.filter((link) => link.state === 'linked');
	const wixIds = linked.map((link) => link.wixId).filter((id) => id !== '');
	const userIds = linked.map((link) => link.userId).filter((id) => id !== '');
	expect(new Set(wixIds).size).toBe(wixIds.length);
	expect(new Set(userIds).size).toBe(userIds.length);
	expect(world.wix.lostEdits).toEqual([]);
	expect(world.users.lostEdits).toEqual([]);
	expect([world.wix.repeated, world.users.repeated]).toEqual([[], []]);
	const { report } = world.plan();
	// A value that was sent and never shows is in review after pendingDays; a refusal that can pass is tried again by then.
	world.wait(8 * 24 * 60);
	const listed = new Set(
		[...world.review, ...asked(world.plan())].flatMap(({ wixIds, userIds }) => [
			...wixIds.split(', '),
			...userIds.split(', '),
		]),
	);
	for (const { wixId, userId } of linked) {
		const wix = world.wix.held.get(wixId);
		const user = world.users.held.get(userId);
		const agree = wix !== undefined && user !== undefined && same(wix.address, user.address);
		if (!agree && !listed.has(wixId) && !listed.has(userId)) {
			throw new Error(
				`the pair ${wixId}-${userId} neither agrees nor is in review: ${JSON.stringify({ wix, user, counts: report.counts, row: linked.find((link) => link.wixId === wixId) })}`,
			);
		}
	}
}

/** CI fixes the seed, so that a change is judged by itself; everywhere else each run has its own. */
const seed =
	process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };
const cases = Number(process.env.PROPERTY_CASES ?? 2500);

describe('any history of edits, deletions, crashes, late reads and double runs', () => {
	test('comes to rest with no edit lost, nothing linked twice, and every pair agreed or in review', async () => {
		await fc.assert(
			fc.asyncProperty(
				policies,
				fc.array(step, { minLength: 3, maxLength: 18 }),
				async (chosen, steps) => {
					const world = new World(chosen, 4);
					await carryOut(world);
					for (const action of steps) await play(world, action);
					const runs = await settle(world);
					expect(runs).toBeLessThanOrEqual(restRuns);
					expectSound(world);
				},
			),
			{ numRuns: cases, ...seed },
		);
	}, 240_000);

	test('without crashes, the second run right after the first does nothing, one after the leases only saves, the next nothing', async () => {
		const edits = fc.array(
			fc.record({
				kind: fc.constantFrom('edit' as const, 'sameOnBoth' as const, 'lock' as const),
				side,
				who,
			}),
			{ maxLength: 12 },
		);
		await fc.assert(
			fc.asyncProperty(edits, async (steps) => {
				const world = new World({ guard: null }, 6);
				await carryOut(world);
				for (const action of steps) await play(world, action);
				await carryOut(world);
				world.wait(1);
				const second = await carryOut(world);
				expect([second?.toUsers, second?.toWix, second?.changedLinks]).toEqual([[], [], []]);
				world.wait(20);
				const third = await carryOut(world);
				expect([third?.toUsers, third?.toWix]).toEqual([[], []]);
				world.wait(20);
				const fourth = await carryOut(world);
				expect([fourth?.newLinks, fourth?.changedLinks]).toEqual([[], []]);
			}),
			{ numRuns: cases, ...seed },
		);
	}, 240_000);

	test('nobody is created twice, whatever dies when', async () => {
		const runs = fc.array(
			fc.oneof(
				fc.record({
					kind: fc.constant('run' as const),
					diesAfter: dies,
					view: fc.constant('all' as const),
					who,
				}),
				fc.record({ kind: fc.constant('add' as const), side, who }),
				fc.record({
					kind: fc.constant('twoRuns' as const),
					order: fc.array(fc.boolean(), { minLength: 4, maxLength: 20 }),
					firstDies: fc.nat(20),
					secondDies: fc.nat(20),
					seconds: fc.constantFrom(0, 1, 70, 400),
				}),
				fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 5, 60) }),
			),
			{ minLength: 2, maxLength: 10 },
		);
		await fc.assert(
			fc.asyncProperty(runs, async (steps) => {
				const world = new World({ guard: null, createMissing: 'both' }, 2);
				for (const action of steps) await play(world, action);
				await settle(world);
				for (const system of [world.wix, world.users]) {
					for (const made of system.createdFor.values()) expect(made).toHaveLength(1);
					const addresses = [...system.held.values()].map((record) => record.address);
					expect(new Set(addresses).size).toBe(addresses.length);
				}
				expect(world.wix.held.size).toBe(world.users.held.size);
				expectSound(world);
			}),
			{ numRuns: cases, ...seed },
		);
	}, 240_000);

	test('the order of the input does not change what is linked or reviewed', () => {
		const address = fc.constantFrom(
			'a@example.com',
			'b@example.com',
			'c@example.com',
			'B@EXAMPLE.com ',
			null,
		);
		fc.assert(
			fc.property(
				fc.array(address, { maxLength: 8 }),
				fc.array(address, { maxLength: 8 }),
				(wix, users) => {
					const world = new World({}, 0);
					for (const each of wix) world.wix.add(each);
					for (const each of users) world.users.add(each);
					const forward = run({ wixRecords: world.wix.list(), users: world.users.list() });
					const backward = run({
						wixRecords: world.wix.list().reverse(),
						users: world.users.list().reverse(),
					});
					const summary = (plan: typeof forward) => ({
						links: plan.links.map(({ link }) => link.linkId).sort(),
						review: plan.review.map((item) => item.reviewId).sort(),
						counts: plan.report.counts,
					});
					expect(summary(backward)).toEqual(summary(forward));
					expect(Object.values(forward.report.counts).reduce((sum, count) => sum + count, 0)).toBe(
						wix.length + users.length - forward.links.length,
					);
				},
			),
			{ numRuns: cases, ...seed },
		);
	}, 240_000);
});
