import type { N8nProcess } from '../../runtime/n8n.mts';
import { executionsIn } from '../../runtime/workerLog.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { wixAddress } from '../../sandbox/demo/records.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { systems, USER_EMAIL } from '../../sandbox/demo/system.mts';
import { lookAround, type LinkRow } from '../../sandbox/demo/world.mts';
import { startSandbox } from '../../sandbox/startSandbox.mts';
import { plainLinks } from './plainLinks.mts';
import { startTriggersN8n, type RestartableN8n } from './triggers.mts';
import type { Bench } from './workflows.mts';

/** An n8n in queue mode beside a sandbox. */
export interface QueueBench extends Bench {
	n8n: RestartableN8n;
}

/** Two workers; `cleanup.run()` ends all of it. */
export async function openQueueBench(
	people: number,
	more?: Record<string, string>,
): Promise<QueueBench> {
	const cleanup = new Cleanup();
	try {
		const sandbox = await startSandbox({ people, seed: 5 });
		cleanup.add(() => sandbox.close());
		const n8n = await startTriggersN8n({ workers: 2, more }, cleanup);
		const accounts = sandboxAccounts(sandbox, systems.youTrack);
		const servers = sandboxServers(sandbox, systems.youTrack);
		return { n8n, calls: n8n.calls, server: n8n.server, cleanup, sandbox, servers, accounts };
	} catch (error) {
		await cleanup.run();
		throw error;
	}
}

/** The oldest run that is going on, which worker is at it, and the other worker. */
export function runAtWork(workers: readonly N8nProcess[]) {
	const runs = workers.flatMap((at) => {
		const finished = new Set(executionsIn(at, 'finished'));
		const unfinished = executionsIn(at, 'started').filter((id) => !finished.has(id));
		return unfinished.map((executionId) => ({ at, executionId }));
	});
	const [oldest] = runs.sort((one, next) => Number(one.executionId) - Number(next.executionId));
	const other = workers.find((worker) => worker !== oldest?.at);
	return oldest && other ? { ...oldest, other } : undefined;
}

/** Edits pairs, but not those of `not`, on one side or the other by turns; they are what `heldBy` should say once all is carried over. */
export async function editByTurns(
	{ servers, calls }: Bench,
	count: number,
	mark: string,
	not: ReadonlySet<string> = new Set(),
) {
	const plain = plainLinks(await lookAround(servers, calls));
	const links = plain.filter(({ linkId }) => !not.has(linkId)).slice(0, count);
	expect(links).toHaveLength(count);
	const addresses = links.map((_, index) => `${mark}.${index}@example.org`);
	for (const [index, { wixId, userId }] of links.entries()) {
		const address = addresses[index] ?? '';
		if (index % 2 === 0) await servers.wix.edit(wixId, 'primaryInfo.email', address);
		else await servers.users.edit(userId, USER_EMAIL, address);
	}
	return { links, addresses };
}

/** The addresses that both sides of these links hold, or what differs. */
export async function heldBy({ servers, calls }: Bench, links: LinkRow[]): Promise<string[]> {
	const world = await lookAround(servers, calls);
	return links.map(({ wixId, userId }) => {
		const wix = wixAddress(world.wix.get(wixId));
		const user = world.system.addressOf(world.users.get(userId));
		return wix === user ? wix : `${wix} is not ${user}`;
	});
}
