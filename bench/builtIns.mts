/** `plan` and its node against Compare Datasets and Merge of n8n on the same items, in one process. */
import { entryAt } from '../runtime/entries.mts';
import { build, loadEngine } from './lib/engine.mts';
import { compareDatasets, ensureBuiltIns, merge } from './lib/builtIns.mts';
import { matchAndMap } from './lib/matchAndMap.mts';
import { readOptions } from './lib/options.mts';
import { makeInput, type Input } from './lib/people.mts';
import { planInput } from './lib/planInput.mts';
import { count, milliseconds, printTable, times } from './lib/table.mts';
import { collectGarbage, median } from './lib/timing.mts';
import { runThroughN8n } from './lib/workflow.mts';

const { numbers, dist } = readOptions({ records: 10_000, rounds: 1, seed: 1 });
const { records, rounds, seed } = numbers;
await ensureBuiltIns();
const folder = dist[0] ?? build();
const engine = loadEngine(folder);

/**
 * One run of the quick ones is over before a busy machine has looked up, and before its code is optimised, which the slow ones
 * see happen in the first second of their one run: a turn takes the median of many.
 */
const quickRuns = 25;

/** Collected once before: after each forced collection V8 starts again with the smallest young generation. */
async function medianOf(run: () => number | Promise<number>): Promise<number> {
	const runs: number[] = [];
	collectGarbage();
	for (let index = 0; index < quickRuns; index++) runs.push(await run());
	return median(runs);
}

/** Milliseconds: `plan` alone, and each node's `execute` in the context that n8n gives it. */
async function turn(input: Input): Promise<Record<'plan' | 'node' | 'compare' | 'merge', number>> {
	const ours = matchAndMap(folder, input);
	const sides = [entryAt(ours.inputs, 0), entryAt(ours.inputs, 1)] as const;
	const whole = planInput(engine, input);
	const timedPlan = () => {
		const start = performance.now();
		engine.plan(whole);
		return performance.now() - start;
	};
	const executeOf = async (node: typeof ours) => (await runThroughN8n(node)).execute;
	const slowOf = (node: typeof ours) => {
		collectGarbage();
		return executeOf(node);
	};
	return {
		plan: await medianOf(timedPlan),
		node: await medianOf(() => executeOf(ours)),
		compare: await slowOf(compareDatasets(sides)),
		merge: await slowOf(merge(sides)),
	};
}

const scenarios = [
	{
		name: 'everything in sync',
		make: (size: number) => makeInput({ records: size, linked: true, seed }),
	},
	{ name: 'first link', make: (size: number) => makeInput({ records: size, linked: false, seed }) },
];

const rows: string[][] = [];
for (const { name, make } of scenarios) {
	const few = make(Math.min(records, 500));
	for (let round = 0; round < 2; round++) await turn(few);
	const input = make(records);
	const turns: Array<Awaited<ReturnType<typeof turn>>> = [];
	for (let round = 0; round < rounds; round++) {
		process.stderr.write(`${name}, turn ${round + 1} of ${rounds} …\n`);
		turns.push(await turn(input));
	}
	const middle = (of: keyof (typeof turns)[number]) => median(turns.map((each) => each[of]));
	const against = (slow: 'compare' | 'merge', fast: 'plan' | 'node') =>
		times(median(turns.map((each) => each[slow] / each[fast])));
	rows.push([
		name,
		...(['plan', 'node', 'compare', 'merge'] as const).map((of) => milliseconds(middle(of))),
		against('compare', 'plan'),
		against('merge', 'plan'),
		against('compare', 'node'),
		against('merge', 'node'),
	]);
}
printTable(
	`Match & Map against the built-in nodes, ${count(records)} × ${count(records)}, medians of ${rounds} turn(s)`,
	[
		'scenario',
		'plan ms',
		'node ms',
		'Compare ms',
		'Merge ms',
		'Compare/plan',
		'Merge/plan',
		'Compare/node',
		'Merge/node',
	],
	rows,
);
