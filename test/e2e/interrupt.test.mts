import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ended, outputOf, startDemo } from './demo.mts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'interrupt-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a demo whose temporary files are all in `folder`, and ends it once it has printed `text`. */
async function interruptAt(text: RegExp, signal: NodeJS.Signals, commandLine: string[]) {
	const child = startDemo(['--people', '60', '--port', '0', ...commandLine], { TMPDIR: folder });
	const output = outputOf(child);
	const end = ended(child);
	while (!text.test(output())) {
		if (child.exitCode !== null) throw new Error(`The demo ended by itself:\n${output()}`);
		await wait(50);
	}
	child.kill(signal);
	const code = await end;
	const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output().split('Starting n8n').pop() ?? '')?.[0];
	return { code, output: output(), url };
}

it('leaves the editor open until Ctrl-C, and then nothing behind', async () => {
	const { code, output, url } = await interruptAt(/Ctrl-C ends it/, 'SIGINT', []);
	expect(output).toMatch(/email +owner@example\.com\n +password +\S+/);
	expect(code).toBe(0);
	await expect(fetch(String(url))).rejects.toThrow('fetch failed');
	expect(readdirSync(folder).filter((name) => name.startsWith('wix-user-sync'))).toEqual([]);
});

it('ends n8n with itself when it is told to end in the middle of the day', async () => {
	const { code, url } = await interruptAt(/^2\. /m, 'SIGTERM', ['--once']);
	expect(code).toBe(130);
	await expect(fetch(String(url))).rejects.toThrow('fetch failed');
	expect(readdirSync(folder).filter((name) => name.startsWith('wix-user-sync'))).toEqual([]);
});
