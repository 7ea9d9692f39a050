import type { Side } from '../../shared/contract';
import type { AddressBooks } from './addresses';
import { canCreateFrom, createFor } from './creates';
import type { Unmatched } from './matching';
import { isRecent } from './merge';
import { clearGoneMarks } from './missing';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import { texts } from './review';
import type { Row } from './rows';
import { recordOf, reviewRow, type PlanState, type Vanished } from './state';

/** Applies the policy to linked rows with a record that is confirmed gone and that no other record took the place of. */
export function settleVanished(state: PlanState, unmatched: Unmatched, books: AddressBooks): void {
	for (const vanished of state.vanished) {
		const { row, survivor } = vanished;
		if (unmatched.rowOf.get(survivor) !== row) continue;
		state.tally.drop(survivor);
		if (unmatched.ambiguous.has(survivor)) state.tally.mark(row, 'review');
		else settle(state, vanished, books);
	}
}

function settle(state: PlanState, { row, side, survivor }: Vanished, books: AddressBooks): void {
	const unlink = () => state.unlinks.push({ row, side });
	const { vanished } = state.policies;
	if (vanished === 'unlink' || survivor.fault !== undefined || isEdited(state, row, survivor)) {
		unlink();
	} else if (vanished === 'recreate') {
		if (canCreateFrom(state, survivor)) createFor(state, survivor, books.of(side), row);
		else unlink();
	} else if (vanished === 'deactivate' && !canDeactivate(state, survivor)) {
		unlink();
	} else {
		remove(state, row, survivor, vanished);
	}
}

/** A contact has no such state; a member can be blocked. */
const canDeactivate = (state: PlanState, { side }: SideRecord) =>
	side === 'users' || state.flow.flow.wixEntity === 'member';

/** An edit on the record that is left would be lost with it: a person decides. */
function isEdited(state: PlanState, row: Row, survivor: SideRecord): boolean {
	if (state.policies.vanished === 'recreate') return false;
	return state.flow.properties.some((property, index) => {
		const baseKey = rememberedKey(row.base.get(property.key), property.compare, property.type);
		const under = row.pending.some(
			(entry) =>
				entry.side === survivor.side &&
				entry.property === property.key &&
				rememberedKey(entry.to, property.compare, property.type) === survivor.key(index),
		);
		return survivor.key(index) !== baseKey && !under;
	});
}

function remove(
	state: PlanState,
	row: Row,
	survivor: SideRecord,
	operation: 'deactivate' | 'delete',
): void {
	const side = survivor.side;
	const earlier = row.pending.find((entry) => entry.side === side && entry.operation === operation);
	if (
		earlier?.outcome === 'refused' ||
		(earlier?.outcome === 'refusedForNow' && isRecent(earlier.at, state.nowMs))
	) {
		reviewRow(state, row, 'refused', texts.refused(operation, side, earlier.code ?? ''));
		return;
	}
	state.writes.push({
		row,
		side,
		operation,
		recordId: survivor.id,
		values: state.flow.properties.map((property, index) => ({
			property,
			expected: survivor.value(index),
			to: null,
			toKey: '',
			again: false,
		})),
		again: earlier?.outcome === 'announced',
		reason: 'vanished',
		usesDecision: false,
	});
}

/** Lists the rows that lost a record, until a person notes that it was seen. */
export function listUnlinked(state: PlanState): void {
	for (const row of state.unlinkedRows) {
		clearGoneMarks(state, row);
		if (row.note !== '') continue;
		listVanished(state, row, row.goneSide);
		countUnlinked(state, row);
	}
}

export function listVanished(state: PlanState, row: Row, side: Side | ''): void {
	const both = state.full && recordsLeft(state, row).length === 0;
	const words = side === '' ? texts.unlinked() : both ? texts.vanishedBoth() : texts.vanished(side);
	state.review.add({ reason: 'vanished', wixIds: [row.wixId], userIds: [row.userId], ...words });
}

/** The row counts, unless a record that is left counts for itself: linked elsewhere, or listed in review. */
function countUnlinked(state: PlanState, row: Row): void {
	const left = recordsLeft(state, row);
	const counts = (record: SideRecord) =>
		record.fault !== undefined || state.tally.has(record) || record.isTaken;
	if (left.some(counts)) return;
	state.tally.mark(row, 'vanished');
	for (const record of left) state.covered[record.side].add(record.id);
}

function recordsLeft(state: PlanState, row: Row): SideRecord[] {
	return (['wix', 'users'] as const).flatMap((side) => recordOf(state, row, side) ?? []);
}
