import { setTimeout as wait } from 'node:timers/promises';
import { N8nAnswerError } from '../../runtime/client.mts';
import { hasEnded, runByHand, type Execution } from '../../runtime/executions.mts';
import { seededRandom } from '../../sandbox/control/random.mts';
import { activate, STEP, type TemplateNode } from '../../sandbox/demo/template.mts';
import { until } from '../e2e/triggers.mts';
import { reportOf, rowsUnderWay, untilNoRun } from '../e2e/workflows.mts';
import { EditedPairs, type Edited, type Outcome } from './editedPairs.mts';
import type { Stage } from './stage.mts';

const SCHEDULE_S = 2;
const RUNS_WITHIN_MS = 60_000;

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
	/** Rows that the killed run had announced: they wait for the end of its lease. */
	underWay: number;
	/** Edits of other rows that the next run, right after n8n answers, did not carry over. */
	leftBehind: number;
	/** Rows under way that it changed nevertheless. */
	touched: number;
	/** Runs after the kill until one had nothing left to do, that one included. */
	runs: number;
}

/** People whose workflow can be started on schedule, too, every few seconds. */
export const prepareKills = async (stage: Stage, seed: number, people: number) =>
	await EditedPairs.prepare(stage, seed, people, every(SCHEDULE_S));

/** Kills so many runs, each at another part of its usual length, and lets the next ones finish the work. */
export async function killMany(
	pairs: EditedPairs,
	kills: number,
	seed: number,
	startOf: (kill: number) => Start,
): Promise<KillResult[]> {
	let usualMs = await longestLength(pairs);
	const random = seededRandom(seed);
	const results: KillResult[] = [];
	for (let kill = 0; kill < kills; kill++) {
		const start = startOf(kill);
		const after = Math.round(((kill * GOLDEN_RATIO + random() / kills) % 1) * usualMs);
		const moment = async () => await wait(after);
		const result = { kill, ...(await killOne(pairs, start, moment)) };
		// The run was through by then, so runs take less
		if (wasThrough(result)) usualMs = Math.min(usualMs, result.after * 0.8);
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
	const atOnce = await goOnAtOnce(pairs, edited, executionId, start);
	const diedAt = await stepOf(stage, executionId);
	const runs = 1 + (await pairs.settle());
	const outcome = await pairs.outcomeOf(edited, before);
	return { start, after, diedAt, writesBefore, runs, ...atOnce, ...outcome };
}

/** The first run after a kill, while the rows of the killed one are under their lease. */
async function goOnAtOnce(
	pairs: EditedPairs,
	edited: readonly Edited[],
	killedId: string,
	start: Start,
): Promise<Pick<KillResult, 'underWay' | 'leftBehind' | 'touched'>> {
	const { stage, workflowId } = pairs;
	const waiting = await rowsUnderWay(stage);
	if (start === 'by hand') await runByHand(stage.calls, workflowId, STEP.byHand);
	else await nextOnSchedule(stage, workflowId, killedId);
	const missing = await pairs.missing(edited);
	const after = await rowsUnderWay(stage);
	const isAsBefore = ([id, updatedAt]: [string, string | undefined]) => after.get(id) === updatedAt;
	return {
		underWay: waiting.size,
		leftBehind: missing.filter(({ link }) => !waiting.has(link.linkId)).length,
		touched: [...waiting].filter((each) => !isAsBefore(each)).length,
	};
}

/** Waits for a run of the schedule that looked, and switches it off. */
async function nextOnSchedule(stage: Stage, workflowId: string, killedId: string): Promise<void> {
	const { calls } = stage;
	const query = `workflowId=${workflowId}&includeData=true&limit=10`;
	await until('a run on schedule after the kill', async () => {
		const { data } = await calls.api<{ data: Execution[] }>('GET', `/executions?${query}`);
		return data.find(
			(each) => Number(each.id) > Number(killedId) && hasEnded(each) && reportOf(each),
		);
	});
	await calls.api('POST', `/workflows/${workflowId}/deactivate`);
	// The next kill must not meet a run that the schedule was just about to begin
	await wait(SCHEDULE_S * 1000);
	await untilNoRun(stage, workflowId);
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
	const wentWrong = ({ doubles, lost, leftBehind, touched }: KillResult) =>
		[doubles, lost, leftBehind, touched].some((count) => count !== 0);
	expect(results.filter(wentWrong)).toEqual([]);
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
	'rows under way': result.underWay,
	'others left behind': result.leftBehind,
	'runs until finished': result.runs,
	doubles: result.doubles,
	lost: result.lost,
});
