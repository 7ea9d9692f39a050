import { entryAt } from '../../runtime/entries.mts';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** A full collection, so that nobody pays for the garbage of whoever ran before. */
export const collectGarbage = runInNewContext('gc') as () => void;

export interface Contender {
	name: string;
	run: () => unknown;
}

export interface Timing {
	name: string;
	/** Milliseconds of the first run: the code is not optimised yet. */
	first: number;
	/** Milliseconds of the runs after it, in order. */
	later: number[];
	median: number;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((left, right) => left - right);
	const middle = sorted.length >> 1;
	const upper = entryAt(sorted, middle);
	return sorted.length % 2 === 1 ? upper : (entryAt(sorted, middle - 1) + upper) / 2;
}

async function timed(run: () => unknown): Promise<number> {
	collectGarbage();
	const start = process.hrtime.bigint();
	const result = run();
	if (result instanceof Promise) await result;
	return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Runs the contenders in turns, A B A B …, one warm-up turn and then `rounds`: a busy machine slows all of them alike. */
export async function race(contenders: readonly Contender[], rounds: number): Promise<Timing[]> {
	const entered = contenders.map((contender) => ({ ...contender, times: [] as number[] }));
	for (let round = 0; round <= rounds; round++) {
		for (const { run, times } of entered) times.push(await timed(run));
	}
	return entered.map(({ name, times }) => {
		const later = times.slice(1);
		return { name, first: entryAt(times, 0), later, median: median(later) };
	});
}

/** The median of the ratios of each turn. */
export function ratio(slow: Timing, fast: Timing): number {
	return median(slow.later.map((time, round) => time / entryAt(fast.later, round)));
}
