import { createRecord } from './create';
import type { RecordStore } from './RecordStore';
import { removeRecord } from './remove';
import { failedResult, lostResult, presentResult, type Applied } from './results';
import type { RowTask } from './task';
import { updateRecord } from './update';

async function verify(task: RowTask, store: RecordStore): Promise<Applied> {
	const found = await store.read(task.recordId);
	// No write was tried, so the history has nothing to tell
	if (!found.ok) return { ...failedResult(task, store, found.failure), notes: [] };
	if (found.value === undefined) return lostResult(task);
	const { id } = found.value;
	return typeof id === 'string' && id !== task.recordId
		? lostResult(task, id)
		: presentResult(task);
}

/**
 * Carries out one task: reads the record, writes only if it holds what the plan expected (or the plan's own values) and the
 * lease of the row lasts, and looks at what came of it. The same task again is harmless.
 * @param tried a write for it was sent before, whose answer was lost
 */
export async function applyTask(
	task: RowTask,
	store: RecordStore,
	tried = false,
): Promise<Applied> {
	switch (task.operation) {
		case 'verify':
			return await verify(task, store);
		case 'create':
			return await createRecord(task, store);
		case 'update':
			return await updateRecord(task, store, tried);
		case 'delete':
		case 'deactivate':
			return await removeRecord(task, store, task.operation);
	}
}
