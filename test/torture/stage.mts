import { dirname, join } from 'node:path';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { systems } from '../../sandbox/demo/system.mts';
import { generatePeople } from '../../sandbox/people/people.mts';
import { startSandbox } from '../../sandbox/startSandbox.mts';
import { startTriggersN8n } from '../e2e/triggers.mts';
import { startAfresh, type Bench } from '../e2e/workflows.mts';

const { youTrack } = systems;

/** A bench whose n8n can be killed, and whose servers can be. */
export interface Stage extends Bench {
	/** n8n's, with its database in it. */
	userFolder: string;
	/** Ends n8n at once, as a crash would. */
	kill(): Promise<void>;
	/** Another n8n on the same data; `more` are environment variables for this time only. */
	startAgain(more?: Record<string, string>): Promise<void>;
}

/** `cleanup.run()` ends all of it. The waits of n8n's nodes are short: see fasterWaits.mts. */
export async function openStage(): Promise<Stage> {
	const cleanup = new Cleanup();
	try {
		const sandbox = await startSandbox();
		const faster = join(process.cwd(), 'test', 'torture', 'fasterWaits.mts');
		const always = { NODE_OPTIONS: `--import=file://${faster}` };
		const more: Record<string, string> = { ...always };
		const n8n = await startTriggersN8n({ workers: 0, more }, cleanup);
		const stage: Stage = {
			calls: n8n.calls,
			server: n8n.server,
			cleanup,
			sandbox,
			servers: sandboxServers(sandbox, youTrack),
			accounts: sandboxAccounts(sandbox, youTrack),
			userFolder: dirname(n8n.server.logFile),
			kill: async () => await stage.server.kill(),
			startAgain: async (onlyNow = {}) => {
				for (const name of Object.keys(more)) delete more[name];
				Object.assign(more, always, onlyNow);
				await n8n.restart();
				Object.assign(stage, { calls: n8n.calls, server: n8n.server });
			},
		};
		cleanup.add(async () => await stage.sandbox.close());
		return stage;
	} catch (error) {
		await cleanup.run();
		throw error;
	}
}

const portOf = (url: string) => Number(new URL(url).port);

/**
 * The servers end, in the middle of whatever they do, and answer again on the same ports with the same records.
 * Their counts begin anew. @returns the users as they were when the servers ended
 */
export async function restartServers(
	stage: Stage,
	whileDown: () => Promise<void>,
): Promise<JsonObject[]> {
	const { wix, users } = stage.servers;
	// First nothing gets through any more, so that no write is done after the records were taken
	for (const server of [wix, users]) await server.fail(1, ['resetBefore']);
	const states = await Promise.all([wix.state(), users.state()]);
	const ports = {
		wixPort: portOf(stage.sandbox.wixUrl),
		youTrackPort: portOf(stage.sandbox.youTrackUrl),
	};
	await stage.sandbox.close();
	await whileDown();
	stage.sandbox = await startSandbox(ports);
	await wix.load(states[0]);
	await users.load(states[1]);
	return states[1].users ?? [];
}

/** Nobody knows anything yet, and these people live on both sides. */
export async function populate(stage: Bench, seed: number, people: number): Promise<void> {
	await startAfresh(stage);
	const { wix, users } = generatePeople(seed, people);
	await stage.servers.wix.load(wix);
	await stage.servers.users.load({ users });
}
