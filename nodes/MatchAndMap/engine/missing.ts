import type { Pending, Side } from '../../shared/contracts';
import { texts } from './review';
import { idOn, otherSide, setIdOn, type Row } from './rows';
import { recordOf, reviewRow, type PlanState } from './state';

/** Code of the pending entry that keeps in mind, while the second side is verified, that the first is gone. */
const knownGone = 'GONE';

/**
 * Looks after rows with a record that is not in a complete listing: heals merged ones, asks for a verify, or hands the row
 * on as vanished.
 * @returns true when the row is ready for the merge
 */
export function isThere(state: PlanState, row: Row): boolean {
	if (row.movedTo !== '' && !heal(state, row)) return false;
	clearGoneMarks(state, row);
	const missing = (['users', 'wix'] as const).filter(
		(side) => recordOf(state, row, side) === undefined && state.listing[side].complete,
	);
	if (missing.length === 0) return true;
	if (isNeverSeen(row)) {
		reviewRow(
			state,
			row,
			'badLink',
			texts.badLink(`no record has the id in its ${missing.map(idColumn).join(' and ')}`),
		);
		state.frozen.add(row);
		return false;
	}
	const unproved = missing.find((side) => !isKnownGone(row, side));
	if (unproved !== undefined) {
		state.verifies.push({ row, side: unproved });
		state.tally.mark(row, 'waiting');
	} else if (missing.length === 2) {
		state.unlinks.push({ row, side: row.goneSide === 'wix' ? 'wix' : 'users' });
	} else {
		vanish(state, row, missing[0]);
	}
	return false;
}

const idColumn = (side: Side) => (side === 'wix' ? 'wixId' : 'userId');

/** Typed by a person with an id that nobody has: never in sync, nothing under way. */
const isNeverSeen = (row: Row) =>
	row.base.size === 0 && row.pending.length === 0 && row.goneSide === '';

function vanish(state: PlanState, row: Row, side: Side): void {
	const survivor = recordOf(state, row, otherSide(side));
	if (survivor === undefined || !state.full) state.tally.mark(row, 'waitingForFullRun');
	else state.vanished.push({ row, side, survivor });
}

function isKnownGone(row: Row, side: Side): boolean {
	return (
		row.goneSide === side ||
		row.pending.some((entry) => entry.code === knownGone && entry.side === side)
	);
}

/** The entry to announce with a second verify, so that its answer does not overwrite what the first one proved. */
export function goneMemory(row: Row, verifying: Side): Pending | undefined {
	if (
		row.goneSide === '' ||
		row.goneSide === verifying ||
		row.pending.some((entry) => entry.code === knownGone)
	)
		return undefined;
	return {
		operation: 'delete',
		property: '',
		side: row.goneSide,
		from: null,
		to: null,
		at: row.goneConfirmedAt,
		outcome: 'sent',
		code: knownGone,
	};
}

/** A record that is seen again was not gone: whatever was to follow from it is void. */
function clearGoneMarks(state: PlanState, row: Row): void {
	for (const side of ['wix', 'users'] as const) {
		if (recordOf(state, row, side) === undefined) continue;
		if (row.goneSide === side) {
			row.goneSide = '';
			row.goneConfirmedAt = '';
		}
		if (row.pending.some((entry) => isVoid(entry, side))) {
			row.pending = row.pending.filter((entry) => !isVoid(entry, side));
		}
	}
}

const isRemoval = (entry: Pending) =>
	entry.operation === 'delete' || entry.operation === 'deactivate';

const isVoid = (entry: Pending, seenSide: Side) =>
	isRemoval(entry) &&
	(entry.code === knownGone ? entry.side === seenSide : entry.side !== seenSide);

/** Drops what was kept in mind about removals, for a row that is settled otherwise. */
export function forgetRemovals(row: Row): void {
	row.pending = row.pending.filter((entry) => !isRemoval(entry));
}

/** @returns false when the row has to be left alone */
function heal(state: PlanState, row: Row): boolean {
	const absent = (['wix', 'users'] as const).filter(
		(side) => recordOf(state, row, side) === undefined,
	);
	const { movedTo } = row;
	if (absent.length === 0) {
		row.movedTo = '';
		return true;
	}
	const linked = absent.find((side) => state.taken[side].has(movedTo));
	if (linked !== undefined) {
		const ids = { wixIds: [row.wixId], userIds: [row.userId] };
		(linked === 'wix' ? ids.wixIds : ids.userIds).push(movedTo);
		state.review.add({ reason: 'mergedIntoLinked', ...ids, ...texts.mergedIntoLinked(linked) });
		state.tally.mark(row, 'review');
		state.frozen.add(row);
		return false;
	}
	const side =
		absent.find((each) => state.listing[each].byId.has(movedTo)) ??
		(absent.length === 1 ? absent[0] : undefined);
	row.movedTo = '';
	if (side === undefined) return true;
	setIdOn(row, side, movedTo);
	state.taken[side].add(idOn(row, side));
	if (row.goneSide === side) {
		row.goneSide = '';
		row.goneConfirmedAt = '';
	}
	return true;
}
