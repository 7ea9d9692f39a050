import type { Change } from '../contract';
import { createByChange } from './create';
import type { RecordStore } from './RecordStore';
import { removeByChange } from './remove';
import {
	failedResult,
	goneResult,
	movedResult,
	recordIdOf,
	resultOf,
	type Applied,
} from './results';
import { updateByChange } from './update';

async function verify(change: Change, store: RecordStore): Promise<Applied> {
	const id = recordIdOf(change);
	const found = await store.read(id);
	if (!found.ok) return failedResult(change, store, found.failure);
	if (found.value === undefined) return { result: goneResult(change) };
	const foundId = found.value.id;
	if (typeof foundId === 'string' && foundId !== id)
		return { result: movedResult(change, foundId) };
	return { result: resultOf(change, 'present') };
}

/**
 * Carries out one planned change: reads the record, writes only if it holds what the plan expected (or the plan's own
 * values), and looks at what came of it. The same change again is harmless.
 */
export async function applyChange(change: Change, store: RecordStore): Promise<Applied> {
	switch (change.operation) {
		case 'verify':
			return await verify(change, store);
		case 'create':
			return await createByChange(change, store);
		case 'update':
			return await updateByChange(change, store);
		case 'delete':
		case 'deactivate':
			return await removeByChange(change, store, change.operation);
	}
}
