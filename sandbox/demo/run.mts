import { setTimeout as wait } from 'node:timers/promises';
import type { Report } from '../../nodes/shared/contract/index';
import type { N8nCalls } from '../../runtime/client.mts';
import { lastIdIn, readTable } from '../../runtime/dataTables.mts';
import {
	failureOf,
	outputOf,
	runByHand,
	runningExecutions,
	type Execution,
} from '../../runtime/executions.mts';
import { flows, type Flow } from './flow.mts';
import type { ServerName } from './scenario.mts';
import { OUTPUT, STEP } from './template.mts';
import {
	HISTORY_TABLE,
	REVIEW_TABLE,
	type HistoryRow,
	type ReviewRow,
	type Servers,
} from './world.mts';

type Counts = Record<string, number>;

export interface RunResult {
	seconds: number;
	/** Pairs and lone records by what became of them. */
	counts: Counts;
	/** `update users` → how many. */
	planned: Counts;
	/** Link rows that the run meant to add or change, or removed. */
	linksSaved: number;
	/** Writing requests that the servers saw. */
	written: Record<ServerName, number>;
	/** Rows of the history that this run wrote, by outcome. */
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
	const lastWritten = await lastIdIn(calls, HISTORY_TABLE);
	const startedAt = Date.now();
	const execution = await runByHand(calls, workflowId, STEP.byHand);
	const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
	const after = await writes(servers);
	return {
		...read(execution),
		seconds,
		outcomes: await outcomesSince(calls, flow, lastWritten),
		review: await waiting(calls, flow),
		written: { wix: after.wix - before.wix, users: after.users - before.users },
	};
}

/** Whether a run found nothing left to do; what it sent last stays under its lease for some minutes. One without a report has not looked. */
export function isSettled(run: RunResult): boolean {
	if (Object.keys(run.counts).length === 0) return false;
	const planned = Object.values(run.planned).reduce((sum, count) => sum + count, 0);
	return !run.failure && planned === 0 && run.linksSaved === 0;
}

type FromExecution = Pick<
	RunResult,
	'counts' | 'planned' | 'linksSaved' | 'guardTripped' | 'failure'
>;

function read(execution: Execution): FromExecution {
	const [reported] = outputOf(execution, STEP.plan, OUTPUT.report);
	const report = reported?.json as unknown as Report | undefined;
	const planned: Counts = {};
	for (const { operation, side, count } of report?.changes ?? []) {
		const key = `${operation} ${side}`;
		planned[key] = (planned[key] ?? 0) + count;
	}
	const saved = [
		outputOf(execution, STEP.plan, OUTPUT.newLinks),
		outputOf(execution, STEP.plan, OUTPUT.changedLinks),
		outputOf(execution, STEP.sweep).filter(({ json }) => json.id !== undefined),
	];
	return {
		counts: { ...report?.counts },
		planned,
		linksSaved: saved.reduce((sum, { length }) => sum + length, 0),
		guardTripped: report?.guard.tripped ?? false,
		failure: failureOf(execution),
	};
}

/** What the writers noted of each value since the history's row with this id. */
async function outcomesSince(calls: N8nCalls, { name }: Flow, lastId: number): Promise<Counts> {
	const rows = await readTable<HistoryRow>(calls, HISTORY_TABLE, lastId);
	return countBy(rows.filter(({ flow }) => flow === name).map(({ outcome }) => outcome));
}

/** The questions that are open after the run. */
async function waiting(calls: N8nCalls, { name }: Flow): Promise<Counts> {
	const rows = await readTable<ReviewRow>(calls, REVIEW_TABLE);
	const open = rows.filter(({ flow, state }) => flow === name && state === 'open');
	return countBy(open.map(({ reason }) => reason));
}

function countBy(names: readonly string[]): Counts {
	const counts: Counts = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
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
