import type { JsonValue, Pending, Side } from '../../../shared/contract';
import { addTo } from '../../../shared/grouped';
import { ask, idsOn, named, pairWords, words } from '../ask';
import {
	aboutRow,
	askedAbout,
	type Because,
	type Decision,
	type Write,
	type WriteValue,
} from '../decision';
import type { Half } from '../pair';
import {
	addressKeys,
	aloneOn,
	hasNoBase,
	isOverdue,
	isRecent,
	newRow,
	otherSide,
	rememberedKey,
	type Known,
	type Row,
	type SideRecord,
} from '../read';
import type { AddressBook, Arrival } from './addresses';
import { defaultsFor } from './names';

export function mayCreate({ rules }: Known, side: Side): boolean {
	const { createMissing } = rules.policies;
	return createMissing === 'both' || createMissing === side;
}

/** Without an address nobody is created: nothing would tell whether the record is there already. */
export const canCreateFrom = ({ rules }: Known, record: SideRecord) =>
	record.fault === undefined && addressKeys(rules, record).length > 0;

/** Decides about a create for each lone record of which one is wanted. Only a full run creates. */
export function decideCreates(
	known: Known,
	side: Side,
	sources: readonly SideRecord[],
	book: () => AddressBook,
): Decision[] {
	const { doubled, decided } = askAboutDoubles(known, side, sources);
	return [
		...decided,
		...sources
			.filter((source) => !doubled.has(source))
			.map((source) => createFor(known, source, book(), undefined)),
	];
}

/** Records that share an address are no source: two of one person would be made. */
function askAboutDoubles(known: Known, side: Side, sources: readonly SideRecord[]) {
	const byKey = new Map<string, SideRecord[]>();
	for (const source of sources) {
		for (const key of new Set(addressKeys(known.rules, source))) addTo(byKey, key, source);
	}
	const doubled = new Set<SideRecord>();
	const decided: Decision[] = [];
	for (const rivals of byKey.values()) {
		if (rivals.length < 2) continue;
		const fresh = rivals.filter((rival) => !doubled.has(rival));
		for (const rival of rivals) doubled.add(rival);
		decided.push(...doubledSource(known, otherSide(side), rivals, fresh));
	}
	return { doubled, decided };
}

/** @param fresh those that no other decision is about */
function doubledSource(
	{ rules, lookUp, questions }: Known,
	side: Side,
	rivals: readonly SideRecord[],
	fresh: readonly SideRecord[],
): Decision[] {
	const ids = rivals.map(({ id }) => id);
	const names = ids.map((id) => named(lookUp, side, id));
	const question = ask(
		'ambiguous',
		idsOn(side, ids),
		words.ambiguousSource(side, ids.length, names),
	);
	const [verb, , id = ''] = questions.answerTo(question).split(' ');
	const because = { code: 'ambiguous' as const, side, ids };
	if (verb !== 'leaveAlone')
		return [{ because, questions: [question] }, ...askedAbout(fresh, question)];
	const row = newRow(rules.flow.id, ...aloneOn(side, id), 'ignored');
	return [
		{ row, because: { code: 'answered' }, answered: [question] },
		...fresh.map((record) => ({
			record,
			outcome: record.id === id ? ('ignored' as const) : ('waiting' as const),
			because: { code: 'answered' as const },
		})),
	];
}

/** The address that a record would be created with. */
function addressIn({ rules }: Known, source: SideRecord): JsonValue {
	const index = rules.properties.findIndex(({ unique }) => unique);
	return index < 0 ? null : source.value(index);
}

/**
 * Decides about one create: nobody on that side may hold the address, linked or not.
 * @param row the row that carries the create; undefined to add one
 */
export function createFor(
	known: Known,
	source: SideRecord,
	book: AddressBook,
	row: Row | undefined,
): Decision {
	const side = otherSide(source.side);
	const subject = row === undefined ? { record: source } : { row };
	const keys = addressKeys(known.rules, source);
	const held = keys.map((key) => heldBy(book, key, row)).find((each) => each !== 'free');
	if (held === 'soon')
		return { ...subject, outcome: 'waiting', because: { code: 'addressSoon', side } };
	if (held !== undefined) {
		const own = aloneOn(source.side, source.id);
		const ids = { wixIds: [own[0], held.wixId], userIds: [own[1], held.userId] };
		const question = ask('addressTaken', ids, words.addressTaken(side, addressIn(known, source)));
		const because = { code: 'addressTaken' as const, side };
		return { ...subject, outcome: 'review', because, questions: [question] };
	}
	const created = row ?? newRow(known.rules.flow.id, ...aloneOn(source.side, source.id));
	for (const key of keys) book.arrive(key, { row: created, isSoon: true });
	const write = createOn(known, source, side, row);
	const because: Because = { code: write.values[0]?.reason ?? 'missing', side };
	return { row: created, outcome: 'changed', because, write };
}

type Holding = 'free' | 'soon' | { wixId: string; userId: string };

function heldBy(book: AddressBook, key: string, row: Row | undefined): Holding {
	const arrival = book.arrival(key);
	if (arrival !== undefined && (arrival.row === undefined || arrival.row !== row))
		return spokenFor(arrival);
	const holders = book.holders(key);
	const stays = holders.find((holder) => !book.isLeaving(holder, key));
	if (stays === undefined && holders.length > 0) return 'soon';
	const holder = stays ?? book.furtherHolder(key);
	if (holder === undefined) return 'free';
	const [wixId, userId] = aloneOn(holder.side, holder.id);
	return { wixId, userId };
}

const spokenFor = ({ row, isSoon }: Arrival): Holding =>
	isSoon || row === undefined ? 'soon' : { wixId: row.wixId, userId: row.userId };

function createOn({ rules }: Known, source: SideRecord, side: Side, row: Row | undefined): Write {
	const values: WriteValue[] = [];
	const known = row?.pending.filter((entry) => isCreateOn(entry, side)) ?? [];
	const reason = known[0]?.reason ?? (row === undefined || hasNoBase(row) ? 'missing' : 'vanished');
	// One user field may be handed on to several Wix fields; of those, the first gives a new user its value
	const given = new Set<string>();
	rules.properties.forEach((property, index) => {
		const { value: to, key: toKey } = source.reading(index);
		const field = property.keyOn[side].replace(/\.email$/, '');
		if (toKey === '' || given.has(field)) return;
		given.add(field);
		const earlier = known.find(
			(entry) =>
				entry.property === property.key &&
				entry.outcome === 'announced' &&
				rememberedKey(entry.to, property.compare, property.type) === toKey,
		);
		values.push({
			...{ property, expected: null, to, toKey, reason },
			...(earlier === undefined ? {} : { announcedAt: earlier.at }),
		});
	});
	const address = values.find(({ property }) => property.unique)?.to;
	const defaults = defaultsFor(
		side,
		source,
		typeof address === 'string' ? address : '',
		rules.flow.wixEntity,
	);
	return { side, operation: 'create', recordId: '', values, defaults, isKnown: known.length > 0 };
}

const isCreateOn = (entry: Pending, side: Side) =>
	entry.operation === 'create' && entry.side === side;

/** A vanished record that is made anew stays wanted for as long as its row, or the person who answered so, says it. */
export function isWanted(known: Known, { row, side }: Half): boolean {
	if (row.pending.some((entry) => isCreateOn(entry, side) && entry.reason === 'answer'))
		return true;
	const { vanished } = known.rules.policies;
	return mayCreate(known, side) || (vanished === 'recreate' && !hasNoBase(row));
}

/** A row whose create an earlier run announced, and that found no partner yet. @param source what it is created from */
export function resumeCreate(
	known: Known,
	{ row, side }: Half,
	source: SideRecord,
	book: () => AddressBook,
): Decision {
	const { rules } = known;
	const creates = row.pending.filter((entry) => isCreateOn(entry, side));
	const refusal = creates.find(
		(entry) => entry.outcome.startsWith('refused') && isFor(known, source, entry),
	);
	if (
		refusal?.outcome === 'refused' ||
		(refusal !== undefined && isRecent(refusal.at, rules.nowMs))
	)
		return refusedCreate(known, row, source, side, refusal);
	return creates.some((entry) => isOpen(known, side, entry))
		? { row, outcome: 'waiting', because: { code: 'notShown', side } }
		: createFor(known, source, book(), row);
}

const hourMs = 3_600_000;

/**
 * Whether a record may have been made that no look would show yet. Wix keeps nothing unique among contacts, and its queries lag:
 * there a create that was announced once is announced again only after an hour, longer than any lag.
 */
function isOpen({ rules }: Known, side: Side, { outcome, until, at }: Pending): boolean {
	if (outcome === 'sent') return !isOverdue(at, rules.nowMs, rules.policies.pendingDays);
	if (side !== 'wix' || rules.flow.wixEntity !== 'contact' || until === undefined) return false;
	return Date.parse(until) + hourMs > rules.nowMs;
}

function refusedCreate(
	known: Known,
	row: Row,
	source: SideRecord,
	side: Side,
	{ property, code = '', others }: Pending,
): Decision {
	const { rules, questions } = known;
	const address = addressIn(known, source);
	if (others !== undefined) {
		const said = words.addressTaken(side, address);
		const question = aboutRow(rules, row, 'addressTaken', said, { [side]: others });
		const because = { code: 'addressTaken' as const, side, ids: others };
		return { row, outcome: 'review', because, questions: [question] };
	}
	const field = rules.properties.find(({ key }) => key === property)?.keyOn[side] ?? property;
	const values = { wix: null, users: null, [otherSide(side)]: address };
	const facts = {
		...{ field, ...values, base: undefined },
		...{ side, code, days: rules.policies.pendingDays, refusing: side },
	};
	const reason = code === 'badValue' ? ('badValue' as const) : ('refused' as const);
	const question = aboutRow(rules, row, reason, pairWords(reason, [facts], []));
	const because = { code: reason, side, field };
	if (questions.answerTo(question) === 'leaveAlone')
		return { row: { ...row, state: 'ignored' }, outcome: 'ignored', because, answered: [question] };
	return { row, outcome: 'refused', because, questions: [question] };
}

/** The record still holds what the create was announced with. */
const isFor = ({ rules }: Known, source: SideRecord, entry: Pending): boolean =>
	rules.properties.some(
		({ key, compare, type }, index) =>
			key === entry.property && rememberedKey(entry.to, compare, type) === source.key(index),
	);
