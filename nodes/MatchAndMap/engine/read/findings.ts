import type { Pending, Side } from '../../../shared/contract';
import type { Row } from './rows';

/** What look-ups by id found out about the records of a row, as its entries remember it. */

const weekMs = 7 * 86_400_000;

/** The last answer of a look-up on one side; undefined where none has come in. */
const findingOn = ({ pending }: Row, side: Side): Pending | undefined =>
	pending.filter((entry) => entry.side === side && isFinding(entry)).pop();

const isFinding = ({ operation, outcome }: Pending) =>
	operation === 'verify' && (outcome === 'gone' || outcome === 'moved' || outcome === 'present');

export const isKnownGone = (row: Row, side: Side): boolean =>
	findingOn(row, side)?.outcome === 'gone';

/** The id of the record that the row's own was merged into; '' where none is known. */
export function movedTo(row: Row, side: Side): string {
	const found = findingOn(row, side);
	return found?.outcome === 'moved' ? (found.code ?? '') : '';
}

/** Whether the record is known to be there, beside the list: it is not looked up again for a week. */
export function isOutside(row: Row, side: Side, nowMs: number): boolean {
	const found = findingOn(row, side);
	return found?.outcome === 'present' && nowMs - Date.parse(found.at) < weekMs;
}

/** The row without some entries; the row itself where there is nothing to drop. */
export const without = (row: Row, isDropped: (entry: Pending) => boolean): Row =>
	row.pending.some(isDropped)
		? { ...row, pending: row.pending.filter((entry) => !isDropped(entry)) }
		: row;

export const isRemoval = ({ operation }: Pick<Pending, 'operation'>) =>
	operation === 'delete' || operation === 'deactivate';

/** A record that is seen again was not gone: what was found out about it, and what was to follow from that, is void. */
export const withoutFindings = (row: Row, seen: Side): Row =>
	without(
		row,
		(entry) =>
			(entry.operation === 'verify' && entry.side === seen) ||
			(isRemoval(entry) && entry.side !== seen),
	);

/** Without all that was found out about records and what followed from it, for a row that is settled otherwise. */
export const withoutAnyFinding = (row: Row): Row =>
	without(row, (entry) => entry.operation === 'verify' || isRemoval(entry));
