import type { Side } from '../../shared/contract';
import type { AddressBooks } from './addresses';
import { canCreateFrom, createFor } from './creates';
import { isKnownGone, isRemoval } from './findings';
import type { WriteIntent } from './intents';
import type { Unmatched } from './matching';
import { words } from './matters';
import { forgetSeen, isProved } from './missing';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import type { Matter } from './review';
import { idOn, isRecent, otherSide, type Row } from './rows';
import { recordOf, reviewRow, rowMatter, type PlanState, type Vanished } from './state';

const sides = ['wix', 'users'] as const;

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
	const unlink = () => state.unlinks.push({ row, side, survivorId: survivor.id });
	const { vanished } = state.policies;
	if (vanished === 'unlink' || survivor.fault !== undefined || isEdited(state, row, survivor)) {
		unlink();
	} else if (vanished === 'recreate') {
		if (canCreateFrom(state, survivor)) createFor(state, survivor, books.of(side), row);
		else unlink();
	} else if (vanished === 'deactivate' && !canDeactivate(state, survivor)) {
		unlink();
	} else {
		remove(state, row, survivor, vanished, 'vanished');
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

/** @returns the write, unless it was refused */
function remove(
	state: PlanState,
	row: Row,
	survivor: SideRecord,
	operation: 'deactivate' | 'delete',
	reason: 'vanished' | 'answer',
): WriteIntent | undefined {
	const { side } = survivor;
	const earlier = row.pending.find((entry) => entry.side === side && entry.operation === operation);
	if (
		earlier?.outcome === 'refused' ||
		(earlier?.outcome === 'refusedForNow' && isRecent(earlier.at, state.nowMs))
	) {
		const said = words.removalRefused(operation, side, earlier.code ?? '');
		const matter = rowMatter(state, row, 'refused', said);
		if (state.review.take(matter) === 'leaveAlone') leaveAlone(state, row);
		else reviewRow(state, row, 'refused', said);
		return undefined;
	}
	const intent: WriteIntent = {
		row,
		side,
		operation,
		recordId: survivor.id,
		values: state.flow.properties.map((property, index) => ({
			...{ property, expected: survivor.value(index), to: null, toKey: '', reason },
			...(earlier?.outcome === 'announced' ? { announcedAt: earlier.at } : {}),
		})),
		isKnown: earlier !== undefined,
	};
	state.writes.push(intent);
	return intent;
}

function leaveAlone(state: PlanState, row: Row): void {
	row.state = 'ignored';
	state.tally.mark(row, 'ignored');
}

/**
 * Looks after the rows that lost a record: asks a person what is to become of the other one, carries out the answer, and is done
 * with a row whose records are both gone. Only a full run.
 */
export function settleUnlinked(state: PlanState, books: AddressBooks): void {
	for (const row of state.unlinkedRows) {
		const left = sides.flatMap((side) => recordOf(state, row, side) ?? []);
		if (state.leased.has(row)) {
			state.tally.mark(row, 'waiting');
			cover(state, left);
			continue;
		}
		forgetSeen(state, row);
		const unseen = sides.filter(
			(side) => idOn(row, side) !== '' && recordOf(state, row, side) === undefined,
		);
		if (unseen.length > 0 && !isProved(state, row, unseen)) {
			cover(state, left);
			continue;
		}
		const [survivor] = left;
		if (survivor === undefined) row.state = 'removed';
		else if (left.length === 1) settleLeft(state, row, survivor, books);
	}
}

/** The row counts for the records that are left of it. */
function cover(state: PlanState, left: readonly SideRecord[]): void {
	for (const { side, id } of left) state.covered[side].add(id);
}

function settleLeft(state: PlanState, row: Row, survivor: SideRecord, books: AddressBooks): void {
	// Linked elsewhere by now: nothing is left to ask. Removed by us: it was decided
	if (survivor.isTaken || survivor.isLinked) return;
	if (row.pending.some((entry) => isRemoval(entry) && entry.outcome === 'sent')) {
		count(state, row, survivor, 'vanished');
		return;
	}
	const matter = vanishedMatter(state, row, survivor);
	switch (state.review.take(matter)) {
		case 'leaveAlone':
			leaveAlone(state, row);
			count(state, row, survivor, 'ignored');
			return;
		case 'createAgain':
			createFor(state, survivor, books.of(otherSide(survivor.side)), row);
			answerWith(state, row, survivor, matter);
			return;
		case 'removeOther':
			removeAsAnswered(
				state,
				row,
				survivor,
				matter,
				canDeactivate(state, survivor) ? 'deactivate' : 'delete',
			);
			return;
		case 'removeOther delete':
			removeAsAnswered(state, row, survivor, matter, 'delete');
			return;
		default:
			state.review.add(matter);
			count(state, row, survivor, 'vanished');
	}
}

function removeAsAnswered(
	state: PlanState,
	row: Row,
	survivor: SideRecord,
	matter: Matter,
	operation: 'deactivate' | 'delete',
): void {
	remove(state, row, survivor, operation, 'answer');
	answerWith(state, row, survivor, matter);
}

/** The write that an answer asked for; where there is none, the answer stays for a later run. */
function answerWith(state: PlanState, row: Row, survivor: SideRecord, matter: Matter): void {
	state.covered[survivor.side].add(survivor.id);
	const intent = state.writes.find((each) => each.row === row);
	if (intent === undefined) {
		state.review.keep(matter);
		return;
	}
	for (const value of intent.values) value.reason = 'answer';
	state.answers.set(intent, [matter]);
}

/** Lists a row that loses its link in this run. */
export function listVanished(state: PlanState, row: Row): void {
	const survivor = sides.flatMap((side) => recordOf(state, row, side) ?? [])[0];
	if (survivor !== undefined) state.review.add(vanishedMatter(state, row, survivor));
}

function vanishedMatter(state: PlanState, row: Row, survivor: SideRecord): Matter {
	const side: Side = otherSide(survivor.side);
	const can = {
		create: canCreateFrom(state, survivor),
		deactivate: canDeactivate(state, survivor),
	};
	const said = words.vanished(isKnownGone(row, side) ? side : '', can);
	return rowMatter(state, row, 'vanished', said);
}

/** The row counts, unless the record that is left counts for itself: linked elsewhere, or listed in review. */
function count(
	state: PlanState,
	row: Row,
	survivor: SideRecord,
	outcome: 'vanished' | 'ignored',
): void {
	if (survivor.fault !== undefined || state.tally.has(survivor)) return;
	state.tally.mark(row, outcome);
	state.covered[survivor.side].add(survivor.id);
}
