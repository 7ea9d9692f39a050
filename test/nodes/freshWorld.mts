import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';

/**
 * Sets up, for the tests of one file, the sandbox and nodes that speak to it. Waiting takes no time.
 * @param prepare done before each test
 */
export function freshWorld(prepare: (world: NodesWorld) => Promise<unknown>) {
	let started: NodesWorld | undefined;
	let clock: ReturnType<typeof fastClock> | undefined;
	const world = (): NodesWorld => {
		if (started === undefined) throw new Error('The world starts before the first test');
		return started;
	};
	beforeAll(async () => {
		started = await startNodesWorld();
	});
	afterAll(async () => await started?.close());
	beforeEach(async () => {
		clock = fastClock();
		await prepare(world());
	});
	afterEach(() => clock?.restore());

	return {
		world,
		/** Waits of the run, in milliseconds. */
		waits: () => clock?.waits ?? [],
	};
}
