import type { Comparison, JsonObject, JsonValue, Side } from '../../shared/contracts';
import { valuesAt } from '../../shared/paths';
import type { CompiledFlow, CompiledPair } from './compile';
import { locate, readValue, type Reading } from './readings';
import { unranked } from './tally';

/** One record of a side, read once. */
export interface SideRecord {
	side: Side;
	id: string;
	record: JsonObject;
	/** One reading per property, in the order of `CompiledFlow.properties`. */
	readings: Reading[];
	/** One key per link rule that is none of the properties; ask `linkKeyOf`. */
	otherKeys: string[] | undefined;
	/** Why the record cannot link: the field, and what is wrong with it. */
	fault: { field: string; text: string } | undefined;
	/** Place of what came of it among the outcomes; see `Tally`. */
	rank: number;
	/** Stands in a linked row: no candidate, and counted with its row. */
	isLinked: boolean;
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
	const readings = flow.properties.map(({ segments, compare, type }) =>
		readValue(locate(record, segments[side], side, compare), compare, type),
	);
	const read: SideRecord = {
		side,
		id,
		record,
		readings,
		otherKeys: undefined,
		fault: undefined,
		rank: unranked,
		isLinked: false,
	};
	for (let index = 0; index < readings.length; index++) {
		const { fault } = readings[index];
		if (fault !== undefined)
			read.fault ??= { field: flow.properties[index].keyOn[side], text: fault };
	}
	if (flow.rules.some((rule) => rule.sameAs === undefined)) {
		read.otherKeys = flow.rules.map((rule) =>
			rule.sameAs === undefined ? linkKey(read, rule.pairs) : '',
		);
	}
	return read;
}

/** The key that a link rule gives a record, '' for none. */
export function linkKeyOf(flow: CompiledFlow, read: SideRecord, rule: number): string {
	const { sameAs } = flow.rules[rule];
	return sameAs === undefined ? (read.otherKeys?.[rule] ?? '') : read.readings[sameAs].key;
}

function linkKey(read: SideRecord, pairs: readonly CompiledPair[]): string {
	const keys: string[] = [];
	for (const pair of pairs) {
		const raw = locate(read.record, pair.segments[read.side], read.side, pair.compare);
		const { key, fault } = readValue(keyText(raw, pair.compare), pair.compare, 'string');
		if (fault !== undefined) read.fault ??= { field: pair.label[read.side], text: fault };
		if (key === '') return '';
		keys.push(key);
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
