import { startSandbox } from '../startSandbox.mts';
import type { Cleanup } from './cleanup.mts';
import { comparePairs } from './compare.mts';
import type { DemoOptions } from './options.mts';
import { play } from './play.mts';
import { print } from './print.mts';
import { sandboxAccounts, sandboxServers } from './sandboxServers.mts';
import type { Session } from './session.mts';
import { printSummary, summarize, type DaySummary } from './summary.mts';
import { activate, importTemplate } from './template.mts';
import { lookAround } from './world.mts';

/** Plays a day against the sandbox and says how both servers stand at its end. */
export async function sandboxDay(
	options: DemoOptions,
	{ calls }: Session,
	cleanup: Cleanup,
): Promise<DaySummary> {
	const { people, seed, flow, system } = options;
	const sandbox = await startSandbox({ people, seed });
	cleanup.add(() => sandbox.close());
	const servers = sandboxServers(sandbox, system);
	const [wix, users] = await Promise.all([servers.wix.records(flow.name), servers.users.records()]);
	if (flow.writeOptions !== undefined) await servers.wix.behave({ changeLoginEmail: 200 });
	print(`The sandbox: ${wix.size} ${flow.name} at ${servers.wix.url}`);
	print(`             ${users.size} ${system.title} users at ${servers.users.url} (seed ${seed})`);

	const accounts = sandboxAccounts(sandbox, system);
	const workflowId = await importTemplate(calls, accounts, false, flow);
	await activate(calls, workflowId);

	const steps = await play(options.steps, calls, workflowId, servers, flow);
	const pairs = comparePairs(await lookAround(servers, calls, flow));
	const summary = summarize(steps, pairs, people);
	printSummary(summary, pairs, flow, system);
	return summary;
}
