import type { JsonValue, Pending, Side } from '../../shared/contract';
import type { AddressBook, AddressBooks } from './addresses';
import type { WriteIntent, WriteValue } from './intents';
import type { Unmatched } from './matching';
import { isAnswered } from './answers';
import { words } from './matters';
import { defaultsFor } from './names';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import { isWhole, newRow, otherSide, type Row } from './rows';
import { matterOf, namedRecord, reviewRecords, type PlanState } from './state';

/** A changed-only run creates nobody: rows that wait for a create wait on. */
export function countWaitingCreates(state: PlanState): void {
	for (const row of state.rows)
		if (!isWhole(row) && !state.frozen.has(row)) state.tally.mark(row, 'waitingForFullRun');
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
		const named = rivals.map(({ id }) => namedRecord(state, otherSide(side), id));
		const said = words.ambiguousSource(otherSide(side), rivals.length, named);
		for (const rival of rivals) doubled.add(rival);
		if (!isAnswered(state, matterOf('ambiguous', rivals, said)))
			reviewRecords(state, 'ambiguous', rivals, said);
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
		reviewHeld(state, source, row, held, addressIn(state, source));
	} else {
		const intent = createIntent(state, source, side, row);
		state.writes.push(intent);
		state.taken[source.side].add(source.id);
		for (const key of keys) book.arrive(key, { row: intent.row, soon: true });
	}
}

/** The address that a record would be created with. */
export function addressIn(state: PlanState, source: SideRecord): JsonValue {
	const index = state.flow.properties.findIndex(({ unique }) => unique);
	return index < 0 ? null : source.value(index);
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
	address: JsonValue,
): void {
	const own =
		source.side === 'wix' ? { wixId: source.id, userId: '' } : { wixId: '', userId: source.id };
	state.review.add({
		reason: 'addressTaken',
		wixIds: [own.wixId, holder.wixId],
		userIds: [own.userId, holder.userId],
		...words.addressTaken(otherSide(source.side), address),
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
	const known = row?.pending.filter((entry) => isCreateOn(entry, side)) ?? [];
	const reason =
		known[0]?.reason ?? (row !== undefined && !row.base.isEmpty ? 'vanished' : 'missing');
	// One user field may be handed on to several Wix fields; of those, the first gives a new user its value
	const given = new Set<string>();
	state.flow.properties.forEach((property, index) => {
		const reading = source.reading(index);
		const field = property.keyOn[side].replace(/\.email$/, '');
		if (reading.key === '' || given.has(field)) return;
		given.add(field);
		const earlier = known.find(
			(entry) =>
				entry.property === property.key &&
				entry.outcome === 'announced' &&
				rememberedKey(entry.to, property.compare, property.type) === reading.key,
		);
		const { value: to, key: toKey } = reading;
		values.push({
			...{ property, expected: null, to, toKey, reason },
			...(earlier === undefined ? {} : { announcedAt: earlier.at }),
		});
	});
	const address = values.find((value) => value.property.unique)?.to;
	const { flow } = state.flow;
	const [wixId, userId] = source.side === 'wix' ? [source.id, ''] : ['', source.id];
	return {
		row: row ?? newRow(flow.id, wixId, userId),
		side,
		operation: 'create',
		recordId: '',
		values,
		defaults: defaultsFor(side, source, typeof address === 'string' ? address : '', flow.wixEntity),
		isKnown: known.length > 0,
	};
}

export const isCreateOn = (entry: Pending, side: Side) =>
	entry.operation === 'create' && entry.side === side;
