import { isLinkState, linkStates, readPending, textOf, type Pending, type Side } from '../contract';
import { isJsonObject } from '../paths';
import { faultOfId } from '../recordId';
import { idOn, tasksOf, type KnownRow, type RowTask } from './task';

/** A saved link row, and what it asks of one side. */
export interface ReadRow {
	row: KnownRow;
	entries: readonly Pending[];
	tasks: RowTask[];
}

/** The item as a link row for `side`, or why it is none, in words for a person. */
export function readRow(item: unknown, side: Side): ReadRow | { fault: string } {
	if (!isJsonObject(item)) return { fault: 'This item is no link row' };
	const linkId = textOf(item.linkId);
	const name = linkId !== '' && faultOfId(linkId) === undefined ? ` '${linkId}'` : '';
	const faulty = (why: string) => ({ fault: `This item${name} is no link row: ${why}` });

	const state = textOf(item.state);
	if (!isLinkState(state)) return faulty(`its 'state' is none of ${linkStates.join(', ')}`);
	const entries = readPending(item.pending);
	if (entries === undefined) return faulty("its 'pending' is no JSON list of pending writes");
	const ids = { wixId: textOf(item.wixId), userId: textOf(item.userId) };
	for (const [column, id] of Object.entries(ids)) {
		const why = faultOfId(id);
		if (why !== undefined) return faulty(`its '${column}' ${why}`);
	}
	const row = { linkId, flow: textOf(item.flow), ...ids, state };
	const tasks = tasksOf(row, entries, side);
	if (idOn(side, row) === '' && tasks.some(({ operation }) => operation !== 'create')) {
		const column = side === 'wix' ? 'wixId' : 'userId';
		return faulty(`its '${column}' is empty, and its 'pending' names a record there`);
	}
	return { row, entries, tasks };
}
