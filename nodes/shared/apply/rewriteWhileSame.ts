import type { ApiFailure, Attempt } from '../apiTypes';
import type { RecordStore, WriteOptions } from './RecordStore';
import { waitBeforeRetry } from '../backoff';
import type { JsonObject } from '../contract';
import { comparisonKey } from '../normalize';

export type Rewritten =
	| { outcome: 'written'; record: JsonObject }
	| { outcome: 'gone' }
	| { outcome: 'edited'; path: string }
	| { outcome: 'failed'; failure: ApiFailure };

const mostWrites = 4;

/** Paths of `set` whose value in `now` is neither the one in `before` nor the wanted one. */
function editedPath(
	store: RecordStore,
	set: JsonObject,
	before: JsonObject,
	now: JsonObject,
): string | undefined {
	return Object.keys(set).find((path) => {
		const compare = store.comparisonOf(path);
		const found = comparisonKey(store.valueOf(now, path), compare);
		const known = [store.valueOf(before, path), set[path]];
		return !known.some((value) => comparisonKey(value, compare) === found);
	});
}

const shows = (store: RecordStore, set: JsonObject, record: JsonObject) =>
	Object.entries(set).every(
		([path, value]) =>
			comparisonKey(store.valueOf(record, path), store.comparisonOf(path)) ===
			comparisonKey(value, store.comparisonOf(path)),
	);

/**
 * Reads the record and writes `set` to it. A conflict or a lost answer is followed by a fresh read, and by another write
 * only if what is to be replaced is still what it was at first.
 */
export async function rewriteWhileSame(
	store: RecordStore,
	id: string,
	set: JsonObject,
	options: WriteOptions,
): Promise<Rewritten> {
	let before: JsonObject | undefined;
	for (let writes = 0; ; writes++) {
		const found: Attempt<JsonObject | undefined> = await store.read(id);
		if (!found.ok) return { outcome: 'failed', failure: found.failure };
		if (found.value === undefined) return { outcome: 'gone' };
		if (before !== undefined) {
			if (shows(store, set, found.value)) return { outcome: 'written', record: found.value };
			const path = editedPath(store, set, before, found.value);
			if (path !== undefined) return { outcome: 'edited', path };
		}
		before ??= found.value;

		const written = await store.write(found.value, set, options);
		if (written.ok) {
			if (written.value !== undefined) return { outcome: 'written', record: written.value };
			const again = await store.read(id);
			return { outcome: 'written', record: (again.ok && again.value) || found.value };
		}
		const { kind } = store.refusalOf(written.failure);
		if (!['changed', 'unclear'].includes(kind) || writes + 1 >= mostWrites) {
			return { outcome: 'failed', failure: written.failure };
		}
		if (kind === 'unclear') await waitBeforeRetry(writes + 1, written.failure.retryAfter);
	}
}
