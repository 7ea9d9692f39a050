import type { IDataObject } from 'n8n-workflow';

import { applyTasks } from '../../nodes/shared/apply/applyTasks';
import { readRow, type ReadRow } from '../../nodes/shared/apply/readRow';
import type { RecordStore } from '../../nodes/shared/apply/RecordStore';
import { rowAfter, type RowAfter } from '../../nodes/shared/apply/rowAfter';
import { readPending, type Pending } from '../../nodes/shared/contract/index';

export interface Done extends RowAfter {
	pending: readonly Pending[];
	/** Of the history; `left` where there is none. */
	outcome: string;
}

const read = (row: IDataObject, { side }: RecordStore): ReadRow => {
	const result = readRow(row, side);
	if ('fault' in result) throw new Error(result.fault);
	return result;
};

/** Applies rows to a store, without a node. */
export async function applyTo(
	store: RecordStore,
	rows: readonly IDataObject[],
	notesEvery = false,
): Promise<Done[]> {
	const reads = rows.map((row) => read(row, store));
	const results = await applyTasks(
		reads.flatMap(({ tasks }) => tasks),
		store,
	);
	return reads.map((each) => {
		const after = rowAfter(each, store.side, results, notesEvery);
		const pending = readPending(after.columns?.pending) ?? [];
		return { ...after, pending, outcome: after.history[0]?.outcome ?? 'left' };
	});
}
