import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './ports.mts';
import { endProcess, runProcess, startProcess } from './processes.mts';
import { findProgram, postgresFolders } from './programs.mts';
import { untilReady } from './ready.mts';
import type { LocalService } from './service.mts';
import { SetupError } from './setupError.mts';

const USER = 'n8n';

export interface PostgresService extends LocalService {
	user: string;
	database: string;
}

/**
 * Starts a PostgreSQL of its own on 127.0.0.1, with an empty database that any local program may use. It does not run as
 * root: then it runs as the user `postgres`. Throws a SetupError where there is none.
 */
export async function startPostgres(logFile: string): Promise<PostgresService> {
	const program = findProgram('postgres', 'postgresql', postgresFolders());
	const besides = (name: string) => join(dirname(program), name);
	const port = await freePort();
	const runAs = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
	// Directly below the folder for temporary files, because another user has to reach it
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	if (runAs) chownSync(folder, runAs.uid, runAs.gid);
	const options = { cwd: folder, env: process.env, logFile, ...runAs };
	const data = join(folder, 'data');

	const rules = ['-A', 'trust', '-U', USER, '-E', 'UTF8', '--locale', 'C', '--no-sync'];
	await runProcess(besides('initdb'), ['-D', data, ...rules], options).catch((error: Error) => {
		rmSync(folder, { recursive: true, force: true });
		throw new SetupError(`PostgreSQL could not make a database. ${error.message}`);
	});
	const settings = ['-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'];
	const child = startProcess(program, ['-D', data, ...settings], options);
	const end = async (graceMs?: number, signal?: NodeJS.Signals) => {
		await endProcess(child, graceMs, signal);
		rmSync(folder, { recursive: true, force: true });
	};
	const ask = ['-q', '-h', '127.0.0.1', '-p', String(port)];
	const isReady = async () =>
		await runProcess(besides('pg_isready'), ask, options).then(
			() => true,
			() => false,
		);
	try {
		await untilReady({ name: 'PostgreSQL', child, logFile, isReady });
	} catch (error) {
		await end(1000);
		throw error;
	}
	return {
		port,
		user: USER,
		database: 'postgres',
		// SIGTERM would wait for everybody who is connected
		stop: () => end(undefined, 'SIGINT'),
		kill: () => end(0, 'SIGKILL'),
	};
}

/** Throws a SetupError when this machine knows no such user. */
function idsOf(user: string): { uid: number; gid: number } {
	try {
		const id = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }));
		return { uid: id('-u'), gid: id('-g') };
	} catch {
		throw new SetupError(
			`PostgreSQL does not run as root, and there is no user ${user}: apt-get install --no-install-recommends postgresql`,
		);
	}
}
