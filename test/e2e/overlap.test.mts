import { openBench, startAfresh, type Bench } from './workflows.mts';
import { describeOverlap } from './overlapTests.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(20);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

describeOverlap(() => bench);
