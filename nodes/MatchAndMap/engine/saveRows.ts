import type { Link } from '../../shared/contract';
import { jsonOf, textOf, type Row } from './rows';

/** The row as the links table holds it. JSON texts that nothing changed keep their letters. */
export function toLink(row: Row): Link {
	const { source, base, pending } = row;
	const keepsPending = source !== undefined && pending === row.readPending;
	const pendingText = pending.length === 0 ? '' : JSON.stringify(pending);
	const link: Link = {
		linkId: row.linkId,
		flow: row.flow,
		wixId: row.wixId,
		userId: row.userId,
		state: row.state,
		lastSynced: source !== undefined && !base.isChanged ? jsonOf(source.lastSynced) : base.toText(),
		pending: keepsPending ? jsonOf(source.pending) : pendingText,
		decision: row.decision,
		goneSide: row.goneSide,
		goneConfirmedAt: row.goneConfirmedAt,
		movedTo: row.movedTo,
		note: row.note,
	};
	if (row.rowId !== undefined) link.rowId = row.rowId;
	return link;
}

const plainColumns = [
	'linkId',
	'flow',
	'wixId',
	'userId',
	'state',
	'decision',
	'goneSide',
	'goneConfirmedAt',
	'movedTo',
	'note',
] as const;

/** The row to save, if it differs from what was read. */
export function changedLink(row: Row): Link | undefined {
	const { source } = row;
	if (source === undefined) return toLink(row);
	const isTouched =
		row.base.isChanged ||
		row.pending !== row.readPending ||
		plainColumns.some((column) => row[column] !== textOf(source[column]));
	if (!isTouched) return undefined;
	const link = toLink(row);
	const isSame =
		link.lastSynced === jsonOf(source.lastSynced) &&
		link.pending === jsonOf(source.pending) &&
		plainColumns.every((column) => link[column] === textOf(source[column]));
	return isSame ? undefined : link;
}
