import fc from 'fast-check';

import { valueNamed } from '../../runtime/entries.mts';
import { batch, comparableResults, comparableState, type Batch } from './bulkBatches.mts';
import { resultIn, toErrorOutput } from './rows.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';

/** CI fixes the seed, so that a change is judged by itself; everywhere else each run has its own. */
const seed =
	process.env.PROPERTY_SEED === undefined ? {} : { seed: Number(process.env.PROPERTY_SEED) };
const cases = Number(process.env.BULK_CASES ?? 40);

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(() => {
	clock = fastClock();
});
afterEach(() => clock.restore());

interface Carried {
	results: string[];
	state: string[];
	bulkWrites: number;
}

async function carryOut(given: Batch, write: 'bulk' | 'oneByOne'): Promise<Carried> {
	await world.wix.reset();
	await world.wix.put({ contacts: given.contacts, members: given.members });
	await world.wix.behave(given.switches);
	for (const id of given.merged) await world.wix.merge('c0', [id]);
	const run = await world.wixCrm(
		{ resource: 'contact', operation: 'applyChanges', write },
		given.rows,
		toErrorOutput,
	);
	if (run.error !== undefined) throw run.error;
	const { contacts } = await world.wix.state();
	const { byRoute } = await world.wix.requests();
	const bulkRoutes = Object.keys(byRoute).filter((route) => route.includes('/v5/bulk/'));
	return {
		results: comparableResults(
			given.rows.map((_, index) => resultIn(run, index)),
			contacts,
			given,
		),
		state: comparableState(contacts, given),
		bulkWrites: bulkRoutes.reduce((sum, route) => sum + valueNamed(byRoute, route), 0),
	};
}

test('in bulk and one by one: the same results for any batch, and the same contacts after it', async () => {
	let bulkWrites = 0;
	await fc.assert(
		fc.asyncProperty(batch, async (given) => {
			const single = await carryOut(given, 'oneByOne');
			const bulk = await carryOut(given, 'bulk');
			bulkWrites += bulk.bulkWrites;
			expect(single.bulkWrites).toBe(0);
			expect(bulk.results).toEqual(single.results);
			expect(bulk.state).toEqual(single.state);
		}),
		{ numRuns: cases, ...seed },
	);
	expect(bulkWrites).toBeGreaterThan(cases / 3);
}, 300_000);
