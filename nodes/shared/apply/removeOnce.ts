import type { ApiFailure } from '../apiTypes';
import type { RecordStore } from './RecordStore';
import { waitBeforeRetry } from '../backoff';

const mostTries = 4;

/** Deletes or deactivates a record. After a lost answer a record that is not there any more counts as removed by this call. */
export async function removeOnce(
	store: RecordStore,
	id: string,
	operation: 'delete' | 'deactivate' = 'delete',
): Promise<'removed' | 'gone' | ApiFailure> {
	for (let tries = 1; ; tries++) {
		const removed = await store.remove(id, operation);
		if (removed.ok) return 'removed';
		const { kind } = store.refusalOf(removed.failure);
		if (kind === 'gone') return tries > 1 ? 'removed' : 'gone';
		if (kind !== 'unclear' || tries >= mostTries) return removed.failure;
		await waitBeforeRetry(tries, removed.failure.retryAfter);
	}
}
