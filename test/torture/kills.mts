import { setTimeout as wait } from 'node:timers/promises';
import { N8nAnswerError } from '../../runtime/client.mts';
import { outputOf, runByHand, type Execution } from '../../runtime/executions.mts';
import { seededRandom } from '../../sandbox/control/random.mts';
import { activate, STEP, withSetting, type TemplateNode } from '../../sandbox/demo/template.mts';
import { until } from '../e2e/triggers.mts';
import { runsGoingOn, untilNoRun } from '../e2e/workflows.mts';
import { EditedPairs, type Outcome } from './editedPairs.mts';
import type { Stage } from './stage.mts';

const SCHEDULE_S = 2;
const RUNS_WITHIN_MS = 60_000;
/** No run here takes half as long. */
const OVER_AFTER_MINUTES = 0.5;
/** How long n8n needs, once it answers, until it has called the error workflows of runs that it found dead. */
const CALLED_WITHIN_MS = 12_000;

/** Its multiples, without their whole parts, lie evenly between 0 and 1, however many there are. */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** What `diedAt` begins with where n8n names no step that it found dead. */
const BETWEEN_STEPS = 'between steps';

export type Start = 'by hand' | 'on schedule';

export interface KillResult extends Outcome {
	kill: number;
	start: Start;
	/** Milliseconds from the start of the run to the kill. */
	after: number;
	/** The step at which n8n found the run dead; how the run ended where it was through already. */
	diedAt: string;
	/** Writes that the servers had seen of the run by then. */
	writesBefore: number;
	/**
	 * Milliseconds until the run's row was gone once n8n answered again; undefined by hand, where the next run takes over. n8n calls
	 * the error workflow only where it finds a step that had begun and not ended: a run killed between two steps keeps its turn
	 * until its time is over.
	 */
	rowGivenBackAfter: number | undefined;
	/** Runs after the kill until one had nothing left to do, that one included. */
	runs: number;
}

/** People whose workflow can be started on schedule, too, every few seconds. */
export const prepareKills = async (stage: Stage, seed: number, people: number) =>
	await EditedPairs.prepare(stage, seed, people, (node) =>
		withSetting(every(SCHEDULE_S)(node), 'A run is over after minutes', OVER_AFTER_MINUTES),
	);

/** Kills so many runs, each at another part of its usual length, and lets the next ones finish the work. */
export async function killMany(
	pairs: EditedPairs,
	kills: number,
	seed: number,
	startOf: (kill: number) => Start,
): Promise<KillResult[]> {
	const longest = await longestLength(pairs);
	const usualMs: Record<Start, number> = { 'by hand': longest, 'on schedule': longest };
	const random = seededRandom(seed);
	const results: KillResult[] = [];
	for (let kill = 0; kill < kills; kill++) {
		const start = startOf(kill);
		const after = Math.round(((kill * GOLDEN_RATIO + random() / kills) % 1) * usualMs[start]);
		const moment = async () => await wait(after);
		const result = { kill, ...(await killOne(pairs, start, moment)) };
		// The run was through by then, so runs take less
		if (wasThrough(result)) usualMs[start] = Math.min(usualMs[start], result.after);
		results.push(result);
		process.stderr.write(`kill ${kill + 1} of ${kills}: ${result.diedAt}\n`);
	}
	return results;
}

/** Of a run with something to write on an n8n that has just started, as the runs that are killed; milliseconds. */
async function longestLength(pairs: EditedPairs): Promise<number> {
	const { stage, workflowId } = pairs;
	await stage.kill();
	await stage.startAgain();
	await pairs.edit();
	const run = await runByHand(stage.calls, workflowId, STEP.byHand);
	await pairs.settle();
	return Date.parse(run.stoppedAt ?? '') - Date.parse(run.startedAt);
}

/** Kills one run in the middle of its writes, however fast it is: as soon as the servers have seen so many. */
export async function killAtWrite(
	pairs: EditedPairs,
	kill: number,
	start: Start,
	writes: number,
): Promise<KillResult> {
	const before = (await pairs.counted()).writes;
	const moment = async () => {
		const giveUpAt = Date.now() + RUNS_WITHIN_MS;
		while ((await pairs.counted()).writes - before < writes) {
			if (Date.now() > giveUpAt) throw new Error(`The run did not write ${writes} times.`);
			await wait(2);
		}
	};
	return { kill, ...(await killOne(pairs, start, moment)) };
}

async function killOne(
	pairs: EditedPairs,
	start: Start,
	moment: () => Promise<void>,
): Promise<Omit<KillResult, 'kill'>> {
	const { stage, workflowId } = pairs;
	const edited = await pairs.edit();
	const before = await pairs.counted();
	const isByHand = start === 'by hand';
	const executionId = await (isByHand ? startByHand : startOnSchedule)(stage, workflowId);
	const startedAt = Date.now();
	await moment();
	const after = Date.now() - startedAt;
	await stage.kill();
	const writesBefore = (await pairs.counted()).writes - before.writes;
	await stage.startAgain();
	const rowGivenBackAfter = isByHand ? undefined : await untilRowIsGone(stage, executionId);
	const diedAt = await stepOf(stage, executionId);
	const runs = isByHand ? await pairs.settle() : await settleOnSchedule(pairs, executionId);
	const outcome = await pairs.outcomeOf(edited, before);
	return { start, after, diedAt, writesBefore, rowGivenBackAfter, runs, ...outcome };
}

async function startByHand({ calls }: Stage, workflowId: string): Promise<string> {
	const trigger = { triggerToStartFrom: { name: STEP.byHand } };
	const path = `/workflows/${workflowId}/run`;
	return (await calls.rest<{ executionId: string }>('POST', path, trigger)).executionId;
}

async function startOnSchedule({ calls }: Stage, workflowId: string): Promise<string> {
	await activate(calls, workflowId);
	const path = `/executions?workflowId=${workflowId}&status=running`;
	for (;;) {
		const { data } = await calls.api<{ data: Execution[] }>('GET', path);
		if (data[0]) return data[0].id;
		await wait(20);
	}
}

async function untilRowIsGone(stage: Stage, executionId: string): Promise<number> {
	const readyAt = Date.now();
	await until('the row of the killed run is gone', async () => {
		const rows = await runsGoingOn(stage);
		return rows.some(({ run }) => run === executionId) ? undefined : true;
	});
	return Date.now() - readyAt;
}

async function stepOf({ calls }: Stage, executionId: string): Promise<string> {
	try {
		const path = `/executions/${executionId}?includeData=true`;
		const { status, data } = await calls.api<Execution>('GET', path);
		const ran = data?.resultData?.runData ?? {};
		const dead = Object.keys(ran).find((name) => ran[name]?.[0]?.error !== undefined);
		if (dead !== undefined) return dead;
		const isDead = status !== 'success';
		return `${isDead ? BETWEEN_STEPS : status}, after ${Object.keys(ran).length} steps`;
	} catch (error) {
		if (error instanceof N8nAnswerError) return 'before it was kept';
		throw error;
	}
}

/** Runs of the schedule only: a run by hand would take over. @returns how many worked until one had nothing left to do */
async function settleOnSchedule(
	{ stage, workflowId }: EditedPairs,
	killedId: string,
): Promise<number> {
	const { calls } = stage;
	const worked = new Set<string>();
	const query = `workflowId=${workflowId}&status=success&includeData=true&limit=10`;
	await until('a run on schedule that has nothing left to do', async () => {
		const { data } = await calls.api<{ data: Execution[] }>('GET', `/executions?${query}`);
		const later = data.filter(
			(each) => Number(each.id) > Number(killedId) && outputOf(each, STEP.plan, 4).length > 0,
		);
		for (const { id } of later) worked.add(id);
		const isIdle = (each: Execution) =>
			[0, 1, 2].every((output) => outputOf(each, STEP.plan, output).length === 0);
		return later.some(isIdle) ? true : undefined;
	});
	await calls.api('POST', `/workflows/${workflowId}/deactivate`);
	// The next kill must not meet a run that the schedule was just about to begin
	await wait(SCHEDULE_S * 1000);
	await untilNoRun(stage, workflowId);
	return worked.size;
}

/** The schedule of a shipped workflow starts a run every so many seconds. */
export const every =
	(secondsInterval: number) =>
	(node: TemplateNode): TemplateNode => {
		if (node.type !== 'n8n-nodes-base.scheduleTrigger') return node;
		return { ...node, parameters: { rule: { interval: [{ field: 'seconds', secondsInterval }] } } };
	};

const wasThrough = ({ diedAt }: KillResult) => diedAt.startsWith('success');

/** What has to be so after every kill. */
export function expectFinished(results: readonly KillResult[]): void {
	expect(results.filter(({ doubles, lost }) => doubles !== 0 || lost !== 0)).toEqual([]);
	const wasCalledLate = ({ rowGivenBackAfter = 0, diedAt }: KillResult) =>
		rowGivenBackAfter > CALLED_WITHIN_MS && !diedAt.startsWith(BETWEEN_STEPS);
	expect(results.filter(wasCalledLate)).toEqual([]);
	// A run that was through by then tried nothing
	expect(results.filter(wasThrough).length).toBeLessThanOrEqual(Math.max(1, results.length * 0.3));
}

/** One line of the table at the end. */
export const killRow = (result: KillResult): Record<string, string | number> => ({
	kill: result.kill,
	start: result.start,
	'after, ms': result.after,
	'died at': result.diedAt,
	'writes by then': result.writesBefore,
	'row given back, ms': result.rowGivenBackAfter ?? '–',
	'runs until finished': result.runs,
	doubles: result.doubles,
	lost: result.lost,
});
