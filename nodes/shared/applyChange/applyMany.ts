import type { Change } from '../contract';
import { applyChange } from './applyChange';
import { createInBulk } from './bulkCreate';
import { updateInBulk } from './bulkUpdate';
import type { RecordStore } from './RecordStore';
import type { Applied } from './results';

type Kind = 'byId' | 'create' | 'alone';

function kindOf({ operation }: Change, store: RecordStore): Kind {
	if (store.bulk === undefined) return 'alone';
	if (operation === 'create') return 'create';
	return operation === 'update' || operation === 'verify' ? 'byId' : 'alone';
}

/** How many changes from the first on are carried out together: those of its kind, up to what the system looks at in one call. */
export function windowLength(changes: readonly Change[], store: RecordStore): number {
	const most = changes.slice(0, store.bulk?.mostLookedAt ?? 1);
	const [first, ...others] = most.map((change) => kindOf(change, store));
	if (first === 'alone') return 1;
	const end = others.findIndex((kind) => kind !== first);
	return end < 0 ? most.length : end + 1;
}

/**
 * Carries out the changes of one window (see `windowLength`). One result for each, in their order; none for the last ones
 * when `signal` stops the run.
 */
export async function applyWindow(
	changes: readonly Change[],
	store: RecordStore,
	signal?: AbortSignal,
): Promise<Applied[]> {
	const { bulk } = store;
	if (bulk !== undefined && changes.length > 1) {
		const isCreate = changes.every(({ operation }) => operation === 'create');
		return await (isCreate ? createInBulk : updateInBulk)(changes, store, bulk, signal);
	}
	const results: Applied[] = [];
	for (const change of changes) results.push(await applyChange(change, store));
	return results;
}
