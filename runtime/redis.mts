import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.mts';
import { endProcess, startProcess } from './processes.mts';
import { findProgram } from './programs.mts';
import { untilReady } from './ready.mts';
import type { LocalService } from './service.mts';

/** Starts a Redis of its own on 127.0.0.1, empty, which writes nothing to the disk. Throws a SetupError where there is none. */
export async function startRedis(logFile: string): Promise<LocalService> {
	const program = findProgram('redis-server', 'redis-server');
	const port = await freePort();
	const folder = mkdtempSync(join(tmpdir(), 'redis-'));
	const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
	const commandLine = Object.entries(settings).flatMap(([name, value]) => [
		`--${name}`,
		String(value),
	]);
	const child = startProcess(program, commandLine, { env: process.env, logFile });
	const end = async (graceMs?: number, signal?: NodeJS.Signals) => {
		await endProcess(child, graceMs, signal);
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await untilReady({ name: 'Redis', child, logFile, isReady: () => answersPing(port) });
	} catch (error) {
		await end(1000);
		throw error;
	}
	return { port, stop: () => end(), kill: () => end(0, 'SIGKILL') };
}

async function answersPing(port: number): Promise<boolean> {
	const socket = createConnection({ port, host: '127.0.0.1' });
	try {
		return await new Promise((resolve) => {
			socket.once('error', () => resolve(false));
			socket.once('close', () => resolve(false));
			socket.once('data', (answer: Buffer) => resolve(answer.toString().startsWith('+PONG')));
			socket.write('PING\r\n');
		});
	} finally {
		socket.destroy();
	}
}
