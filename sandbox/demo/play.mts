import type { N8nCalls } from '../../runtime/client.mts';
import { cast } from './casting.mts';
import { makeEdits } from './edits.mts';
import type { Flow } from './flow.mts';
import { printRun, printStep } from './print.mts';
import { isSettled, runOnce, type RunResult } from './run.mts';
import type { Step } from './scenario.mts';
import { lookAround, type Servers } from './world.mts';

/** More runs than any step should need; a day that wants more has not settled. */
const MOST_RUNS = 6;

export interface StepResult {
	title: string;
	edits: number;
	/** Parts that nobody could play. */
	missing: string[];
	runs: RunResult[];
}

/** Plays the steps one after another: the edits, then runs of the workflow until one has nothing left to do. */
export async function play(
	steps: Step[],
	calls: N8nCalls,
	workflowId: string,
	servers: Servers,
	flow: Flow,
): Promise<StepResult[]> {
	const used = new Set<string>();
	const results: StepResult[] = [];
	for (const [index, step] of steps.entries()) {
		const world = await lookAround(servers, calls, flow);
		const people = cast(step, world, used);
		const missing = Object.keys(step.people ?? {}).filter((name) => !people.has(name));
		const edits = await makeEdits(step, people, world, servers);
		printStep(index + 1, step.title, edits, missing);
		const runs: RunResult[] = [];
		while (runs.length < (step.runs ?? MOST_RUNS)) {
			const run = await runOnce(calls, workflowId, servers, flow);
			runs.push(run);
			printRun(runs.length, run);
			if (step.runs === undefined && isSettled(run)) break;
		}
		results.push({ title: step.title, edits, missing, runs });
	}
	return results;
}
