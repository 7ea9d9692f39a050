import { waitBeforeRetry } from '../backoff';
import type { Applied } from './results';
import type { RowTask } from './task';

/** A task that has no result yet. */
export interface Open {
	readonly task: RowTask;
	/** A call with it was sent whose answer was lost. */
	tried: boolean;
}

/** What one round of bulk calls came to. Tasks named by neither part are left to single calls. */
export interface Round {
	settled: Map<Open, Applied>;
	/** Of a call whose answer was lost: another round may look at them again. */
	again: Open[];
	/** Milliseconds that the service asked to wait before that. */
	retryAfter?: number | undefined;
}

/** Below this number, single calls are no more than a look, another look and a write. */
const fewestInBulk = 3;

const mostRounds = 4;

/** Rounds of bulk calls until nothing is left to be looked at again; gives what they settled. */
export async function inRounds(
	all: readonly Open[],
	round: (open: readonly Open[]) => Promise<Round>,
	signal?: AbortSignal,
): Promise<Map<Open, Applied>> {
	const settled = new Map<Open, Applied>();
	let open = all;
	for (let rounds = 1; open.length >= fewestInBulk && rounds <= mostRounds; rounds++) {
		const done = await round(open);
		for (const [each, applied] of done.settled) settled.set(each, applied);
		open = done.again;
		if (open.length === 0 || rounds === mostRounds || signal?.aborted) break;
		if (!(await waitBeforeRetry(rounds, done.retryAfter))) break;
	}
	return settled;
}

/** The parts in order, in lists of at most `most`. */
export function chunksOf<T>(parts: readonly T[], most: number): T[][] {
	const chunks: T[][] = [];
	for (let start = 0; start < parts.length; start += most)
		chunks.push(parts.slice(start, start + most));
	return chunks;
}
