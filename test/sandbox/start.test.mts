import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/startSandbox.mts';

const root = join(__dirname, '../..');

function start(env: Record<string, string>) {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/start.mts'], {
		cwd: root,
		env: { ...process.env, SANDBOX_WIX_PORT: '0', SANDBOX_YOUTRACK_PORT: '0', ...env },
	});
	let output = '';
	const ended = once(child, 'exit').then(([code]: unknown[]) => code);
	const ready = new Promise<string>((resolve) => {
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			if (/ready youtrack \S+\n/.test(output)) resolve(output);
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
		const found =
			/^ready wix (http:\/\/127\.0\.0\.1:\d+)\nready youtrack (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(
				output,
			);
		expect(output).toBe(found?.[0]);
		const state = (await (await fetch(`${found?.[1]}/sandbox/state`)).json()) as {
			contacts: unknown[];
		};
		expect(state.contacts).toHaveLength(3);
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
