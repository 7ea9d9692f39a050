import type { ApiFailure, Attempt } from '../apiTypes';
import type { Comparison, JsonObject, JsonValue, Side } from '../contract';
import type { BulkWriter } from './BulkWriter';

/**
 * What a system means by refusing a write.
 * changed: the record was edited since it was read. taken: another record holds the value. refused: for good. later: may
 * pass. badValue: the value itself. gone: no such record. unclear: it may have been carried out. failed: all else.
 */
export interface Refusal {
	kind: 'changed' | 'taken' | 'refused' | 'later' | 'badValue' | 'gone' | 'unclear' | 'failed';
	code: string;
	otherIds: string[];
}

export interface WriteOptions {
	allowDuplicates?: boolean | undefined;
}

/** One system's records as Apply Changes needs them. Paths are those of the system's own records. */
export interface RecordStore {
	readonly side: Side;
	/** As people call one record, for messages: "contact". */
	readonly noun: string;
	readonly comparisonOf: (path: string) => Comparison;
	/** Why `path` cannot be written, in words; undefined when it can. */
	readonly faultOfPath: (path: string) => string | undefined;
	readonly valueOf: (record: JsonObject, path: string) => JsonValue;
	/** A value that was accepted but awaits confirmation; null where the system knows no such thing. */
	readonly parkedValueOf: (record: JsonObject, path: string) => JsonValue;
	/** undefined when the system itself says that there is no such record. A merged record comes back with another id. */
	read(id: string): Promise<Attempt<JsonObject | undefined>>;
	/** `record` has just been read. The answer is undefined when the system shows nothing. */
	write(
		record: JsonObject,
		set: JsonObject,
		options: WriteOptions,
	): Promise<Attempt<JsonObject | undefined>>;
	/** The id of the new record; undefined when the system does not tell. */
	create(
		set: JsonObject,
		defaults: JsonObject,
		options: WriteOptions,
	): Promise<Attempt<string | undefined>>;
	/** Ids of all records that hold `address` in any place. */
	holdersOf(address: string): Promise<Attempt<string[]>>;
	/** Why records cannot be removed, in words; undefined when they can. */
	readonly faultOfRemoval: (operation: 'delete' | 'deactivate') => string | undefined;
	isDeactivated(record: JsonObject): boolean;
	remove(id: string, operation: 'delete' | 'deactivate'): Promise<Attempt<undefined>>;
	refusalOf(failure: ApiFailure): Refusal;
	/** What happened and what to do, for a person; without any value, and the same from run to run. */
	explain(failure: ApiFailure): string;
	/** A write may take several calls: from now on none of these begins at `deadline` or later; milliseconds since 1970. */
	writeUntil?(deadline: number): void;
	/** Where the system takes many writes in one call and these may be used. */
	readonly bulk?: BulkWriter;
}
