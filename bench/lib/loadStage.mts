import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { N8nCalls } from '../../runtime/client.mts';
import { inDatabase } from '../../runtime/database.mts';
import type { N8nProcess } from '../../runtime/n8n.mts';
import { Cleanup, endOnSignals } from '../../sandbox/demo/cleanup.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { openSession } from '../../sandbox/demo/session.mts';
import { systems } from '../../sandbox/demo/system.mts';
import { forReal, importFile, type Adjust } from '../../sandbox/demo/template.mts';
import type { Servers } from '../../sandbox/demo/world.mts';
import { tellsItsHeap } from './heapWatch.mts';
import { startOwnSandbox } from './ownSandbox.mts';
import { ProcessMemory, childrenWith } from './processMemory.mts';
import { activateSaving, startedByWebhook, type Saving } from './productionRun.mts';

/** A real n8n and, in a process of its own, the sandbox. */
export interface LoadStage {
	calls: N8nCalls;
	url: string;
	servers: Servers;
	memory: ProcessMemory;
	/** In queue mode. */
	workers: N8nProcess[];
	/** Of the workers, in any order. */
	workerMemory: ProcessMemory[];
	/** Bytes of n8n's database with everything in it that was written. */
	databaseSize(): Promise<number>;
	/** Rows of a query on n8n's database. */
	query(sql: string): Promise<Array<Record<string, unknown>>>;
	/** Imports the shipped sync of the contacts, started by a webhook and not paced. */
	importSync(saving: Saving): Promise<Sync>;
	/** The same with another file of `templates/`, changed by `adjust`. */
	importFrom(file: string, saving: Saving, adjust?: Adjust): Promise<Sync>;
	close(): Promise<void>;
}

export interface Sync {
	workflowId: string;
	/** Of its webhook. */
	path: string;
}

export interface LoadSettings {
	people: number;
	package?: string | undefined;
	/** In queue mode, with so many. */
	workers?: number | undefined;
	/** Environment variables of n8n. */
	more?: Record<string, string> | undefined;
}

/** What docs/scaling.md recommends beside saving no data of good runs. */
export const recommended = {
	NODE_OPTIONS: '--max-old-space-size=1280',
	N8N_DATA_TABLES_MAX_SIZE_BYTES: String(2 ** 30),
};

/** The Wix node keeps to 180 requests a minute; 0 lifts that, so that what is measured is the work and not the wait. */
export const notPaced: Adjust = (node) =>
	node.type.endsWith('.wixCrm')
		? { ...node, parameters: { ...node.parameters, requestOptions: { requestsPerMinute: 0 } } }
		: node;

const SYNC = 'sync-wix-contacts-and-users.json';

/** Everything ends with `close`, and when the bench is interrupted. */
export async function openLoadStage(settings: LoadSettings): Promise<LoadStage> {
	const cleanup = new Cleanup();
	endOnSignals(cleanup, () => 130);
	try {
		const sandbox = await startOwnSandbox(settings.people);
		cleanup.add(() => sandbox.close());
		const more = { ...tellsItsHeap, ...settings.more };
		const { package: packed, workers: wanted } = settings;
		const session = { port: 0, more, package: packed, workers: wanted };
		const { calls, server, workers } = await openSession(session, cleanup);
		const userFolder = dirname(server.logFile);
		const accounts = sandboxAccounts(sandbox, systems.youTrack);
		const importFrom: LoadStage['importFrom'] = async (file, saving, adjust = (node) => node) => {
			const started = startedByWebhook();
			const all: Adjust = (node) => notPaced(started.adjust(adjust(forReal(node))));
			const path = join(process.cwd(), 'templates', file);
			const workflowId = await importFile(calls, accounts, path, all);
			await activateSaving(calls, workflowId, saving);
			return { workflowId, path: started.path };
		};
		return {
			calls,
			url: server.url,
			servers: sandboxServers(sandbox, systems.youTrack),
			memory: new ProcessMemory(childrenWith('bin/n8n\0start')[0]),
			workers,
			workerMemory: childrenWith('bin/n8n\0worker').map((id) => new ProcessMemory(id)),
			databaseSize: async () => {
				await inDatabase(userFolder, 'PRAGMA wal_checkpoint(TRUNCATE)');
				return statSync(join(userFolder, '.n8n', 'database.sqlite')).size;
			},
			query: async (sql) => await inDatabase(userFolder, sql),
			importSync: async (saving) => await importFrom(SYNC, saving),
			importFrom,
			close: async () => await cleanup.run(),
		};
	} catch (error) {
		await cleanup.run();
		throw error;
	}
}
