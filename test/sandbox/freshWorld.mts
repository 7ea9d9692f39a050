import type { SandboxOptions } from '../../sandbox/startSandbox.mts';
import { startWorld, type World } from './harness.mts';

/** Sets up, for the tests of one file, Wix and YouTrack; before each test they are as they were at the start. */
export function freshWorld(options?: SandboxOptions): () => World {
	let started: World | undefined;
	const world = () => {
		if (started === undefined) throw new Error('The world starts before the first test');
		return started;
	};
	beforeAll(async () => {
		started = await startWorld(options);
	});
	afterAll(async () => await started?.close());
	beforeEach(async () => {
		await world().wixControl('POST', '/reset', {});
		await world().hubControl('POST', '/reset', {});
	});
	return world;
}
