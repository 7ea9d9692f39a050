import type { Pending, Side } from '../../shared/contract';
import type { AddressBook, AddressBooks } from './addresses';
import { addressIn, canCreateFrom, createFor, isCreateOn, mayCreate } from './creates';
import { isKnownGone } from './findings';
import type { Unmatched } from './matching';
import { pairWords, words } from './matters';
import { isProved } from './missing';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import { isOverdue, isRecent, isWhole, otherSide, type Row } from './rows';
import { removeRow, rowMatter, type PlanState } from './state';

/** Rows that an earlier run announced a create for and that found no partner yet. */
export function resumeCreates(state: PlanState, unmatched: Unmatched, books: AddressBooks): void {
	const sourceOf = new Map([...unmatched.rowOf].map(([record, row]) => [row, record]));
	for (const row of [...state.rows]) {
		if (state.frozen.has(row) || state.removed.has(row) || isWhole(row)) continue;
		const side: Side = row.wixId === '' ? 'wix' : 'users';
		const source = sourceOf.get(row);
		if (source !== undefined) state.tally.drop(source);
		if (source !== undefined && unmatched.ambiguous.has(source)) state.tally.mark(row, 'review');
		else if (source === undefined) awaitSource(state, row, otherSide(side));
		else if (!canCreateFrom(state, source) || !stillWanted(state, side, row))
			giveUp(state, row, source, unmatched);
		else resumeCreate(state, row, source, side, books.of(side));
	}
}

/** The row goes, and its record is one without a partner again. */
function giveUp(state: PlanState, row: Row, source: SideRecord, { rowOf }: Unmatched): void {
	removeRow(state, row);
	rowOf.delete(source);
	source.isTaken = false;
}

/** The record that a create was announced for is not listed: it is looked up before the create is given up. */
function awaitSource(state: PlanState, row: Row, sourceSide: Side): void {
	if (isKnownGone(row, sourceSide)) removeRow(state, row);
	else isProved(state, row, [sourceSide]);
}

/** A vanished record that is made anew stays wanted for as long as its row, or the person who answered so, says it. */
function stillWanted(state: PlanState, side: Side, row: Row): boolean {
	if (row.pending.some((entry) => isCreateOn(entry, side) && entry.reason === 'answer'))
		return true;
	return mayCreate(state, side) || (state.policies.vanished === 'recreate' && !row.base.isEmpty);
}

function resumeCreate(
	state: PlanState,
	row: Row,
	source: SideRecord,
	side: Side,
	book: AddressBook,
): void {
	const creates = row.pending.filter((entry) => isCreateOn(entry, side));
	const refusal = creates.find(
		(entry) => entry.outcome.startsWith('refused') && isFor(state, source, entry),
	);
	if (
		refusal !== undefined &&
		(refusal.outcome === 'refused' || isRecent(refusal.at, state.nowMs))
	) {
		reviewRefusal(state, row, source, side, refusal);
		return;
	}
	if (creates.some((entry) => isStillOpen(state, side, entry))) state.tally.mark(row, 'waiting');
	else createFor(state, source, book, row);
}

const hourMs = 3_600_000;

/**
 * Whether a record may have been made that no look would show yet. Wix keeps nothing unique among contacts, and its queries lag:
 * there a create that was announced once is announced again only after an hour, longer than any lag.
 */
function isStillOpen(state: PlanState, side: Side, { outcome, until, at }: Pending): boolean {
	if (outcome === 'sent') return !isOverdue(at, state.nowMs, state.policies.pendingDays);
	if (side !== 'wix' || state.flow.flow.wixEntity !== 'contact' || until === undefined)
		return false;
	return Date.parse(until) + hourMs > state.nowMs;
}

function reviewRefusal(
	state: PlanState,
	row: Row,
	source: SideRecord,
	side: Side,
	{ property, code = '', others }: Pending,
): void {
	if (others !== undefined) {
		const matter = rowMatter(
			state,
			row,
			'addressTaken',
			words.addressTaken(side, addressIn(state, source)),
		);
		const own = side === 'wix' ? { wixIds: others } : { userIds: others };
		state.review.add({ ...matter, ...own });
		state.tally.mark(row, 'review');
		return;
	}
	const field = state.flow.properties.find(({ key }) => key === property);
	const values = { wix: null, users: null, [otherSide(side)]: addressIn(state, source) };
	const facts = {
		...{ field: field?.keyOn[side] ?? property, ...values, base: undefined },
		...{ side, code, days: state.policies.pendingDays, refusing: side },
	};
	const reason = code === 'badValue' ? ('badValue' as const) : ('refused' as const);
	const matter = rowMatter(state, row, reason, pairWords(reason, [facts], []));
	if (state.review.take(matter) === 'leaveAlone') {
		row.state = 'ignored';
		state.tally.mark(row, 'ignored');
		return;
	}
	state.review.add(matter);
	state.tally.mark(row, 'refused');
}

/** The record still holds what the create was announced with. */
function isFor(state: PlanState, source: SideRecord, entry: Pending): boolean {
	return state.flow.properties.some(
		({ key, compare, type }, index) =>
			key === entry.property && rememberedKey(entry.to, compare, type) === source.key(index),
	);
}
