import type { Comparison, JsonObject, JsonValue, Side } from '../../shared/contracts';
import { valuesAt } from '../../shared/paths';
import type { CompiledFlow, CompiledPair } from './compile';
import { locate, readValue, type Reading } from './readings';

/** One record of a side, read once. */
export interface SideRecord {
	side: Side;
	id: string;
	record: JsonObject;
	/** One reading per property, in the order of `CompiledFlow.properties`. */
	readings: Reading[];
	/** One key per link rule, '' where the rule gives none. */
	linkKeys: string[];
	/** Why the record cannot link: the field, and what is wrong with it. */
	fault?: { field: string; text: string };
}

/** One side's listing. */
export interface Listing {
	byId: Map<string, SideRecord>;
	/** Records that came without an id. */
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
	let withoutId = 0;
	for (const record of records) {
		const id = idOf(record);
		if (id === '') withoutId++;
		else byId.set(id, readRecord(flow, side, id, record));
	}
	return { byId, withoutId, complete: complete && withoutId === 0 };
}

function idOf(record: JsonObject): string {
	const id = record?.id;
	if (typeof id === 'number') return String(id);
	return typeof id === 'string' ? id.trim() : '';
}

function readRecord(flow: CompiledFlow, side: Side, id: string, record: JsonObject): SideRecord {
	const read: SideRecord = {
		side,
		id,
		record,
		readings: flow.properties.map((property) =>
			readValue(
				locate(record, property.segments[side], side, property.compare),
				property.compare,
				property.type,
			),
		),
		linkKeys: [],
	};
	flow.properties.forEach((property, index) => {
		const fault = read.readings[index].fault;
		if (fault !== undefined) read.fault ??= { field: property.keyOn[side], text: fault };
	});
	read.linkKeys = flow.rules.map((pairs) => linkKey(read, pairs));
	return read;
}

function linkKey(read: SideRecord, pairs: readonly CompiledPair[]): string {
	const keys: string[] = [];
	for (const pair of pairs) {
		const raw = locate(read.record, pair.segments[read.side], read.side, pair.compare);
		const reading = readValue(keyText(raw, pair.compare), pair.compare, 'string');
		if (reading.fault !== undefined)
			read.fault ??= { field: pair.label[read.side], text: reading.fault };
		if (reading.key === '') return '';
		keys.push(reading.key);
	}
	return keys.length === 1 ? keys[0] : JSON.stringify(keys);
}

/** A number or a boolean is as good a key as its text; only an address has to be text. */
function keyText(raw: JsonValue | undefined, compare: Comparison): JsonValue | undefined {
	const isPlain = typeof raw === 'number' || typeof raw === 'boolean';
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
