import type { Side } from '../../shared/contract';
import { forgetFindings, isKnownGone, isOutside, movedTo } from './findings';
import { reviewKeptApart } from './loadRows';
import { words } from './matters';
import { idOn, isWhole, otherSide, setIdOn, type Row } from './rows';
import {
	freeze,
	isBarred,
	isKeptApart,
	recordOf,
	removeRow,
	reviewRow,
	rowMatter,
	type PlanState,
} from './state';

const sides = ['users', 'wix'] as const;

/**
 * Looks after rows with a record that is not in a complete listing: heals merged ones, asks for a look-up, or hands the row
 * on as vanished.
 * @returns true when the row is ready for the merge
 */
export function isThere(state: PlanState, row: Row): boolean {
	for (const side of sides) if (!heal(state, row, side)) return false;
	forgetSeen(state, row);
	if (!isWhole(row)) return false;
	const missing = sides.filter(
		(side) => recordOf(state, row, side) === undefined && state.listing[side].complete,
	);
	const [side, other] = missing;
	if (side === undefined) return true;
	if (isNeverSeen(row)) {
		const said = words.badLink(
			`no record has the id in its ${missing.map(idColumn).join(' and ')}`,
		);
		reviewRow(state, row, 'badLink', said);
		state.frozen.add(row);
		return false;
	}
	if (!isProved(state, row, missing)) return false;
	if (other === undefined) vanish(state, row, side);
	else state.unlinks.push({ row, side, survivorId: undefined });
	return false;
}

/**
 * Whether look-ups have proved all of these records gone. One that was not looked up yet is, in this run; one outside the list stays
 * as it is. So does what a person was asked about the two, with the answer: nothing was judged.
 */
export function isProved(state: PlanState, row: Row, missing: readonly Side[]): boolean {
	const unproved = missing.filter((side) => !isKnownGone(row, side));
	const unasked = unproved.filter((side) => !isOutside(row, side, state.nowMs));
	for (const side of unasked) state.verifies.push({ row, side });
	if (unproved.length > 0) state.review.leave(row.wixId, row.userId);
	if (unasked.length > 0) state.tally.mark(row, 'waiting');
	else if (unproved.length > 0) state.tally.mark(row, 'outside');
	return unproved.length === 0;
}

const idColumn = (side: Side) => (side === 'wix' ? 'wixId' : 'userId');

/** Typed by a person with an id that nobody has: never in sync, nothing under way. */
const isNeverSeen = (row: Row) => row.base.isEmpty && row.pending.length === 0;

function vanish(state: PlanState, row: Row, side: Side): void {
	const survivor = recordOf(state, row, otherSide(side));
	if (survivor === undefined || !state.full) state.tally.mark(row, 'waitingForFullRun');
	else state.vanished.push({ row, side, survivor });
}

/** What was found out about records that are listed is void. */
export function forgetSeen(state: PlanState, row: Row): void {
	if (row.pending.length === 0) return;
	for (const side of sides) if (recordOf(state, row, side) !== undefined) forgetFindings(row, side);
}

/**
 * Takes a link over to the record that its own was merged into, once that one is listed and free.
 * @returns false when the row has to be left alone in this run
 */
function heal(state: PlanState, row: Row, side: Side): boolean {
	const id = movedTo(row, side);
	if (id === '' || recordOf(state, row, side) !== undefined) return true;
	if (isLinked(state, side, id)) return settleMerged(state, row, side, id);
	if (isBarred(state, side, id)) {
		freeze(state, row, () => state.tally.mark(row, 'ignored'));
		return false;
	}
	const healed = side === 'wix' ? [id, row.userId] : [row.wixId, id];
	if (isKeptApart(state, healed[0] ?? '', healed[1] ?? '')) {
		freeze(state, row, () => reviewKeptApart(state, row));
		return false;
	}
	const isListed = state.listing[side].byId.has(id);
	if (!isListed && !state.full) {
		state.tally.mark(row, 'waitingForFullRun');
		return false;
	}
	state.moves.push({ row, side, from: idOn(row, side), to: id });
	setIdOn(row, side, id);
	state.taken[side].add(id);
	forgetFindings(row, side);
	return true;
}

function isLinked(state: PlanState, side: Side, id: string): boolean {
	return state.taken[side].has(id) || (side === 'users' && state.linkedElsewhere.users.has(id));
}

function settleMerged(state: PlanState, row: Row, side: Side, id: string): false {
	const matter = rowMatter(state, row, 'mergedIntoLinked', words.mergedIntoLinked(side));
	const both = side === 'wix' ? { wixIds: [row.wixId, id] } : { userIds: [row.userId, id] };
	const whole = { ...matter, ...both };
	if (state.review.take(whole) === 'unlink') {
		removeRow(state, row);
		return false;
	}
	state.review.add(whole);
	state.tally.mark(row, 'review');
	state.frozen.add(row);
	return false;
}
