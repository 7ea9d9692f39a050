import type { JsonValue, Link, Pending, Side } from '../../shared/contract';
import { isRowFault, parseRow } from './rows';

/** A usable row of the links table, parsed for reading only. */
export interface SeenRow extends Omit<Link, 'lastSynced' | 'pending' | 'rowId'> {
	rowId: string | undefined;
	base: ReadonlyMap<string, JsonValue>;
	pending: readonly Pending[];
}

/** Parses a row; undefined for one that the planning leaves alone as well. */
export function seenRow(link: Link): SeenRow | undefined {
	const row = parseRow(link);
	if (isRowFault(row)) return undefined;
	const { rowId, linkId, flow, wixId, userId, state, pending } = row;
	const { decision, goneSide, goneConfirmedAt, movedTo, note, base } = row;
	return {
		...{ rowId, linkId, flow, wixId, userId, state, pending },
		...{ decision, goneSide, goneConfirmedAt, movedTo, note },
		base: new Map(base.entries()),
	};
}

export const idIn = (row: { wixId: string; userId: string }, side: Side) =>
	side === 'wix' ? row.wixId : row.userId;
