import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 500;

/** What n8n has to be started with, to tell its heap. */
export const tellsItsHeap = { N8N_METRICS: 'true' };

/** n8n's heap in use now, garbage included; bytes. Undefined where it does not tell, or is too busy to. */
export async function heapOf(url: string): Promise<number | undefined> {
	try {
		const answer = await fetch(`${url}/metrics`);
		const line = /^\w*nodejs_heap_size_used_bytes(?:\{.*\})? (\S+)$/m.exec(await answer.text());
		return line === null ? undefined : Number(line[1]);
	} catch {
		return undefined;
	}
}

/** The largest heap that was seen while `work` went on, looked at twice a second: it can miss a short peak. */
export async function watchHeap<T>(
	url: string,
	work: () => Promise<T>,
): Promise<{ result: T; heap: number | undefined }> {
	let heap: number | undefined;
	const over = new AbortController();
	const look = async () => {
		while (!over.signal.aborted) {
			heap = Math.max(heap ?? 0, (await heapOf(url)) ?? 0) || undefined;
			await wait(EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
		}
	};
	const looking = look();
	try {
		const result = await work();
		return { result, heap };
	} finally {
		over.abort();
		await looking;
	}
}
