import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { n8nEnvironment, type Owner } from './environment.mts';
import type { Runtime } from './install.mts';
import { freePort } from './ports.mts';
import { endProcess, lastLines, startProcess } from './processes.mts';
import { SetupError } from './setupError.mts';

const READY_WITHIN_MS = 120_000;

export interface N8nServer {
	url: string;
	owner: Owner;
	logFile: string;
	stop(): Promise<void>;
	/** Ends it at once, as a crash would. */
	kill(): Promise<void>;
}

export interface N8nOptions {
	runtime: Runtime;
	/** Where this n8n keeps its database, settings and community packages. */
	userFolder: string;
	/** 0 or nothing: any free one. */
	port?: number;
}

/** Starts an n8n of its own on 127.0.0.1 and waits until it answers; its owner is there already. */
export async function startN8n({ runtime, userFolder, port = 0 }: N8nOptions): Promise<N8nServer> {
	mkdirSync(userFolder, { recursive: true });
	const secrets = ownerSecrets(userFolder);
	const owner = { email: 'owner@example.com', password: secrets.password };
	const settings = {
		userFolder,
		owner,
		port: await freePort(port),
		brokerPort: await freePort(),
		encryptionKey: secrets.encryptionKey,
		passwordHash: bcrypt(runtime, secrets.password),
	};
	const logFile = join(userFolder, 'n8n.log');
	const child = startProcess(runtime.node, [runtime.n8n, 'start'], {
		cwd: userFolder,
		env: n8nEnvironment(settings),
		logFile,
	});
	const url = `http://127.0.0.1:${settings.port}`;
	try {
		await untilReady(url, () => child.exitCode === null && child.signalCode === null, logFile);
	} catch (error) {
		await endProcess(child, 1000);
		throw error;
	}
	return {
		url,
		owner,
		logFile,
		stop: () => endProcess(child),
		kill: () => endProcess(child, 0, 'SIGKILL'),
	};
}

interface OwnerSecrets {
	password: string;
	encryptionKey: string;
}

/** Made once for a user folder: credentials saved there can only be read with the same key. */
function ownerSecrets(userFolder: string): OwnerSecrets {
	const file = join(userFolder, 'owner.json');
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OwnerSecrets;
	const secrets = {
		// n8n wants a capital letter and a digit in it.
		password: `Demo-${randomBytes(6).toString('hex')}-1`,
		encryptionKey: randomBytes(24).toString('hex'),
	};
	writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
	return secrets;
}

function bcrypt(runtime: Runtime, password: string): string {
	const requireFromN8n = createRequire(join(runtime.folder, 'package.json'));
	const { hashSync } = requireFromN8n('bcryptjs') as {
		hashSync: (text: string, rounds: number) => string;
	};
	return hashSync(password, 10);
}

async function untilReady(url: string, isAlive: () => boolean, logFile: string): Promise<void> {
	const giveUpAt = Date.now() + READY_WITHIN_MS;
	while (Date.now() < giveUpAt) {
		if (!isAlive()) throw new SetupError(`n8n ended while starting:\n${lastLines(logFile)}`);
		const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		if (answer?.ok) return;
		await wait(250);
	}
	throw new SetupError(
		`n8n did not get ready within ${READY_WITHIN_MS / 1000} s:\n${lastLines(logFile)}`,
	);
}
