import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type N8nCalls } from '../../runtime/client.mts';
import { ensureRuntime } from '../../runtime/install.mts';
import { startN8n, type N8nProcess, type N8nServer } from '../../runtime/n8n.mts';
import { buildAndPack } from '../../runtime/package.mts';
import { copyPrepared } from '../../runtime/prepared.mts';
import { endAllProcesses } from '../../runtime/processes.mts';
import { createProgress } from '../../runtime/progress.mts';
import { startQueue } from '../../runtime/queue.mts';
import type { Cleanup } from '../../sandbox/demo/cleanup.mts';

export interface Setting {
	/** 0: a single n8n on SQLite. */
	workers: number;
	/** Environment variables of n8n. */
	more?: Record<string, string> | undefined;
}

/** An n8n whose main process can be ended and started again on the same data. */
export interface RestartableN8n {
	calls: N8nCalls;
	server: N8nServer;
	workers: N8nProcess[];
	/** The main process. */
	restart(): Promise<void>;
	/** One more; throws where this is no queue mode. */
	addWorker(): Promise<void>;
}

/** n8n's durable polling, which is off by default; n8n looks for polls that are due every second. */
export const durablePolling = {
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '2',
};

/** A real n8n with the packed package, in one process or in queue mode; all of it ends with `cleanup`. */
export async function startTriggersN8n(
	{ workers, more }: Setting,
	cleanup: Cleanup,
): Promise<RestartableN8n> {
	const folder = mkdtempSync(join(tmpdir(), 'triggers-'));
	cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
	cleanup.add(endAllProcesses);
	const built = process.env.E2E_PACKAGE;
	const tarball = built ? resolve(built) : await buildAndPack(process.cwd(), join(folder, 'pack'));
	const userFolder = join(folder, 'n8n-user');
	const runtime = await ensureRuntime(createProgress());
	await copyPrepared(runtime, tarball, userFolder);

	const single = async () => await startN8n({ runtime, userFolder, more });
	const queue = workers > 0 ? await startQueue({ runtime, userFolder, workers, more }) : undefined;
	if (queue) cleanup.add(() => queue.stop());
	const server = queue?.main ?? (await single());
	const n8n: RestartableN8n = {
		server,
		calls: await connect(server.url, server.owner),
		workers: queue?.workers ?? [],
		restart: async () => {
			n8n.server = await (queue ? queue.restartMain() : single());
			n8n.calls = await connect(n8n.server.url, n8n.server.owner);
		},
		addWorker: async () => {
			if (!queue) throw new Error('A single n8n has no workers');
			n8n.workers.push(await queue.addWorker());
		},
	};
	return n8n;
}

/** Looks again and again until there is something; throws when there is nothing within so many seconds. */
export async function until<T>(
	what: string,
	look: () => Promise<T | undefined>,
	seconds = 45,
): Promise<T> {
	const giveUpAt = Date.now() + seconds * 1000;
	while (Date.now() < giveUpAt) {
		const found = await look();
		if (found !== undefined) return found;
		await wait(250);
	}
	throw new Error(`Not within ${seconds} s: ${what}`);
}
