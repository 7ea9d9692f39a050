import type { Attempt } from '../apiTypes';
import { isThrottled } from '../failures';
import type { BulkOutcome } from './BulkWriter';
import type { RecordStore } from './RecordStore';
import { left, type Applied } from './results';
import { chunksOf, type Open, type Round } from './rounds';
import { isInTime } from './task';

type Done = Extract<BulkOutcome, { outcome: 'done' }>;

/**
 * Sends `parts` in calls of at most `most` and notes in `round` what became of each. One that is too late is left alone. What
 * was refused, or what a call left unclear in itself, stays for single calls, which look first.
 */
export async function callInBulk<T extends { open: Open }>(
	parts: readonly T[],
	most: number,
	store: RecordStore,
	round: Round,
	calls: {
		send: (chunk: readonly T[]) => Promise<Attempt<BulkOutcome[]>>;
		conclude: (part: T, done: Done) => Promise<Applied>;
	},
): Promise<void> {
	for (const wanted of chunksOf(parts, most)) {
		const chunk = wanted.filter(({ open }) => isInTime(open.task));
		for (const { open } of wanted) if (!isInTime(open.task)) round.settled.set(open, left);
		if (chunk.length === 0) continue;
		const sent = await calls.send(chunk);
		if (!sent.ok) {
			const isUnclear = store.refusalOf(sent.failure).kind === 'unclear';
			if (!isUnclear && !isThrottled(sent.failure)) continue;
			for (const { open } of chunk) {
				open.tried ||= isUnclear;
				round.again.push(open);
			}
			round.retryAfter = sent.failure.retryAfter;
			continue;
		}
		for (const [index, part] of chunk.entries()) {
			const outcome = sent.value[index];
			if (outcome?.outcome === 'done') {
				round.settled.set(part.open, await calls.conclude(part, outcome));
			} else if (outcome?.outcome === 'unclear') {
				part.open.tried = true;
			}
		}
	}
}
