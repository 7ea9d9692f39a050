import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readTable } from '../../runtime/dataTables.mts';
import {
	failureOf,
	runByHand,
	runningExecutions,
	type Execution,
} from '../../runtime/executions.mts';
import type { Accounts } from '../../sandbox/demo/accounts.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { wixAddress, textAt } from '../../sandbox/demo/records.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import type { Session } from '../../sandbox/demo/session.mts';
import { startAfresh as resetBoth } from '../../sandbox/demo/startAfresh.mts';
import { systems } from '../../sandbox/demo/system.mts';
import {
	importFile,
	STEP,
	withParameters,
	type Adjust,
	type TemplateNode,
} from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, type LinkRow, type Servers } from '../../sandbox/demo/world.mts';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { SAME_MOMENT_S } from '../../templates/source/parts/oneAtATime.mts';
import { openN8n } from './n8n.mts';
import { until } from './triggers.mts';

export const HISTORY_TABLE = 'wix_user_sync_history';
export const RUNS_TABLE = 'wix_user_sync_runs';

/** A real n8n beside a sandbox; workflows are imported into it one by one. */
export interface Bench extends Session {
	cleanup: Cleanup;
	sandbox: Sandbox;
	servers: Servers;
	accounts: Accounts;
}

/** `cleanup.run()` ends all of it. */
export async function openBench(people: number, more?: Record<string, string>): Promise<Bench> {
	const cleanup = new Cleanup();
	try {
		const sandbox = await startSandbox({ people, seed: 5 });
		cleanup.add(() => sandbox.close());
		const accounts = sandboxAccounts(sandbox, systems.youTrack);
		const servers = sandboxServers(sandbox, systems.youTrack);
		return { ...(await openN8n(cleanup, undefined, more)), cleanup, sandbox, servers, accounts };
	} catch (error) {
		await cleanup.run();
		throw error;
	}
}

/** The next test starts fresh on the same n8n. */
export const startAfresh = async ({ calls, servers }: Bench): Promise<void> =>
	await resetBoth(calls, servers);

/** Imports a file of `templates/`; the id of the workflow. */
export const importWorkflow = async (
	{ calls, accounts }: Bench,
	file: string,
	adjust?: Adjust,
): Promise<string> =>
	await importFile(calls, accounts, join(process.cwd(), 'templates', file), adjust);

/** Runs it and expects it to end well. */
export async function run({ calls }: Bench, workflowId: string): Promise<Execution> {
	const execution = await runByHand(calls, workflowId, STEP.byHand);
	expect(failureOf(execution)).toBeUndefined();
	return execution;
}

export const linksOf = async ({ calls }: Bench): Promise<LinkRow[]> =>
	await readTable<LinkRow>(calls, LINKS_TABLE);

/** The addresses of a link's two records, as the servers hold them. */
export async function addressesOf(
	{ servers }: Bench,
	{ flow, wixId, userId }: LinkRow,
): Promise<{ wix: string; user: string }> {
	const wix = await servers.wix.records(flow === 'members' ? 'members' : 'contacts');
	const users = await servers.users.records();
	return {
		wix: wixAddress(wix.get(wixId)),
		user: textAt(users.get(userId), 'profile.email.email'),
	};
}

/** Rows of runs that are going on, or were left behind; not those that say when a flow last went through. */
export async function runsGoingOn({ calls }: Bench): Promise<Record<string, unknown>[]> {
	const rows = await readTable(calls, RUNS_TABLE);
	return rows.filter(({ mode }) => mode !== 'finished' && mode !== 'preview');
}

/** Lets the time go by in which a run by hand counts as started together with one that left its row behind. */
export async function letRunsGrowOld(bench: Bench): Promise<void> {
	const started = (await runsGoingOn(bench)).map(({ startedAt }) => Date.parse(`${startedAt}`));
	await wait(Math.max(0, ...started) + SAME_MOMENT_S * 1000 - Date.now() + 100);
}

/** Waits until no run of the workflow goes on, whoever started it. */
export const untilNoRun = async ({ calls }: Session, workflowId: string): Promise<true> =>
	await until('no run goes on', async () =>
		(await runningExecutions(calls, workflowId)).length === 0 ? true : undefined,
	);

export async function writesOf({ servers }: Bench): Promise<number> {
	const all = await Promise.all([servers.wix.requests(), servers.users.requests()]);
	return all.reduce((sum, { writes }) => sum + writes, 0);
}

/** Changes parameters of the step with a name. */
export const stepWith = (name: string, more: Record<string, unknown>) => (node: TemplateNode) =>
	node.name === name ? withParameters(node, more) : node;

/** Linked pairs whose contact is no member, and whose addresses agree. */
export async function editable(bench: Bench, count: number): Promise<[LinkRow, LinkRow]> {
	const contacts = await bench.servers.wix.records();
	const plain = (await linksOf(bench)).filter(
		({ wixId, pending }) => !pending && !JSON.stringify(contacts.get(wixId)).includes('membership'),
	);
	expect(plain.length).toBeGreaterThanOrEqual(count);
	return plain.slice(0, count) as [LinkRow, LinkRow];
}
