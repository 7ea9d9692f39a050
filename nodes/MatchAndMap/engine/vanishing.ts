import type { Side } from '../../shared/contracts';
import { createFor, type Books } from './creates';
import type { Unmatched } from './matching';
import { isRecent } from './merge';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import { texts } from './review';
import { idOn, type Row } from './rows';
import { reviewRow, type PlanState, type Vanished } from './state';

/** Applies the policy to linked rows with a record that is confirmed gone and that no other record took the place of. */
export function settleVanished(state: PlanState, unmatched: Unmatched, books: Books): void {
	for (const vanished of state.vanished) {
		const { row, survivor } = vanished;
		if (unmatched.rowOf.get(survivor) !== row) continue;
		state.tally.drop(survivor);
		if (unmatched.ambiguous.has(survivor)) state.tally.mark(row, 'review');
		else settle(state, vanished, books);
	}
}

function settle(state: PlanState, { row, side, survivor }: Vanished, books: Books): void {
	const unlink = () => state.unlinks.push({ row, side });
	const { vanished } = state.policies;
	if (vanished === 'unlink' || survivor.fault !== undefined || isEdited(state, row, survivor)) {
		unlink();
	} else if (vanished === 'recreate') {
		const blank = survivor.readings.every((reading) => reading.key === '');
		if (blank) unlink();
		else createFor(state, survivor, books[side], row);
	} else if (vanished === 'deactivate' && survivor.side === 'wix') {
		unlink();
	} else {
		remove(state, row, survivor, vanished);
	}
}

/** An edit on the record that is left would be lost with it: a person decides. */
function isEdited(state: PlanState, row: Row, survivor: SideRecord): boolean {
	if (state.policies.vanished === 'recreate') return false;
	return state.flow.properties.some((property, index) => {
		const baseKey = rememberedKey(row.base.get(property.key), property.compare, property.type);
		const under = row.pending.some(
			(entry) =>
				entry.side === survivor.side &&
				entry.property === property.key &&
				rememberedKey(entry.to, property.compare, property.type) === survivor.readings[index].key,
		);
		return survivor.readings[index].key !== baseKey && !under;
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
			expected: survivor.readings[index].value,
			to: null,
			toKey: '',
			again: earlier?.outcome === 'announced',
		})),
		reason: 'vanished',
		usesDecision: false,
	});
}

/** Lists the rows that lost a record and wait for a person to note that it was seen. */
export function listUnlinked(state: PlanState): void {
	for (const row of state.unlinkedRows) {
		const settled = state.taken.wix.has(row.wixId) || state.taken.users.has(row.userId);
		if (settled || row.note !== '') continue;
		listVanished(state, row, row.goneSide);
	}
}

export function listVanished(state: PlanState, row: Row, side: Side | ''): void {
	const gone = (each: Side) => !state.listing[each].byId.has(idOn(row, each));
	const both = state.full && gone('wix') && gone('users');
	const words = side === '' ? texts.unlinked() : both ? texts.vanishedBoth() : texts.vanished(side);
	state.review.add({ reason: 'vanished', wixIds: [row.wixId], userIds: [row.userId], ...words });
	state.tally.mark(row, 'vanished');
	for (const each of ['wix', 'users'] as const) state.covered[each].add(idOn(row, each));
}
