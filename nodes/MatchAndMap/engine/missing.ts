import type { Pending, Side } from '../../shared/contract';
import { texts } from './review';
import { idOn, isWhole, otherSide, setIdOn, type Row } from './rows';
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
	if (!isWhole(row)) return false;
	const missing = (['users', 'wix'] as const).filter(
		(side) => recordOf(state, row, side) === undefined && state.listing[side].complete,
	);
	const [side, other] = missing;
	if (side === undefined) return true;
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
	const unproved = missing.find((each) => !isKnownGone(row, each));
	if (unproved !== undefined) {
		state.verifies.push({ row, side: unproved });
		state.tally.mark(row, 'waiting');
	} else if (other !== undefined) {
		state.unlinks.push({ row, side: row.goneSide === 'wix' ? 'wix' : 'users' });
	} else {
		vanish(state, row, side);
	}
	return false;
}

const idColumn = (side: Side) => (side === 'wix' ? 'wixId' : 'userId');

/** Typed by a person with an id that nobody has: never in sync, nothing under way. */
const isNeverSeen = (row: Row) =>
	row.base.isEmpty && row.pending.length === 0 && row.goneSide === '';

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
export function clearGoneMarks(state: PlanState, row: Row): void {
	for (const side of ['wix', 'users'] as const) {
		if (recordOf(state, row, side) === undefined) continue;
		clearGone(row, side);
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

/**
 * Takes a link over to the record that its own was merged into, once that one is listed and free.
 * @returns false when the row has to be left alone in this run
 */
function heal(state: PlanState, row: Row): boolean {
	const absent = (['wix', 'users'] as const).filter(
		(side) => idOn(row, side) !== '' && recordOf(state, row, side) === undefined,
	);
	const { movedTo } = row;
	const side = absent.find((each) => state.listing[each].byId.has(movedTo));
	const linked =
		side === undefined
			? absent.find((each) => isLinked(state, each, movedTo))
			: isLinked(state, side, movedTo) && side;
	if (linked !== undefined && linked !== false) {
		reviewMerged(state, row, linked);
		return false;
	}
	if (side === undefined && absent.length > 0 && !state.full) {
		state.tally.mark(row, 'waitingForFullRun');
		return false;
	}
	// Neither listed nor linked: it is asked for anew, under the id that the row has.
	row.movedTo = '';
	if (side === undefined) return true;
	setIdOn(row, side, movedTo);
	state.taken[side].add(movedTo);
	clearGone(row, side);
	return true;
}

function isLinked(state: PlanState, side: Side, id: string): boolean {
	return state.taken[side].has(id) || (side === 'users' && state.linkedElsewhere.users.has(id));
}

function reviewMerged(state: PlanState, row: Row, side: Side): void {
	const ids = { wix: [row.wixId], users: [row.userId] };
	ids[side].push(row.movedTo);
	state.review.add({
		reason: 'mergedIntoLinked',
		wixIds: ids.wix,
		userIds: ids.users,
		...texts.mergedIntoLinked(side),
	});
	state.tally.mark(row, 'review');
	state.frozen.add(row);
}

function clearGone(row: Row, side: Side): void {
	if (row.goneSide !== side) return;
	row.goneSide = '';
	row.goneConfirmedAt = '';
}
