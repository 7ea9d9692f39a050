import { waitBeforeRetry } from '../backoff';
import type { Change } from '../contract';
import { applyChange } from './applyChange';
import type { RecordStore } from './RecordStore';
import type { Applied } from './results';
import { updateByChange } from './update';

/** A change that has no result yet. */
export interface Open {
	readonly change: Change;
	/** A call with it was sent whose answer was lost. */
	tried: boolean;
}

/** What one round of bulk calls came to. Changes named by neither part are left to single calls. */
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

async function singly(open: Open, store: RecordStore): Promise<Applied> {
	const { change, tried } = open;
	if (change.operation === 'update') return await updateByChange(change, store, tried);
	return await applyChange(change, store);
}

/**
 * Carries out changes of one window: rounds of bulk calls first, then, in input order, single calls for all that these left
 * over. One that must not overtake another is therefore left over by its round. Results are in input order; there are none
 * for the last ones when `signal` stops the run.
 */
export async function inRounds(
	changes: readonly Change[],
	store: RecordStore,
	round: (open: readonly Open[]) => Promise<Round>,
	signal?: AbortSignal,
): Promise<Applied[]> {
	const all = changes.map((change): Open => ({ change, tried: false }));
	const settled = new Map<Open, Applied>();
	let open = all;
	for (let rounds = 1; open.length >= fewestInBulk && rounds <= mostRounds; rounds++) {
		const done = await round(open);
		for (const [each, applied] of done.settled) settled.set(each, applied);
		open = done.again;
		const isLast = open.length === 0 || rounds === mostRounds;
		if (isLast || !(await waitBeforeRetry(rounds, done.retryAfter))) break;
	}

	const results: Applied[] = [];
	let stop: Applied | undefined;
	for (const each of all) {
		if (signal?.aborted && !settled.has(each)) break;
		const applied = settled.get(each) ?? stop ?? (await singly(each, store));
		if ('stop' in applied) stop = applied;
		results.push(applied);
	}
	return results;
}

/** The parts in order, in lists of at most `most`. */
export function chunksOf<T>(parts: readonly T[], most: number): T[][] {
	const chunks: T[][] = [];
	for (let start = 0; start < parts.length; start += most)
		chunks.push(parts.slice(start, start + most));
	return chunks;
}
