import { waitBeforeRetry } from '../backoff';
import type { Change } from '../contract';
import { isThrottled } from '../failures';
import { holdsExpected } from './judge';
import { withOutcome } from './pending';
import type { RecordStore } from './RecordStore';
import { reviewOf } from './review';
import {
	failedResult,
	goneResult,
	movedResult,
	recordIdOf,
	refusedResult,
	resultOf,
	subjectOf,
	type Applied,
} from './results';

const mostTries = 4;

/** The note keeps the row off the list of vanished records: what was to be done about it is done. */
function unlinked(change: Change, outcome: 'applied' | 'already'): Applied {
	const done = change.operation === 'delete' ? 'Deleted' : 'Deactivated';
	const note = change.link.note || `${done}, because the other record is gone`;
	return {
		result: resultOf(change, outcome, { link: { ...change.link, state: 'unlinked', note } }),
	};
}

/** Deletes or deactivates the record, if it still holds what the plan expected. */
export async function removeByChange(
	change: Change,
	store: RecordStore,
	operation: 'delete' | 'deactivate',
): Promise<Applied> {
	const fault = store.faultOfRemoval(operation);
	if (fault !== undefined) {
		const message = `${subjectOf(change, store)}: ${fault}`;
		// A missing setting is the operator's to mend, not a refusal by the system to remember.
		if (operation === 'delete') return { result: resultOf(change, 'failed', { message }) };
		const link = withOutcome(change, [], store.comparisonOf, 'refused', 'notSupported');
		return {
			result: resultOf(change, 'refused', {
				message,
				link,
				review: reviewOf(change, 'refused', message),
			}),
		};
	}

	const id = recordIdOf(change);
	for (let tries = 0; ; tries++) {
		const found = await store.read(id);
		if (!found.ok) return failedResult(change, store, found.failure);
		if (found.value === undefined) {
			return tries > 0 ? unlinked(change, 'applied') : { result: goneResult(change) };
		}
		const foundId = found.value.id;
		if (typeof foundId === 'string' && foundId !== id)
			return { result: movedResult(change, foundId) };
		if (operation === 'deactivate' && store.isDeactivated(found.value)) {
			return unlinked(change, tries > 0 ? 'applied' : 'already');
		}
		if (!holdsExpected(change, store, found.value)) {
			const message = `${subjectOf(change, store)}: it was edited after it was read, so it stays`;
			return { result: resultOf(change, 'stale', { message }) };
		}

		const removed = await store.remove(id, operation);
		if (removed.ok) return unlinked(change, 'applied');
		const refusal = store.refusalOf(removed.failure);
		const final = refusedResult(change, store, refusal, removed.failure);
		if (final !== undefined) return { result: final };
		const waits = refusal.kind === 'unclear' || isThrottled(removed.failure);
		const isLast = !(waits || refusal.kind === 'gone') || tries + 1 >= mostTries;
		if (isLast) return failedResult(change, store, removed.failure);
		if (waits && !(await waitBeforeRetry(tries + 1, removed.failure.retryAfter))) {
			return failedResult(change, store, removed.failure);
		}
	}
}
