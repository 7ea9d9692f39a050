import { join } from 'node:path';
import type { Runtime } from './install.mts';
import { startN8n, startN8nProcess, type N8nProcess, type N8nServer } from './n8n.mts';
import { ownerOf } from './owner.mts';
import { freePort } from './ports.mts';
import { startPostgres } from './postgres.mts';
import { queueEnvironment, workerCommand, workerEnvironment } from './queueEnvironment.mts';
import { startRedis } from './redis.mts';

export interface QueueOptions {
	runtime: Runtime;
	/** Of the main process and of all workers; their log files are here, too. */
	userFolder: string;
	workers: number;
	/** Environment variables of all processes, on top of those that keep n8n local. */
	more?: Record<string, string> | undefined;
}

/** An n8n in queue mode: the main process has the editor, the webhooks and the polls; the workers run the workflows. */
export interface QueuedN8n {
	main: N8nServer;
	workers: N8nProcess[];
	/** Another main process on the same data, once the last one has ended. */
	restartMain(): Promise<N8nServer>;
	/** One more worker. */
	addWorker(): Promise<N8nProcess>;
	/** Ends the workers, the main process, Redis and PostgreSQL. */
	stop(): Promise<void>;
}

/** Starts Redis, PostgreSQL, the main process and the workers, all on ports of their own of 127.0.0.1. */
export async function startQueue(options: QueueOptions): Promise<QueuedN8n> {
	const { runtime, userFolder } = options;
	const common = ownerOf(runtime, userFolder);
	const undo: (() => Promise<void>)[] = [];
	const stop = async () => {
		for (const work of undo.splice(0).reverse()) await work();
	};
	const kept = <T extends { stop(): Promise<void> }>(started: T): T => {
		undo.push(() => started.stop());
		return started;
	};
	try {
		const redis = kept(await startRedis(join(userFolder, 'redis.log')));
		const postgres = kept(await startPostgres(join(userFolder, 'postgres.log')));
		const host = '127.0.0.1';
		// Any password will do: this PostgreSQL trusts local programs
		const places = {
			redis: { host, port: redis.port },
			postgres: { ...postgres, host, password: 'not-asked-for' },
		};
		const more = { ...queueEnvironment(places), ...options.more };
		const startMain = async () => kept(await startN8n({ runtime, userFolder, more }));
		// Numbered before it is started: several start at once
		let numbered = 0;
		const addWorker = async () => {
			const logFile = join(userFolder, `worker-${++numbered}.log`);
			const port = await freePort();
			const settings = {
				...common,
				port,
				brokerPort: await freePort(),
				more: { ...more, ...workerEnvironment(port) },
			};
			return kept(await startN8nProcess(runtime, workerCommand, settings, logFile));
		};
		// The main process makes the tables first
		const main = await startMain();
		const starting = await Promise.allSettled(Array.from({ length: options.workers }, addWorker));
		const workers = starting.map((started) => {
			if (started.status === 'rejected') throw started.reason;
			return started.value;
		});
		return { main, workers, restartMain: startMain, addWorker, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
