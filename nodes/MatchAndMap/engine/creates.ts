import type { Pending, Side } from '../../shared/contract';
import type { AddressBook, AddressBooks } from './addresses';
import type { WriteIntent, WriteValue } from './intents';
import type { Unmatched } from './matching';
import { isOverdue, isRecent } from './merge';
import { defaultsFor } from './names';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import { texts } from './review';
import { isWhole, newRow, otherSide, setIdOn, type Row } from './rows';
import { removeRow, reviewRecords, reviewRow, type PlanState } from './state';

/** A changed-only run creates nobody: rows that wait for a create wait on. */
export function countWaitingCreates(state: PlanState): void {
	for (const row of state.rows) if (!isWhole(row)) state.tally.mark(row, 'waitingForFullRun');
}

/** Plans the records to be created, from those that found no partner. Only a full run creates. */
export function planCreates(state: PlanState, unmatched: Unmatched, books: AddressBooks): void {
	const neverAnew = new Set([
		...state.unlinkedRows.map((row) => `wix\n${row.wixId}`),
		...state.unlinkedRows.map((row) => `users\n${row.userId}`),
	]);
	for (const side of ['users', 'wix'] as const) {
		const sources: SideRecord[] = [];
		for (const record of unmatched.lone[otherSide(side)]) {
			if (unmatched.rowOf.has(record) || !mayCreate(state, side)) continue;
			if (neverAnew.has(`${record.side}\n${record.id}`) || !canCreateFrom(state, record)) continue;
			sources.push(record);
		}
		for (const source of distinctSources(state, side, sources))
			createFor(state, source, books.of(side), undefined);
	}
}

export function mayCreate(state: PlanState, side: Side): boolean {
	const { createMissing } = state.policies;
	return createMissing === 'both' || createMissing === side;
}

/** The addresses of a record. Without one nobody is created: nothing would tell whether the record is there already. */
function uniqueKeys(state: PlanState, record: SideRecord): string[] {
	return state.flow.properties
		.flatMap((property, index) => (property.unique ? [record.key(index)] : []))
		.filter((key) => key !== '');
}

export const canCreateFrom = (state: PlanState, record: SideRecord) =>
	record.fault === undefined && uniqueKeys(state, record).length > 0;

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
	const keys = uniqueKeys(state, source);
	const verdicts = keys.map((key) => heldBy(state, book, key, row));
	const held = verdicts.find((verdict) => verdict !== 'free') ?? 'free';
	if (held === 'soon') {
		state.tally.mark(row ?? source, 'waiting');
	} else if (held !== 'free') {
		reviewHeld(state, source, row, held);
	} else {
		const intent = createIntent(state, source, side, row);
		state.writes.push(intent);
		state.taken[source.side].add(source.id);
		for (const key of keys) book.arrive(key, { row: intent.row, soon: true });
	}
}

/** The ids of whoever holds an address. */
interface Holder {
	wixId: string;
	userId: string;
}

function reviewHeld(
	state: PlanState,
	source: SideRecord,
	row: Row | undefined,
	holder: Holder,
): void {
	const own =
		source.side === 'wix' ? { wixId: source.id, userId: '' } : { wixId: '', userId: source.id };
	state.review.add({
		reason: 'addressTaken',
		wixIds: [own.wixId, holder.wixId],
		userIds: [own.userId, holder.userId],
		...texts.addressTaken(otherSide(source.side)),
	});
	state.tally.mark(row ?? source, 'review');
}

function heldBy(
	state: PlanState,
	book: AddressBook,
	key: string,
	row: Row | undefined,
): 'free' | 'soon' | Holder {
	const arrival = book.arrival(key);
	if (arrival !== undefined && (arrival.row === undefined || arrival.row !== row)) {
		if (arrival.soon || arrival.row === undefined) return 'soon';
		return { wixId: arrival.row.wixId, userId: arrival.row.userId };
	}
	const holders = book.holders(key);
	const stays = holders.find((holder) => !isMovedAway(state, book, holder, key));
	const holder = stays ?? (holders.length > 0 ? 'soon' : book.furtherHolder(key));
	if (holder === undefined) return 'free';
	if (holder === 'soon') return 'soon';
	return holder.side === 'wix'
		? { wixId: holder.id, userId: '' }
		: { wixId: '', userId: holder.id };
}

function isMovedAway(
	state: PlanState,
	book: AddressBook,
	holder: SideRecord,
	key: string,
): boolean {
	if (book.isLeaving(holder, key)) return true;
	const intent = state.writesByRecord.get(`${holder.side}\n${holder.id}`);
	return intent !== undefined && book.isFreedBy(intent.values, holder, key);
}

function createIntent(
	state: PlanState,
	source: SideRecord,
	side: Side,
	row: Row | undefined,
): WriteIntent {
	const values: WriteValue[] = [];
	// One user field may be handed on to several Wix fields; of those, the first gives a new user its value
	const given = new Set<string>();
	state.flow.properties.forEach((property, index) => {
		const reading = source.reading(index);
		const field = property.keyOn[side].replace(/\.email$/, '');
		if (reading.key === '' || given.has(field)) return;
		given.add(field);
		const isAnnounced = (entry: Pending) =>
			isCreateOf(entry, side, property.key) &&
			rememberedKey(entry.to, property.compare, property.type) === reading.key;
		const again = row?.pending.some(isAnnounced) ?? false;
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
		reason: row !== undefined && !row.base.isEmpty ? 'vanished' : 'missing',
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
	if (row.goneSide === sourceSide) {
		removeRow(state, row);
		return;
	}
	state.verifies.push({ row, side: sourceSide });
	state.tally.mark(row, 'waiting');
}

/** A vanished record that is made anew stays wanted for as long as its row says so. */
function stillWanted(state: PlanState, side: Side, row: Row): boolean {
	return mayCreate(state, side) || (state.policies.vanished === 'recreate' && !row.base.isEmpty);
}

function resumeCreate(
	state: PlanState,
	row: Row,
	source: SideRecord,
	side: Side,
	book: AddressBook,
): void {
	const creates = row.pending.filter(
		(entry) => entry.side === side && entry.operation === 'create',
	);
	const refusal = creates.find(
		(entry) => entry.outcome.startsWith('refused') && isFor(state, source, entry),
	);
	if (
		refusal !== undefined &&
		(refusal.outcome === 'refused' || isRecent(refusal.at, state.nowMs))
	) {
		reviewRow(state, row, 'refused', texts.refused(refusal.property, side, refusal.code ?? ''));
		return;
	}
	const sent = creates.find((entry) => entry.outcome === 'sent');
	if (sent === undefined) createFor(state, source, book, row);
	else if (isOverdue(sent.at, state))
		reviewRow(
			state,
			row,
			'notTaken',
			texts.notTaken(sent.property, side, state.policies.pendingDays),
		);
	else state.tally.mark(row, 'waiting');
}

/** The record still holds what the create was announced with. */
function isFor(state: PlanState, source: SideRecord, entry: Pending): boolean {
	return state.flow.properties.some(
		({ key, compare, type }, index) =>
			key === entry.property && rememberedKey(entry.to, compare, type) === source.key(index),
	);
}

/** Makes a row wait for its record on `side` to be created anew. */
export function awaitCreate(row: Row, side: Side): void {
	setIdOn(row, side, '');
	row.goneSide = '';
	row.goneConfirmedAt = '';
	row.movedTo = '';
}
