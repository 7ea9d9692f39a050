import type { Comparison, JsonObject, JsonValue, Side } from '../../shared/contract';
import { valuesAt } from '../../shared/paths';
import { recordId } from '../../shared/recordId';
import type { CompiledFlow, CompiledPair } from './rules';
import { Columns } from './columns';
import { locate, readValue, type Reading } from './readings';
import { unranked } from './tally';

/** One record of a side, read once. */
export class SideRecord {
	/** One key per link rule that is none of the properties; ask `linkKeyOf`. */
	otherKeys: string[] | undefined = undefined;
	/** Why the record cannot link: the field, and what is wrong with it. */
	fault: { field: string; text: string } | undefined = undefined;
	/** Place of what came of it among the outcomes; see `Tally`. */
	rank = unranked;
	/** Linked by this plan: no candidate any more. */
	isLinked = false;
	/** Its id stands in a row; see `TakenIds`. */
	isTaken = false;

	constructor(
		private readonly columns: Columns,
		/** Place in the listing, as far as every record has an id of its own. */
		readonly place: number,
		readonly id: string,
		readonly record: JsonObject,
	) {}

	get side(): Side {
		return this.columns.side;
	}

	/** What it is compared by for the property at `index` of `CompiledFlow.properties`; '' for a blank value. */
	key(index: number): string {
		return this.columns.key(this.place, index);
	}

	value(index: number): JsonValue {
		return this.columns.value(this.place, index);
	}

	reading(index: number): Reading {
		const fault = this.columns.fault(this.place, index);
		const reading = { key: this.key(index), value: this.value(index) };
		return fault === undefined ? reading : { ...reading, fault };
	}
}

/** One side's listing. */
export interface Listing {
	byId: Map<string, SideRecord>;
	/** The records of `byId`, which walk faster as a list. */
	records: readonly SideRecord[];
	/** Records that came without an id that can be one. */
	withoutId: number;
	complete: boolean;
}

/** Reads a listing. A record listed twice counts once, as it came last. Linear in the records. */
export function readListing(
	flow: CompiledFlow,
	side: Side,
	records: readonly JsonObject[],
	complete: boolean,
): Listing {
	const byId = new Map<string, SideRecord>();
	const read: SideRecord[] = [];
	const columns = new Columns(side, flow.properties.length);
	for (const record of records) {
		const id = recordId(record);
		if (id === '') continue;
		const known = new SideRecord(columns, read.length, id, record);
		readProperties(flow, known, columns, read.length);
		byId.set(id, known);
		read.push(known);
	}
	if (flow.rules.some((rule) => rule.sameAs === undefined)) {
		for (const record of read) readOtherKeys(flow, record);
	}
	const withoutId = records.length - read.length;
	return {
		byId,
		records: byId.size === read.length ? read : [...byId.values()],
		withoutId,
		complete: complete && withoutId === 0,
	};
}

function readProperties(
	{ properties }: CompiledFlow,
	read: SideRecord,
	columns: Columns,
	place: number,
): void {
	const { side } = columns;
	let index = 0;
	for (const { segments, compare, type, keyOn } of properties) {
		const raw = locate(read.record, segments[side], side, compare);
		const reading = readValue(raw, compare, type);
		columns.add(place, index++, reading);
		if (reading.fault !== undefined) read.fault ??= { field: keyOn[side], text: reading.fault };
	}
}

function readOtherKeys({ rules }: CompiledFlow, read: SideRecord): void {
	read.otherKeys = rules.map((rule) =>
		rule.sameAs === undefined ? linkKey(read, rule.pairs) : '',
	);
}

/** The key that a link rule gives a record, '' for none. */
export function linkKeyOf(flow: CompiledFlow, read: SideRecord, rule: number): string {
	const sameAs = flow.rules[rule]?.sameAs;
	return sameAs === undefined ? (read.otherKeys?.[rule] ?? '') : read.key(sameAs);
}

function linkKey(read: SideRecord, pairs: readonly CompiledPair[]): string {
	const keys: string[] = [];
	for (const pair of pairs) {
		const raw = locate(read.record, pair.segments[read.side], read.side, pair.compare);
		const { key, fault } = readValue(keyText(raw, pair.compare), pair.compare, 'string');
		if (fault !== undefined) read.fault ??= { field: pair.label[read.side], text: fault };
		if (key === '' || pairs.length === 1) return key;
		keys.push(key);
	}
	return JSON.stringify(keys);
}

/** A number or a boolean is as good a key as its text; only an address has to be text. */
function keyText(raw: JsonValue | undefined, compare: Comparison): JsonValue | undefined {
	const isPlain = Number.isFinite(raw) || typeof raw === 'boolean';
	return isPlain && compare !== 'email' ? String(raw) : raw;
}

/** The keys of the further addresses that a record holds (secondary, unverified). */
export function furtherAddresses(flow: CompiledFlow, read: SideRecord): string[] {
	const keys: string[] = [];
	for (const segments of flow.alsoHolds[read.side]) {
		for (const value of valuesAt(read.record, segments)) {
			const { key } = readValue(value, 'email', 'string');
			if (key !== '') keys.push(key);
		}
	}
	return keys;
}
