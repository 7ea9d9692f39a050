import type { Pending, Side } from '../../shared/contracts';
import type { AddressBook } from './addresses';
import type { WriteIntent, WriteValue } from './intents';
import type { Unmatched } from './matching';
import { isRecent } from './merge';
import { defaultsFor } from './names';
import type { SideRecord } from './records';
import { texts } from './review';
import { newRow, otherSide, setIdOn, type Row } from './rows';
import { removeRow, reviewRecords, reviewRow, type PlanState } from './state';

export type Books = Record<Side, AddressBook>;

/** Plans the records to be created, from those that found no partner. Only a full run creates. */
export function planCreates(state: PlanState, unmatched: Unmatched, books: Books): void {
	const neverAnew = new Set([
		...state.unlinkedRows.map((row) => `wix\n${row.wixId}`),
		...state.unlinkedRows.map((row) => `users\n${row.userId}`),
	]);
	for (const side of ['users', 'wix'] as const) {
		const sources: SideRecord[] = [];
		for (const record of unmatched.lone[otherSide(side)]) {
			if (unmatched.rowOf.has(record) || !mayCreate(state, side)) continue;
			if (neverAnew.has(`${record.side}\n${record.id}`) || uniqueKeys(state, record).length === 0)
				continue;
			sources.push(record);
		}
		for (const source of distinctSources(state, side, sources))
			createFor(state, source, books[side], undefined);
	}
}

export function mayCreate(state: PlanState, side: Side): boolean {
	const { createMissing } = state.policies;
	return createMissing === 'both' || createMissing === side;
}

function uniqueKeys(state: PlanState, record: SideRecord): string[] {
	const unique = state.flow.properties.flatMap((property, index) =>
		property.unique ? [record.readings[index].key] : [],
	);
	const keys = unique.length > 0 ? unique : record.linkKeys;
	return keys.filter((key) => key !== '');
}

/** Records that share an address are no source: two of one person would be made. */
function distinctSources(
	state: PlanState,
	side: Side,
	sources: readonly SideRecord[],
): SideRecord[] {
	const byKey = new Map<string, SideRecord[]>();
	for (const source of sources) {
		for (const key of new Set(uniqueKeys(state, source))) {
			const known = byKey.get(key);
			if (known === undefined) byKey.set(key, [source]);
			else known.push(source);
		}
	}
	const doubled = new Set<SideRecord>();
	for (const rivals of byKey.values()) {
		if (rivals.length < 2) continue;
		reviewRecords(
			state,
			'ambiguous',
			rivals,
			texts.ambiguousSource(otherSide(side), rivals.length),
		);
		for (const rival of rivals) doubled.add(rival);
	}
	return sources.filter((source) => !doubled.has(source));
}

/**
 * Plans one create, unless somebody on that side holds the address.
 * @param row the row that carries the create; undefined to add one
 */
export function createFor(
	state: PlanState,
	source: SideRecord,
	book: AddressBook,
	row: Row | undefined,
): void {
	const side = otherSide(source.side);
	const subject = row ?? source;
	for (const key of uniqueKeys(state, source)) {
		const verdict = heldBy(state, book, key, row);
		if (verdict === 'free') continue;
		if (verdict === 'soon') {
			state.tally.mark(subject, 'waiting');
			return;
		}
		reviewRecords(state, 'addressTaken', [source, verdict], texts.addressTaken(side));
		state.tally.drop(verdict);
		if (row !== undefined) state.tally.drop(source);
		state.tally.mark(subject, 'review');
		return;
	}
	state.writes.push(createIntent(state, source, side, row));
	state.taken[source.side].add(source.id);
}

function heldBy(
	state: PlanState,
	book: AddressBook,
	key: string,
	row: Row | undefined,
): 'free' | 'soon' | SideRecord {
	const arriving = book.arrivingRow(key);
	if (arriving !== undefined && arriving !== row) return 'soon';
	const further = book.furtherHolder(key);
	const holders = book.holders(key);
	const stays = holders.find((holder) => !isMovedAway(state, book, holder, key));
	if (stays !== undefined) return stays;
	if (holders.length > 0) return 'soon';
	return further ?? 'free';
}

function isMovedAway(
	state: PlanState,
	book: AddressBook,
	holder: SideRecord,
	key: string,
): boolean {
	if (book.isLeaving(holder, key)) return true;
	const intent = state.writesByRecord.get(`${holder.side}\n${holder.id}`);
	return intent?.values.some((value) => value.property.unique && value.toKey !== key) ?? false;
}

function createIntent(
	state: PlanState,
	source: SideRecord,
	side: Side,
	row: Row | undefined,
): WriteIntent {
	const values: WriteValue[] = [];
	state.flow.properties.forEach((property, index) => {
		const reading = source.readings[index];
		if (reading.key === '') return;
		const again = row?.pending.some((entry) => isCreateOf(entry, side, property.key)) ?? false;
		values.push({ property, expected: null, to: reading.value, toKey: reading.key, again });
	});
	const address = values.find((value) => value.property.unique)?.to;
	return {
		row:
			row ??
			newRow(
				state.flow.flow.id,
				source.side === 'wix' ? source.id : '',
				source.side === 'users' ? source.id : '',
			),
		side,
		operation: 'create',
		recordId: '',
		values,
		reason: row !== undefined && row.base.size > 0 ? 'vanished' : 'missing',
		usesDecision: false,
		defaults: defaultsFor(
			side,
			source,
			typeof address === 'string' ? address : '',
			state.flow.flow.wixEntity,
		),
	};
}

const isCreateOf = (entry: Pending, side: Side, property: string) =>
	entry.operation === 'create' &&
	entry.side === side &&
	entry.property === property &&
	entry.outcome === 'announced';

/** Rows that an earlier run announced a create for and that found no partner yet. */
export function resumeCreates(state: PlanState, unmatched: Unmatched, books: Books): void {
	const sourceOf = new Map([...unmatched.rowOf].map(([record, row]) => [row, record]));
	for (const row of [...state.rows]) {
		if (state.frozen.has(row) || state.removed.has(row) || (row.wixId !== '' && row.userId !== ''))
			continue;
		const side: Side = row.wixId === '' ? 'wix' : 'users';
		const source = sourceOf.get(row);
		if (source !== undefined) state.tally.drop(source);
		if (source !== undefined && unmatched.ambiguous.has(source)) state.tally.mark(row, 'review');
		else if (source === undefined) awaitSource(state, row, otherSide(side));
		else if (source.fault !== undefined || !stillWanted(state, side, row)) removeRow(state, row);
		else resumeCreate(state, row, source, side, books[side]);
	}
}

/** The record that a create was announced for is not listed: it is looked up before the create is given up. */
function awaitSource(state: PlanState, row: Row, sourceSide: Side): void {
	if (row.goneSide === sourceSide) {
		removeRow(state, row);
		return;
	}
	state.verifies.push({ row, side: sourceSide });
	state.tally.mark(row, 'waiting');
}

/** A vanished record that is made anew stays wanted for as long as its row says so. */
function stillWanted(state: PlanState, side: Side, row: Row): boolean {
	return mayCreate(state, side) || (state.policies.vanished === 'recreate' && row.base.size > 0);
}

function resumeCreate(
	state: PlanState,
	row: Row,
	source: SideRecord,
	side: Side,
	book: AddressBook,
): void {
	const refusal = row.pending.find(
		(entry) =>
			entry.side === side && entry.operation === 'create' && entry.outcome.startsWith('refused'),
	);
	const wait =
		refusal?.outcome === 'refused' || (refusal !== undefined && isRecent(refusal.at, state.nowMs));
	if (refusal !== undefined && wait) {
		reviewRow(state, row, 'refused', texts.refused(refusal.property, side, refusal.code ?? ''));
		return;
	}
	createFor(state, source, book, row);
}

/** Makes a row wait for its record on `side` to be created anew. */
export function awaitCreate(row: Row, side: Side): void {
	setIdOn(row, side, '');
	row.goneSide = '';
	row.goneConfirmedAt = '';
	row.movedTo = '';
}
