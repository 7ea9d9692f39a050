import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from '../../nodes/shared/contract/index';
import type { N8nCalls } from '../../runtime/client.mts';
import { readTable } from '../../runtime/dataTables.mts';
import {
	failureOf,
	outputOf,
	runByHand,
	runningExecutions,
	type Execution,
} from '../../runtime/executions.mts';
import { flows, type Flow } from './flow.mts';
import type { ServerName } from './scenario.mts';
import { STEP } from './template.mts';
import { REVIEW_TABLE, type ReviewRow, type Servers } from './world.mts';

/** The writers' second output, for items that they could not even try. */
const ERRORS = 1;

type Counts = Record<string, number>;

export interface RunResult {
	seconds: number;
	/** Pairs and lone records by what became of them. */
	counts: Counts;
	/** `update users` → how many. */
	planned: Counts;
	/** Link rows added, changed or removed by the plan. */
	linksSaved: number;
	/** Writing requests that the servers saw. */
	written: Record<ServerName, number>;
	/** What the writers said of each change. */
	outcomes: Counts;
	/** Open matters by reason. */
	review: Counts;
	guardTripped: boolean;
	failure?: string | undefined;
}

/** Runs the workflow once on the server and gathers what it planned, what the servers saw and what waits. */
export async function runOnce(
	calls: N8nCalls,
	workflowId: string,
	servers?: Servers,
	flow: Flow = flows.contacts,
): Promise<RunResult> {
	await untilQuiet(calls, workflowId);
	const before = await writes(servers);
	const startedAt = Date.now();
	const execution = await runByHand(calls, workflowId, STEP.byHand);
	const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
	const after = await writes(servers);
	return {
		...read(execution, flow),
		seconds,
		review: await waiting(calls, flow),
		written: { wix: after.wix - before.wix, users: after.users - before.users },
	};
}

/** Whether a run found nothing left to do. One that stepped aside for another run has not looked: it has no report. */
export function isSettled(run: RunResult): boolean {
	if (Object.keys(run.counts).length === 0) return false;
	const planned = Object.values(run.planned).reduce((sum, count) => sum + count, 0);
	return !run.failure && planned === 0 && run.linksSaved === 0;
}

function read(execution: Execution, flow: Flow): Omit<RunResult, 'seconds' | 'written' | 'review'> {
	const [reported] = outputOf(execution, STEP.plan, 4);
	const report = reported?.json as unknown as Report | undefined;
	const planned: Counts = {};
	for (const { operation, side, count } of report?.changes ?? []) {
		const key = `${operation} ${side}`;
		planned[key] = (planned[key] ?? 0) + count;
	}
	const outcomes: Counts = {};
	for (const node of [STEP.writeUsers, flow.writeWix]) {
		for (const { json } of outputOf(execution, node)) {
			const outcome = String(json.outcome);
			outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
		}
		const notSent = outputOf(execution, node, ERRORS).length;
		if (notSent > 0) outcomes.notSent = (outcomes.notSent ?? 0) + notSent;
	}
	return {
		counts: { ...report?.counts },
		planned,
		outcomes,
		linksSaved: outputOf(execution, STEP.plan, 0).length,
		guardTripped: report?.guard.tripped ?? false,
		failure: failureOf(execution),
	};
}

/** What is in the review table after the run: the plan's matters and those that the writers met. */
async function waiting(calls: N8nCalls, { name }: Flow): Promise<Counts> {
	const counts: Counts = {};
	for (const { reason, flow } of await readTable<ReviewRow>(calls, REVIEW_TABLE)) {
		if (flow !== name) continue;
		counts[reason] = (counts[reason] ?? 0) + 1;
	}
	return counts;
}

/** The schedule stays on while the demo plays: its runs are waited for, so that what a run wrote is its own. */
async function untilQuiet(calls: N8nCalls, workflowId: string): Promise<void> {
	while ((await runningExecutions(calls, workflowId)).length > 0) await wait(500);
}

async function writes(servers: Servers | undefined): Promise<RunResult['written']> {
	if (!servers) return { wix: 0, users: 0 };
	const [wix, users] = await Promise.all([servers.wix.requests(), servers.users.requests()]);
	return { wix: wix.writes, users: users.writes };
}
