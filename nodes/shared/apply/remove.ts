import { waitBeforeRetry } from '../backoff';
import { isThrottled } from '../failures';
import { holdsExpected } from './judge';
import type { RecordStore } from './RecordStore';
import {
	failedResult,
	left,
	lostResult,
	refusedResult,
	remembered,
	resultOf,
	subjectOf,
	unlinked,
	type Applied,
} from './results';
import { isInTime, type RowTask } from './task';

const mostTries = 4;

/** Deletes or deactivates the record, if it still holds what the plan expected. */
export async function removeRecord(
	task: RowTask,
	store: RecordStore,
	operation: 'delete' | 'deactivate',
): Promise<Applied> {
	const fault = store.faultOfRemoval(operation);
	if (fault !== undefined) {
		const message = `${subjectOf(task, store)}: ${fault}`;
		// A missing setting is the operator's to mend, not a refusal by the system to remember.
		if (operation === 'delete') return resultOf(task, 'failed', message);
		const refused = { outcome: 'refused', code: 'notSupported' } as const;
		return remembered(task, 'refused', refused, { message });
	}

	for (let tries = 0; ; tries++) {
		const found = await store.read(task.recordId);
		if (!found.ok) return failedResult(task, store, found.failure);
		if (found.value === undefined) {
			return tries > 0 ? unlinked(task, 'applied') : lostResult(task);
		}
		const { id } = found.value;
		if (typeof id === 'string' && id !== task.recordId) return lostResult(task, id);
		if (operation === 'deactivate' && store.isDeactivated(found.value)) {
			return unlinked(task, tries > 0 ? 'applied' : 'already');
		}
		if (!holdsExpected(task, store, found.value)) {
			const message = `${subjectOf(task, store)}: it was edited after it was read, so it stays`;
			return resultOf(task, 'stale', message);
		}
		if (!isInTime(task)) return left;

		const removed = await store.remove(task.recordId, operation);
		if (removed.ok) return unlinked(task, 'applied');
		const { failure } = removed;
		const refusal = store.refusalOf(failure);
		const final = refusedResult(task, store, refusal, failure);
		if (final !== undefined) return final;
		const waits = refusal.kind === 'unclear' || isThrottled(failure);
		const isLast = !(waits || refusal.kind === 'gone') || tries + 1 >= mostTries;
		if (isLast) return failedResult(task, store, failure);
		if (waits && !(await waitBeforeRetry(tries + 1, failure.retryAfter))) {
			return failedResult(task, store, failure);
		}
	}
}
