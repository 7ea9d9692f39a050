import { join } from 'node:path';
import { n8nEnvironment, type N8nSettings, type Owner } from './environment.mts';
import type { Runtime } from './install.mts';
import { ownerOf } from './owner.mts';
import { freePort } from './ports.mts';
import { endProcess, startProcess } from './processes.mts';
import { untilReady } from './ready.mts';

/** One process of an n8n. */
export interface N8nProcess {
	url: string;
	logFile: string;
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

export interface N8nServer extends N8nProcess {
	owner: Owner;
}

export interface N8nOptions {
	runtime: Runtime;
	/** Where this n8n keeps its database, settings and community packages. */
	userFolder: string;
	/** 0 or nothing: any free one. */
	port?: number;
	/** Environment variables on top of those that keep it local. */
	more?: Record<string, string> | undefined;
}

/** Starts an n8n of its own on 127.0.0.1 and waits until it answers; its owner is there already. */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { runtime, userFolder, port = 0, more } = options;
	const common = ownerOf(runtime, userFolder);
	const settings = { ...common, port: await freePort(port), brokerPort: await freePort(), more };
	const logFile = join(userFolder, 'n8n.log');
	const started = await startN8nProcess(runtime, ['start'], settings, logFile);
	return { ...started, owner: common.owner };
}

/** Runs a command of n8n that stays, and waits until it answers on the port of its settings. */
export async function startN8nProcess(
	runtime: Runtime,
	command: string[],
	settings: N8nSettings,
	logFile: string,
): Promise<N8nProcess> {
	const child = startProcess(runtime.node, [runtime.n8n, ...command], {
		cwd: settings.userFolder,
		env: n8nEnvironment(settings),
		logFile,
	});
	const url = `http://127.0.0.1:${settings.port}`;
	const isReady = async () => {
		const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		return answer?.ok === true;
	};
	try {
		await untilReady({ name: 'n8n', child, logFile, isReady });
	} catch (error) {
		await endProcess(child, 1000);
		throw error;
	}
	return {
		url,
		logFile,
		stop: () => endProcess(child),
		kill: () => endProcess(child, 0, 'SIGKILL'),
	};
}
