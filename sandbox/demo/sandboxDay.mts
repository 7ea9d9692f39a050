import { startSandbox } from '../startSandbox.mts';
import type { Cleanup } from './cleanup.mts';
import { comparePairs } from './compare.mts';
import { ServerControl } from './control.mts';
import type { DemoOptions } from './options.mts';
import { play } from './play.mts';
import { print } from './print.mts';
import type { Session } from './session.mts';
import { printSummary, summarize, type DaySummary } from './summary.mts';
import { activate, importTemplate } from './template.mts';
import { lookAround, type Servers } from './world.mts';

/** Plays a day against the sandbox and says how both servers stand at its end. */
export async function sandboxDay(
	options: DemoOptions,
	{ calls }: Session,
	cleanup: Cleanup,
): Promise<DaySummary> {
	const { people, seed, flow } = options;
	const sandbox = await startSandbox({ wixPort: 0, youTrackPort: 0, people, seed });
	cleanup.add(() => sandbox.close());
	const servers: Servers = {
		wix: new ServerControl('wix', sandbox.wixUrl),
		youtrack: new ServerControl('youtrack', sandbox.youTrackUrl),
	};
	const [wix, users] = await Promise.all([
		servers.wix.records(flow.name),
		servers.youtrack.records(),
	]);
	if (flow.writeOptions !== undefined) await servers.wix.behave({ changeLoginEmail: 200 });
	print(`The sandbox: ${wix.size} ${flow.name} at ${servers.wix.url}`);
	print(`             ${users.size} users at ${servers.youtrack.url} (seed ${seed})`);

	const accounts = {
		wix: { apiKey: 'sandbox-key', siteId: 'sandbox-site', baseUrl: sandbox.wixUrl },
		youTrack: { url: sandbox.youTrackUrl, token: 'sandbox-token' },
	};
	const workflowId = await importTemplate(calls, accounts, false, flow);
	await activate(calls, workflowId);

	const steps = await play(options.steps, calls, workflowId, servers, flow);
	const pairs = comparePairs(await lookAround(servers, calls, flow));
	const summary = summarize(steps, pairs, people);
	printSummary(summary, pairs, flow.noun);
	return summary;
}
