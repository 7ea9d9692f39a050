/** The Match & Map node through n8n-core's real WorkflowExecute: the engine beside the whole. */
import { build, loadEngine } from './lib/engine.mts';
import { matchAndMap } from './lib/matchAndMap.mts';
import { readOptions } from './lib/options.mts';
import { makeInput, type Input } from './lib/people.mts';
import { planInput } from './lib/planInput.mts';
import { count, milliseconds, printTable, times } from './lib/table.mts';
import { collectGarbage, median } from './lib/timing.mts';
import { runThroughN8n } from './lib/workflow.mts';

const { numbers, dist } = readOptions({ records: 100_000, rounds: 5, seed: 1 });
const { records, rounds, seed } = numbers;
const folder = dist[0] ?? build();
const engine = loadEngine(folder);

const scenarios: Array<[string, () => Input]> = [
	['everything in sync', () => makeInput({ records, linked: true, seed })],
	['1 % edited', () => makeInput({ records, linked: true, edited: 0.01, seed })],
	['first link', () => makeInput({ records, linked: false, seed })],
];

async function row(name: string, input: Input): Promise<string[]> {
	const whole = planInput(engine, input);
	const node = matchAndMap(folder, input);
	const turns: Array<{ plan: number; execute: number; workflow: number }> = [];
	for (let round = 0; round <= rounds; round++) {
		collectGarbage();
		const start = performance.now();
		engine.plan(whole);
		const plan = performance.now() - start;
		collectGarbage();
		turns.push({ plan, ...(await runThroughN8n(node)) });
	}
	turns.shift();
	const middle = (of: (turn: (typeof turns)[number]) => number) => median(turns.map(of));
	return [
		name,
		milliseconds(middle(({ plan }) => plan)),
		milliseconds(middle(({ execute }) => execute)),
		milliseconds(middle(({ workflow }) => workflow)),
		times(middle(({ plan, execute }) => execute / plan)),
		times(middle(({ plan, workflow }) => workflow / plan)),
	];
}

const rows: string[][] = [];
for (const [name, make] of scenarios) rows.push(await row(name, make()));
printTable(
	`The engine and the whole node in n8n, ${count(records)} × ${count(records)}, medians of ${rounds} turns`,
	['scenario', 'plan ms', 'execute ms', 'workflow ms', 'execute/plan', 'workflow/plan'],
	rows,
);
