import { createInterface } from 'node:readline/promises';
import type { Accounts } from './accounts.mts';
import type { Flow } from './flow.mts';
import { print, printRun } from './print.mts';
import { runOnce, type RunResult } from './run.mts';
import type { Session } from './session.mts';
import { countsInWords } from './table.mts';
import { activate, importTemplate } from './template.mts';

export interface RealResult {
	ok: boolean;
	preview: boolean;
	run: RunResult;
}

/**
 * One run against a person's own accounts. A preview reads both systems and plans, nothing more; with `write` the
 * plan is carried out and, with the editor left open, the schedule goes on.
 */
export async function realRun(
	accounts: Accounts,
	{ calls }: Session,
	{ write, stays, flow }: { write: boolean; stays: boolean; flow: Flow },
): Promise<RealResult> {
	const workflowId = await importTemplate(calls, accounts, !write, flow);
	if (write && stays) await activate(calls, workflowId);
	print(
		write ? '\nWriting to the real accounts' : '\nPreview of the real accounts: nothing is written',
	);
	const run = await runOnce(calls, workflowId, undefined, flow);
	printRun(1, run);
	print(`      records   ${countsInWords(run.counts)}`);
	if (!write) print('\nTo carry this out: npm start -- --write');
	return { ok: run.failure === undefined, preview: !write, run };
}

/** Whether the person typed the word. Anything else, an ended input too, is a no. */
export async function confirmWrite(
	input: NodeJS.ReadableStream = process.stdin,
	output: NodeJS.WritableStream = process.stdout,
): Promise<boolean> {
	const lines = createInterface({ input });
	output.write('This writes to the real accounts. Type "write" to go on: ');
	try {
		for await (const line of lines) return line.trim() === 'write';
		return false;
	} finally {
		lines.close();
	}
}
