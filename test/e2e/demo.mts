import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DemoRun {
	code: number | null;
	output: string;
	/** What `--json` wrote; undefined when it wrote nothing. */
	result?: Record<string, unknown> | undefined;
}

const ACCOUNT_VARIABLES = /^(WIX|YOUTRACK|OKTA|SCIM)_/;

/** `npm start -- …` as a person would, with only the given account variables; E2E_PACKAGE saves building it each time. */
export function startDemo(commandLine: string[], env: Record<string, string> = {}): ChildProcess {
	const built = process.env.E2E_PACKAGE;
	const surroundings = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !ACCOUNT_VARIABLES.test(name)),
	);
	const demo = ['--import', 'tsx', 'sandbox/demo/start.mts', ...commandLine];
	return spawn(process.execPath, [...demo, ...(built ? ['--package', built] : [])], {
		env: { ...surroundings, ...env },
		stdio: 'pipe',
	});
}

export async function runDemo(
	commandLine: string[],
	{ env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<DemoRun> {
	const folder = mkdtempSync(join(tmpdir(), 'demo-run-'));
	const json = join(folder, 'result.json');
	const child = startDemo([...commandLine, '--json', json], env);
	const output = outputOf(child);
	child.stdin?.end(input);
	const code = await ended(child);
	const result = readJson(json);
	rmSync(folder, { recursive: true, force: true });
	return { code, output: output(), result };
}

/** What a demo has printed so far. */
export function outputOf(child: ChildProcess): () => string {
	let output = '';
	child.stdout?.on('data', (part: Buffer) => (output += part.toString()));
	child.stderr?.on('data', (part: Buffer) => (output += part.toString()));
	return () => output;
}

export async function ended(child: ChildProcess): Promise<number | null> {
	return await new Promise((resolve) => child.once('exit', resolve));
}

function readJson(file: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}
