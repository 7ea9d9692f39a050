import type { Attempt } from '../apiTypes';
import type { JsonObject } from '../contract';

/** One record as it was read, and what it is to hold. */
export interface BulkWrite {
	record: JsonObject;
	set: JsonObject;
}

export interface BulkCreate {
	set: JsonObject;
	defaults: JsonObject;
}

/**
 * What became of one part of a bulk call. done: `record` is what is stored now, where the system shows it. refused: it was
 * certainly not carried out. unclear: it may have been.
 */
export type BulkOutcome =
	| { outcome: 'done'; id?: string | undefined; record?: JsonObject }
	| { outcome: 'refused' | 'unclear' };

/**
 * What a system can do to many records with one call, for a RecordStore that has it. Reads are queries here: they may lag,
 * so a record that is missing or differs proves nothing. A write needs no proof, because it is refused for a record that
 * was changed since.
 */
export interface BulkWriter {
	/** Changes that are looked at together. */
	readonly mostLookedAt: number;
	/** Parts of one writing call. */
	readonly mostWritten: number;
	/** Records by id. */
	read(ids: readonly string[]): Promise<Attempt<Map<string, JsonObject>>>;
	/** By the comparison key of each address: the ids of all records that hold it in any place. */
	holdersOf(addresses: readonly string[]): Promise<Attempt<Map<string, string[]>>>;
	/** Whether `write` would do exactly what the single write does. */
	canWrite(record: JsonObject, set: JsonObject): boolean;
	/** One outcome for each part, in the order of the parts. Refuses a value that another record has, as a single write does. */
	write(parts: readonly BulkWrite[]): Promise<Attempt<BulkOutcome[]>>;
	canCreate(set: JsonObject, defaults: JsonObject): boolean;
	/** As `write`; refuses an address that another record has as its main one. */
	create(parts: readonly BulkCreate[]): Promise<Attempt<BulkOutcome[]>>;
}
