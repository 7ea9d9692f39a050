import { join } from 'node:path';
import type { Report } from '../../nodes/shared/contract/index';
import { readTable } from '../../runtime/dataTables.mts';
import {
	failureOf,
	outputOf,
	runByHand,
	runningExecutions,
	type Execution,
} from '../../runtime/executions.mts';
import type { Accounts } from '../../sandbox/demo/accounts.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { endLeases as endAllLeases, rowsUnderWay as underWay } from '../../sandbox/demo/leases.mts';
import { wixAddress, textAt } from '../../sandbox/demo/records.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import type { Session } from '../../sandbox/demo/session.mts';
import { startAfresh as resetBoth } from '../../sandbox/demo/startAfresh.mts';
import { systems } from '../../sandbox/demo/system.mts';
import {
	forReal,
	importFile,
	OUTPUT,
	STEP,
	withParameters,
	type Adjust,
	type TemplateNode,
} from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, type LinkRow, type Servers } from '../../sandbox/demo/world.mts';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { openN8n } from './n8n.mts';
import { until } from './triggers.mts';

export { HISTORY_TABLE } from '../../sandbox/demo/world.mts';

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

/** Imports a file of `templates/`, a sync no longer as a preview; the id of the workflow. */
export const importWorkflow = async (
	{ calls, accounts }: Bench,
	file: string,
	adjust: Adjust = (node) => node,
): Promise<string> =>
	await importFile(calls, accounts, join(process.cwd(), 'templates', file), (node) =>
		adjust(file.startsWith('sync-') ? forReal(node) : node),
	);

/** Runs it and expects it to end well. */
export async function run({ calls }: Bench, workflowId: string): Promise<Execution> {
	const execution = await runByHand(calls, workflowId, STEP.byHand);
	expect(failureOf(execution)).toBeUndefined();
	return execution;
}

export const linksOf = async ({ calls }: Pick<Bench, 'calls'>): Promise<LinkRow[]> =>
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

/** As some minutes would. To be called while no run goes on. */
export const endLeases = async ({ calls }: Pick<Bench, 'calls'>): Promise<void> =>
	await endAllLeases(calls);

export const rowsUnderWay = async ({
	calls,
}: Pick<Bench, 'calls'>): Promise<Map<string, string | undefined>> => await underWay(calls);

/** More runs than anything here should need. */
const MOST_RUNS = 8;

/**
 * Runs it by hand, each time after all leases, until there is nothing left to do.
 * @returns how many runs that took, the last one included
 */
export async function settle({ calls }: Pick<Bench, 'calls'>, workflowId: string): Promise<number> {
	for (let runs = 1; runs <= MOST_RUNS; runs++) {
		await endAllLeases(calls);
		if (isIdle(await runByHand(calls, workflowId, STEP.byHand))) return runs;
	}
	throw new Error(`${MOST_RUNS} runs and still something to do.`);
}

/** Whether a run ended well and had nothing to save and nothing to take away. */
export const isIdle = (execution: Execution): boolean =>
	failureOf(execution) === undefined &&
	reportOf(execution) !== undefined &&
	rowsOf(execution) === 0 &&
	outputOf(execution, STEP.sweep).every(({ json }) => json.id === undefined);

/** The report of the run that `execution` was; undefined where it came to none. */
export const reportOf = (execution: Execution, step = STEP.plan): Report | undefined =>
	outputOf(execution, step, OUTPUT.report)[0]?.json as unknown as Report | undefined;

/** How many link rows it meant to add or change. */
export const rowsOf = (execution: Execution, step = STEP.plan): number =>
	outputOf(execution, step, OUTPUT.newLinks).length +
	outputOf(execution, step, OUTPUT.changedLinks).length;

/** Waits until no run of the workflow goes on, whoever started it; `killed` is one that n8n still takes for running. */
export const untilNoRun = async (
	{ calls }: Pick<Session, 'calls'>,
	workflowId: string,
	killed?: string,
): Promise<true> =>
	await until('no run goes on', async () => {
		const running = await runningExecutions(calls, workflowId);
		return running.every((id) => id === killed) || undefined;
	});

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
