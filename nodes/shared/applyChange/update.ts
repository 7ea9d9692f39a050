import { waitBeforeRetry } from '../backoff';
import type { Change, JsonObject } from '../contract';
import { isThrottled } from '../failures';
import { isJsonObject } from '../paths';
import { faultOfValues, judge } from './judge';
import { withOutcome } from './pending';
import type { RecordStore } from './RecordStore';
import {
	badValueResult,
	failedResult,
	goneResult,
	movedResult,
	recordIdOf,
	refusedResult,
	resultOf,
	subjectOf,
	type Applied,
} from './results';

/** Writes for one change, each after a fresh look that it is still due: conflicts and lost answers end here. */
const mostWrites = 4;

const stale = (change: Change, store: RecordStore) =>
	resultOf(change, 'stale', {
		message: `${subjectOf(change, store)}: it was edited after it was read, so nothing was written. The next full run looks at it again.`,
	});

/** What the record shows after an accepted write decides whether the row waits for it. */
export async function observe(
	change: Change,
	store: RecordStore,
	answered: JsonObject | undefined,
): Promise<Applied> {
	let seen = isJsonObject(answered) ? judge(change, store, answered) : undefined;
	if (seen?.verdict !== 'shown') {
		const again = await store.read(recordIdOf(change));
		seen = again.ok && again.value !== undefined ? judge(change, store, again.value) : undefined;
	}
	// A person's edit right after ours is left for the planner to see: the row stays as announced.
	if (seen === undefined || seen.verdict === 'shown' || seen.verdict === 'stale') {
		return { result: resultOf(change, 'applied') };
	}
	const link = withOutcome(change, seen.notShown, store.comparisonOf, 'sent');
	return {
		result: resultOf(change, 'applied', {
			link,
			message: `${subjectOf(change, store)}: accepted, but not shown yet`,
		}),
	};
}

/** `tried`: a write for this change was sent already and its answer was lost, so finding its values is its doing. */
export async function updateByChange(
	change: Change,
	store: RecordStore,
	tried = false,
): Promise<Applied> {
	const fault = faultOfValues(change, store);
	if (fault !== undefined) return { result: badValueResult(change, store, fault.path, fault.why) };

	const id = recordIdOf(change);
	for (let writes = 0; ; writes++) {
		const found = await store.read(id);
		if (!found.ok) return failedResult(change, store, found.failure);
		if (found.value === undefined) return { result: goneResult(change) };
		const foundId = found.value.id;
		if (typeof foundId === 'string' && foundId !== id)
			return { result: movedResult(change, foundId) };

		const seen = judge(change, store, found.value);
		const ours = tried || writes > 0;
		if (seen.verdict === 'shown') return { result: resultOf(change, ours ? 'applied' : 'already') };
		if (seen.parked.length > 0 && seen.parked.length === seen.notShown.length) {
			const link = withOutcome(change, seen.parked, store.comparisonOf, 'sent');
			return { result: resultOf(change, ours ? 'applied' : 'already', { link }) };
		}
		if (seen.verdict === 'stale') return { result: stale(change, store) };

		const written = await store.write(found.value, change.set, {
			allowDuplicates: change.allowDuplicates,
		});
		if (written.ok) return await observe(change, store, written.value);
		const refusal = store.refusalOf(written.failure);
		const final = refusedResult(change, store, refusal, written.failure);
		if (final !== undefined) return { result: final };
		const waits = refusal.kind === 'unclear' || isThrottled(written.failure);
		const again = waits || refusal.kind === 'changed' || refusal.kind === 'gone';
		if (!again || writes + 1 >= mostWrites) return failedResult(change, store, written.failure);
		if (waits && !(await waitBeforeRetry(writes + 1, written.failure.retryAfter))) {
			return failedResult(change, store, written.failure);
		}
	}
}
