import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connect, type N8nCalls } from '../../runtime/client.mts';
import { ensureRuntime } from '../../runtime/install.mts';
import { startN8n, type N8nProcess, type N8nServer } from '../../runtime/n8n.mts';
import { buildAndPack, installPackage } from '../../runtime/package.mts';
import { copyPrepared } from '../../runtime/prepared.mts';
import { endAllProcesses } from '../../runtime/processes.mts';
import { createProgress } from '../../runtime/progress.mts';
import { startQueue } from '../../runtime/queue.mts';
import { SetupError } from '../../runtime/setupError.mts';
import type { Cleanup } from './cleanup.mts';

export interface Session {
	server: N8nServer;
	calls: N8nCalls;
}

export interface OpenedSession extends Session {
	/** None where n8n is one process. */
	workers: N8nProcess[];
}

export interface SessionOptions {
	/** Where n8n's data stays for the next time; nothing: a temporary folder. */
	keptIn?: string | undefined;
	port: number;
	package?: string | undefined;
	/** In queue mode, with so many workers, on any free port. */
	workers?: number | undefined;
	/** Environment variables of n8n, on top of those that keep it local. */
	more?: Record<string, string> | undefined;
}

/** A real n8n with the packed package installed in it and its owner logged in; all of it ends with `cleanup`. */
export async function openSession(
	options: SessionOptions,
	cleanup: Cleanup,
): Promise<OpenedSession> {
	const progress = createProgress();
	cleanup.add(() => progress.abandon());
	const workFolder = mkdtempSync(join(tmpdir(), 'wix-user-sync-'));
	cleanup.add(() => rmSync(workFolder, { recursive: true, force: true }));
	cleanup.add(endAllProcesses);
	const userFolder = options.keptIn ? resolve(options.keptIn) : join(workFolder, 'n8n-user');

	const runtime = await ensureRuntime(progress);
	const tarball = options.package ?? (await build(workFolder, () => progress.step('Building')));
	progress.step(`Starting n8n ${runtime.version}`);
	const isFresh = options.package !== undefined && !existsSync(join(userFolder, '.n8n'));
	const install = isFresh
		? copyPrepared(runtime, resolve(tarball), userFolder)
		: installPackage(resolve(tarball), userFolder);
	await install.catch((error: Error) => {
		throw new SetupError(`The package could not be installed. ${error.message}`);
	});
	const { port, more, workers: wanted = 0 } = options;
	const queue =
		wanted > 0 ? await startQueue({ runtime, userFolder, workers: wanted, more }) : undefined;
	if (queue) cleanup.add(() => queue.stop());
	const server = queue?.main ?? (await startN8n({ runtime, userFolder, port, more }));
	const calls = await connect(server.url, server.owner);
	progress.done(server.url);
	return { server, calls, workers: queue?.workers ?? [] };
}

async function build(workFolder: string, announce: () => void): Promise<string> {
	announce();
	try {
		return await buildAndPack(process.cwd(), join(workFolder, 'pack'));
	} catch (error) {
		throw new SetupError(`The package could not be built. ${(error as Error).message}`);
	}
}
