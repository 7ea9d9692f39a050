import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, runByHand } from '../../runtime/executions.mts';
import { STEP } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE } from '../../sandbox/demo/world.mts';
import { inDatabase } from '../../runtime/database.mts';
import type { EditedPairs, Outcome } from './editedPairs.mts';
import { fillDisk } from './fullDisk.mts';
import { restartServers, type Stage } from './stage.mts';

export interface BrokenResult extends Outcome {
	/** How the run ended in the middle of which something broke. */
	ended: string;
	/** Writing requests that the servers had seen by its end. */
	writes: number;
	/** Runs after it until one had nothing left to do. */
	runs: number;
}

/** A run that takes longer hangs. */
const RUN_MS = 5 * 60_000;
const ENDS_WITHIN_MS = 20_000;
const NO_END = 'n8n knows of no end';

/** By hand; how it ended. */
async function runOf(
	{ stage, workflowId }: EditedPairs,
	withinMs: number = RUN_MS,
): Promise<string> {
	const execution = await runByHand(stage.calls, workflowId, STEP.byHand, withinMs);
	return failureOf(execution) ?? 'success';
}

/** One run with edits to carry over, while `trouble` goes on; then runs without. */
async function during(
	pairs: EditedPairs,
	trouble: (writesSeen: () => Promise<number>) => Promise<string>,
): Promise<BrokenResult> {
	const edited = await pairs.edit();
	const before = await pairs.counted();
	const writesSeen = async () => (await pairs.counted()).writes - before.writes;
	const ended = await trouble(writesSeen);
	const writes = await writesSeen();
	const runs = await pairs.settle();
	return { ended, writes, runs, ...(await pairs.outcomeOf(edited, before)) };
}

/** How a run ended; n8n is started again where it knows of no end. */
async function endOf(stage: Stage, ended: string): Promise<string> {
	if (ended !== NO_END) return ended;
	await stage.kill();
	await stage.startAgain();
	return ended;
}

/** Both servers end after the first writes of a run, and come back when it is over. */
export async function serversDie(pairs: EditedPairs): Promise<BrokenResult> {
	const { stage } = pairs;
	const edited = await pairs.edit();
	const before = await pairs.counted();
	const running = runOf(pairs);
	while ((await pairs.counted()).writes - before.writes < 3) await wait(2);
	let ended = '';
	const users = await restartServers(stage, async () => {
		ended = await running;
	});
	const held = new Map(
		users.map((user) => [String(user.id), stage.servers.system.addressOf(user)]),
	);
	// Those that were edited in Wix; the others were never to be written there
	const carried = edited.filter(
		({ link, value, server }) => server === 'wix' && held.get(link.userId) === value,
	).length;
	const runs = await pairs.settle();
	// The count of the users' writes began anew
	const outcome = await pairs.outcomeOf(edited, { ...before, userWrites: -carried });
	return { ended, writes: carried, runs, ...outcome };
}

/**
 * Another program keeps the database to itself for so long, from the moment on at which the run begins to write. Where n8n cannot
 * save how the run ended, it is started again, as a person would do who sees a run that never ends.
 */
export async function databaseIsLocked(
	pairs: EditedPairs,
	milliseconds: number,
): Promise<BrokenResult> {
	const { stage } = pairs;
	return await during(pairs, async (writesSeen) => {
		const running = runOf(pairs, milliseconds + ENDS_WITHIN_MS).catch(() => NO_END);
		while ((await writesSeen()) < 1) await wait(2);
		await inDatabase(stage.userFolder, 'BEGIN EXCLUSIVE', milliseconds);
		return await endOf(stage, await running);
	});
}

/**
 * The disk is full from the moment on at which a run has begun, before it knows what there is to do; then there is room again.
 * Where n8n cannot save how the run ended, it is started again.
 */
export async function diskIsFull(pairs: EditedPairs): Promise<BrokenResult> {
	const { stage } = pairs;
	const { users } = stage.servers;
	return await during(pairs, async () => {
		// The run cannot read the users and waits, until there is no room any more
		await users.fail(1, ['503']);
		const running = runOf(pairs, ENDS_WITHIN_MS).catch(() => NO_END);
		while ((await users.failed())['503'] === undefined) await wait(5);
		const makeRoom = await fillDisk(stage.userFolder);
		await users.fail(0);
		const ended = await running;
		const saysSo = /SQLITE_(?:IOERR|FULL)/.test(readFileSync(stage.server.logFile, 'utf8'));
		if (!saysSo) throw new Error('The disk had room: nothing was tried.');
		await makeRoom().catch(() => undefined);
		return await endOf(stage, ended);
	});
}

/** No row of the links can be changed, as on a full disk. */
export async function linksCannotBeSaved(pairs: EditedPairs): Promise<BrokenResult> {
	const { userFolder } = pairs.stage;
	const [table] = await inDatabase(
		userFolder,
		`SELECT id FROM data_table WHERE name = '${LINKS_TABLE}'`,
	);
	const name = `data_table_user_${String(table?.id)}`;
	return await during(pairs, async () => {
		await inDatabase(
			userFolder,
			`CREATE TRIGGER no_space BEFORE UPDATE ON "${name}" BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
		);
		const ended = await runOf(pairs);
		await inDatabase(userFolder, 'DROP TRIGGER no_space');
		return ended;
	});
}

/** n8n's own limit for all data tables is reached. */
export async function tablesAreFull(pairs: EditedPairs): Promise<BrokenResult> {
	const { stage } = pairs;
	return await during(pairs, async () => {
		await stage.kill();
		await stage.startAgain({ N8N_DATA_TABLES_MAX_SIZE_BYTES: '1000' });
		const ended = await runOf(pairs);
		await stage.kill();
		await stage.startAgain();
		return ended;
	});
}
