import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { n8nEnvironment } from '../../runtime/environment.mts';
import { withLock } from '../../runtime/lock.mts';
import { endProcess, runProcess, startProcess } from '../../runtime/processes.mts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'runtime-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock', () => {
	it('lets one at a time in, and is given back after a failure', async () => {
		const lock = join(folder, 'lock');
		const failing = withLock(
			lock,
			() => undefined,
			async () => {
				expect(existsSync(lock)).toBe(true);
				throw new Error('no space left');
			},
		);
		await expect(failing).rejects.toThrow('no space left');
		expect(existsSync(lock)).toBe(false);
	});

	it('is taken over from a process that is gone', async () => {
		const gone = spawn(process.execPath, ['-e', '']);
		await once(gone, 'exit');
		const lock = join(folder, 'lock');
		mkdirSync(lock);
		writeFileSync(join(lock, 'owner'), `${gone.pid} ${hostname()}`);
		let waited = false;
		const done = await withLock(
			lock,
			() => (waited = true),
			async () => 'done',
		);
		expect([done, waited]).toEqual(['done', false]);
	});
});

describe('processes', () => {
	it('end with all their children', async () => {
		const logFile = join(folder, 'log');
		const script = `
			const { spawn } = require('node:child_process');
			process.on('SIGTERM', () => process.exit(0));
			spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); require("fs").writeFileSync(${JSON.stringify(join(folder, 'child'))}, String(process.pid))'], { stdio: 'ignore' });
			setInterval(() => {}, 1000);`;
		const child = startProcess(process.execPath, ['-e', script], { env: process.env, logFile });
		const pidFile = join(folder, 'child');
		const { readFileSync } = await import('node:fs');
		const grandchild = await untilDefined(() =>
			existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) || undefined : undefined,
		);
		expect(isAlive(grandchild)).toBe(true);
		await endProcess(child);
		await untilDefined(() => (isAlive(grandchild) ? undefined : true));
		expect(isAlive(grandchild)).toBe(false);
	});

	it('that fail say so, with the end of their log', async () => {
		const logFile = join(folder, 'log');
		const run = runProcess(
			process.execPath,
			['-e', 'console.log("out of luck"); process.exit(3)'],
			{
				env: process.env,
				logFile,
			},
		);
		await expect(run).rejects.toThrow(/ended with 3[\s\S]*out of luck/);
	});
});

describe("n8n's environment", () => {
	it('holds no keys and no settings of another n8n', () => {
		const settings = {
			userFolder: '/u',
			port: 1,
			brokerPort: 2,
			encryptionKey: 'e',
			owner: { email: 'owner@example.com', password: 'not passed on' },
			passwordHash: 'h',
		};
		const surroundings = {
			PATH: '/bin',
			WIX_API_KEY: 'secret',
			YOUTRACK_TOKEN: 'secret',
			N8N_USER_FOLDER: '/another',
			DB_TYPE: 'postgresdb',
			EXECUTIONS_MODE: 'queue',
		};
		const environment = n8nEnvironment(settings, surroundings);
		expect(environment).toMatchObject({ PATH: '/bin', N8N_USER_FOLDER: '/u', N8N_PORT: '1' });
		expect(Object.values(environment)).not.toContain('secret');
		expect(Object.values(environment)).not.toContain('not passed on');
		expect(environment).not.toHaveProperty('DB_TYPE');
		expect(environment).not.toHaveProperty('EXECUTIONS_MODE');
	});
});

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function untilDefined<T>(look: () => T | undefined): Promise<T> {
	for (;;) {
		const found = look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
