import type { JsonValue, Pending, Side } from '../../shared/contract';
import type { AddressBook, AddressBooks } from './addresses';
import type { WriteIntent, WriteValue } from './intents';
import type { Unmatched } from './matching';
import { isKnownGone } from './findings';
import { isAnswered } from './answers';
import { pairWords, words } from './matters';
import { isProved } from './missing';
import { defaultsFor } from './names';
import { rememberedKey } from './readings';
import type { SideRecord } from './records';
import { isOverdue, isRecent, isWhole, newRow, otherSide, type Row } from './rows';
import {
	matterOf,
	namedRecord,
	removeRow,
	reviewRecords,
	rowMatter,
	type PlanState,
} from './state';

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
function addressIn(state: PlanState, source: SideRecord): JsonValue {
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

const isCreateOn = (entry: Pending, side: Side) =>
	entry.operation === 'create' && entry.side === side;

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
	{ property, code = '', others = [] }: Pending,
): void {
	if (others.length > 0) {
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
