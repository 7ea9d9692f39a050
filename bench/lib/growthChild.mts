/**
 * One size of the growth bench, in a process of its own: `time` prints milliseconds of one plan and of the bare
 * minimum, `memory` the heap before
 * and lets V8 print a line for each collection during the plan.
 */
import { setFlagsFromString } from 'node:v8';

import { loadEngine } from './engine.mts';
import { bareMinimum } from './minimum.mts';
import { makeInput } from './people.mts';
import { planInput } from './planInput.mts';
import { collectGarbage } from './timing.mts';

const [what, dist = '', records, linked, seed] = process.argv.slice(2);
const engine = loadEngine(dist);

function warmUp(): void {
	const few = planInput(engine, makeInput({ records: 10_000, linked: linked === 'true', seed: 7 }));
	for (let round = 0; round < 3; round++) {
		engine.plan(few);
		bareMinimum(few);
	}
}

function timed(run: () => unknown): number {
	collectGarbage();
	const start = performance.now();
	run();
	return performance.now() - start;
}

function measureTime(): void {
	const plan = timed(() => engine.plan(input));
	console.log(JSON.stringify({ plan, minimum: timed(() => bareMinimum(input)) }));
}

/** From here on every collection is a full one and says how much it left: what was alive at that moment. */
function measureMemory(): void {
	collectGarbage();
	console.log(JSON.stringify({ heapBefore: process.memoryUsage().heapUsed }));
	setFlagsFromString('--gc-global');
	setFlagsFromString('--trace-gc');
	const outcome = engine.plan(input);
	setFlagsFromString('--no-trace-gc');
	collectGarbage();
	const heapAfter = process.memoryUsage().heapUsed;
	const rows = outcome.newLinks.length + outcome.changedLinks.length;
	console.log(JSON.stringify({ heapAfter, rows, people: input.users.length }));
}

warmUp();
const input = planInput(
	engine,
	makeInput({ records: Number(records), linked: linked === 'true', seed: Number(seed) }),
);
collectGarbage();
if (what === 'time') measureTime();
else measureMemory();
