import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { lastLines } from './processes.mts';
import { SetupError } from './setupError.mts';

const READY_WITHIN_MS = 120_000;

/** A program that was started, and how one knows that it is there for others. */
export interface Starting {
	/** As people call it. */
	name: string;
	child: ChildProcess;
	logFile: string;
	isReady: () => Promise<boolean>;
}

/** Waits for a program to be ready; throws a SetupError with the end of its log when it ends before, or takes two minutes. */
export async function untilReady({ name, child, logFile, isReady }: Starting): Promise<void> {
	const giveUpAt = Date.now() + READY_WITHIN_MS;
	while (Date.now() < giveUpAt) {
		if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
			throw new SetupError(`${name} ended while starting:\n${lastLines(logFile)}`);
		}
		if (await isReady()) return;
		await wait(250);
	}
	throw new SetupError(
		`${name} did not get ready within ${READY_WITHIN_MS / 1000} s:\n${lastLines(logFile)}`,
	);
}
