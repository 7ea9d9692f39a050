import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 50;

/** How long an n8n took to answer, in milliseconds, while something else went on. */
export interface Responsiveness {
	/** Nineteen of twenty answers took no longer. */
	usually: number;
	longest: number;
}

/** Asks an n8n for its health again and again while `work` goes on, as somebody feels it who uses the editor meanwhile. */
export async function watchAnswers<T>(
	url: string,
	work: () => Promise<T>,
): Promise<{ result: T; answers: Responsiveness }> {
	const took: number[] = [];
	const over = new AbortController();
	const ask = async () => {
		while (!over.signal.aborted) {
			const start = performance.now();
			await fetch(`${url}/healthz`).catch(() => undefined);
			took.push(performance.now() - start);
			await wait(EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
		}
	};
	const asking = ask();
	try {
		const result = await work();
		return { result, answers: responsivenessOf(took) };
	} finally {
		over.abort();
		await asking;
	}
}

function responsivenessOf(took: readonly number[]): Responsiveness {
	const sorted = [...took].sort((one, other) => one - other);
	return { usually: sorted[Math.floor(sorted.length * 0.95)] ?? 0, longest: sorted.at(-1) ?? 0 };
}
