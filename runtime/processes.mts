import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

const running = new Set<ChildProcess>();
let hooked = false;

export interface ProcessOptions {
	cwd?: string;
	env: NodeJS.ProcessEnv;
	/** stdout and stderr are added to this file. */
	logFile: string;
	/** Whom it runs as; only root can choose. */
	uid?: number;
	gid?: number;
}

/**
 * Starts a program in a process group of its own, so that it can be ended with all its children,
 * and sees to it that none of them outlives this process.
 */
export function startProcess(
	command: string,
	commandArguments: string[],
	options: ProcessOptions,
): ChildProcess {
	endChildrenOnExit();
	const log = openSync(options.logFile, 'a');
	const child = spawn(command, commandArguments, {
		cwd: options.cwd,
		env: options.env,
		uid: options.uid,
		gid: options.gid,
		stdio: ['ignore', log, log],
		detached: true,
	});
	closeSync(log);
	running.add(child);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

/** Runs a program to its end; throws with the last lines of its log when it fails. */
export async function runProcess(
	command: string,
	commandArguments: string[],
	options: ProcessOptions,
): Promise<void> {
	const child = startProcess(command, commandArguments, options);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', resolve);
	});
	if (code === 0) return;
	throw new Error(
		`${command} ${commandArguments.slice(0, 2).join(' ')} ended with ${code}. ` +
			`The end of ${options.logFile}:\n${lastLines(options.logFile)}`,
	);
}

/** Asks a process group to end; after the grace time it is made to. */
export async function endProcess(
	child: ChildProcess,
	graceMs = 10_000,
	signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	signalGroup(child, signal);
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
	await ended;
	clearTimeout(force);
	// The group can hold stragglers (n8n's task runner) after its first process is gone.
	signalGroup(child, 'SIGKILL');
}

/** Ends everything that was started here and still runs, one that is only just starting, too. */
export async function endAllProcesses(): Promise<void> {
	await Promise.all([...running].map((child) => endProcess(child)));
}

export function lastLines(file: string, count = 15): string {
	try {
		return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
	} catch {
		return '(no log)';
	}
}

function endChildrenOnExit(): void {
	if (hooked) return;
	hooked = true;
	process.once('exit', () => {
		for (const child of running) signalGroup(child, 'SIGKILL');
	});
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// Gone already.
	}
}
