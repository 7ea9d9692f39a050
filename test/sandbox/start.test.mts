import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/startSandbox.mts';

const root = join(__dirname, '../..');
const servers = ['wix', 'youtrack', 'okta', 'scim'];
const anyPorts = Object.fromEntries(
	servers.map((name) => [`SANDBOX_${name.toUpperCase()}_PORT`, '0']),
);

const running = new Set<ChildProcess>();
// Also after a test that failed: a server left behind would keep the run from ending.
afterEach(() => running.forEach((child) => child.kill()));

function start(env: Record<string, string>) {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/start.mts'], {
		cwd: root,
		env: { ...process.env, ...anyPorts, ...env },
	});
	let output = '';
	running.add(child);
	const ended = once(child, 'exit').then(([code]: unknown[]) => code);
	const ready = new Promise<string>((resolve) => {
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			if (output.split('\n').length > servers.length) resolve(output);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then(() => resolve(output));
	});
	return { child, ready, ended };
}

describe('npm run sandbox', () => {
	it('says where each server is, answers there, and ends on SIGTERM', async () => {
		const { child, ready, ended } = start({ SANDBOX_PEOPLE: '3', SANDBOX_SEED: '2' });
		const output = await ready;
		const lines = [...output.matchAll(/ready (\w+) (http:\/\/127\.0\.0\.1:\d+)\S*\n/g)];
		expect(lines.map(([line]) => line).join('')).toBe(output);
		expect(lines.map(([, name]) => name)).toEqual(servers);
		const people = lines.map(async ([, , url]) => {
			const state = (await (await fetch(`${url}/sandbox/state`)).json()) as {
				[list: string]: unknown[];
			};
			return (state.contacts ?? state.users)?.length;
		});
		// The users' systems have accounts of their own beside the people.
		expect(await Promise.all(people)).toEqual([3, 5, 4, 3]);
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
	}, 30_000);

	it('refuses a setting that is no number', async () => {
		const { ready, ended } = start({ SANDBOX_PEOPLE: 'many' });
		expect(await ready).toContain('SANDBOX_PEOPLE must be a whole number');
		expect(await ended).not.toBe(0);
	}, 30_000);
});

describe('startSandbox', () => {
	it('fails on a taken port and leaves no server behind', async () => {
		const first = await startSandbox();
		const taken = Number(new URL(first.youTrackUrl).port);
		const free = await startSandbox();
		const wixPort = Number(new URL(free.wixUrl).port);
		await free.close();
		await expect(startSandbox({ wixPort, youTrackPort: taken })).rejects.toThrow('EADDRINUSE');
		const again = await startSandbox({ wixPort });
		expect(again.wixUrl).toBe(`http://127.0.0.1:${wixPort}`);
		await Promise.all([first.close(), again.close()]);
	});
});
