import type { Comparison, JsonObject, JsonValue, Side } from '../../../shared/contract';
import { valuesAt } from '../../../shared/paths';
import { recordId } from '../../../shared/recordId';
import type { CompiledPair, Rules } from '../rules';
import { locate, readValue, type Reading } from './readings';

/**
 * What the records of one side hold, a column per property; a record is a place in it. Columns keep many records small,
 * and what one walk over all of them looks at together. There is an entry for each property of the flow and each place
 * that was filled; the `as` say so, because a check at each read would cost time.
 */
export class Columns {
	private readonly keyColumns: string[][];
	private readonly valueColumns: JsonValue[][];
	/** By place and property; few records have any. */
	private readonly faults = new Map<number, Array<string | undefined>>();

	constructor(
		readonly side: Side,
		properties: number,
	) {
		this.keyColumns = Array.from({ length: properties }, () => []);
		this.valueColumns = Array.from({ length: properties }, () => []);
	}

	/** Adds one property of the record at `place`; places are filled in order, each with every property. */
	add(place: number, property: number, { key, value, fault }: Reading): void {
		(this.keyColumns[property] as string[]).push(key);
		(this.valueColumns[property] as JsonValue[]).push(value);
		if (fault === undefined) return;
		const faults = this.faults.get(place) ?? [];
		faults[property] = fault;
		this.faults.set(place, faults);
	}

	key(place: number, property: number): string {
		return (this.keyColumns[property] as string[])[place] as string;
	}

	value(place: number, property: number): JsonValue {
		return (this.valueColumns[property] as JsonValue[])[place] as JsonValue;
	}

	fault(place: number, property: number): string | undefined {
		return this.faults.size === 0 ? undefined : this.faults.get(place)?.[property];
	}
}

/** One record of a side, read once; nothing of it changes afterwards. */
export class SideRecord {
	/** One key for each link rule that is none of the properties; ask `linkKeyOf`. */
	otherKeys: string[] | undefined = undefined;
	/** Why the record cannot link: the field, and what is wrong with it. */
	fault: { field: string; text: string } | undefined = undefined;

	constructor(
		private readonly columns: Columns,
		/** Place in the listing as it was read: no two records share one. */
		readonly place: number,
		readonly id: string,
		readonly record: JsonObject,
	) {}

	get side(): Side {
		return this.columns.side;
	}

	/** What it is compared by for the property at `index` of `Rules.properties`; '' for a blank value. */
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

/**
 * The records of one side. Invariants: `records` are the values of `byId`, which walk faster as a list; every place is below
 * `places`; `isWhole` is false where a record came without an id.
 */
export interface RecordList {
	byId: ReadonlyMap<string, SideRecord>;
	records: readonly SideRecord[];
	places: number;
	/** Records that came without an id that can be one. */
	withoutId: number;
	isWhole: boolean;
}

/** Reads one side. A record listed twice counts once: by its newer revision, else as it came last. Linear in the records. */
export function readRecords(
	rules: Pick<Rules, 'properties' | 'links'>,
	side: Side,
	records: readonly JsonObject[],
	isWhole: boolean,
): RecordList {
	const byId = new Map<string, SideRecord>();
	const read: SideRecord[] = [];
	const columns = new Columns(side, rules.properties.length);
	for (const record of records) {
		const id = recordId(record);
		if (id === '') continue;
		const known = new SideRecord(columns, read.length, id, record);
		readProperties(rules, known, columns, read.length);
		const earlier = byId.get(id);
		if (earlier === undefined || !isNewer(earlier, known)) byId.set(id, known);
		read.push(known);
	}
	if (rules.links.some((rule) => rule.sameAs === undefined))
		for (const record of read) readOtherKeys(rules, record);
	const withoutId = records.length - read.length;
	return {
		byId,
		records: byId.size === read.length ? read : [...byId.values()],
		places: read.length,
		withoutId,
		isWhole: isWhole && withoutId === 0,
	};
}

/** A list that was read page by page may show a record before and after an edit. */
const isNewer = (one: SideRecord, other: SideRecord) =>
	Number(one.record.revision) > Number(other.record.revision);

function readProperties(
	{ properties }: Pick<Rules, 'properties'>,
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

function readOtherKeys({ links }: Pick<Rules, 'links'>, read: SideRecord): void {
	read.otherKeys = links.map((rule) =>
		rule.sameAs === undefined ? linkKey(read, rule.pairs) : '',
	);
}

/** The key that a link rule gives a record, '' for none. */
export function linkKeyOf({ links }: Pick<Rules, 'links'>, read: SideRecord, rule: number): string {
	const sameAs = links[rule]?.sameAs;
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
export function furtherAddresses(
	{ alsoHolds }: Pick<Rules, 'alsoHolds'>,
	read: SideRecord,
): string[] {
	return alsoHolds[read.side]
		.flatMap((segments) => valuesAt(read.record, segments))
		.map((value) => readValue(value, 'email', 'string').key)
		.filter((key) => key !== '');
}

/** The keys of the addresses that a record holds as its own. */
export const addressKeys = ({ properties }: Pick<Rules, 'properties'>, record: SideRecord) =>
	properties
		.flatMap(({ unique }, index) => (unique ? [record.key(index)] : []))
		.filter((key) => key !== '');
