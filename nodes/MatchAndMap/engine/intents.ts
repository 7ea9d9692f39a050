import type {
	JsonObject,
	JsonValue,
	Pending,
	Side,
	WriteOperation,
	WriteReason,
} from '../../shared/contract';
import type { Property } from './rules';
import type { Row } from './rows';

/** One property of a planned write. */
export interface WriteValue {
	property: Property;
	/** What the target was seen to hold (or stands in for it): the writer expects it. */
	expected: JsonValue;
	to: JsonValue;
	/** The key of `to`. */
	toKey: string;
	reason: WriteReason;
	/** When an earlier run announced the very same write. */
	announcedAt?: string;
}

/** A write that the plan means to announce; the guard, the trial and the address rules may still hold it back. */
export interface WriteIntent {
	row: Row;
	side: Side;
	operation: WriteOperation;
	/** '' for a create. */
	recordId: string;
	values: WriteValue[];
	defaults?: JsonObject;
	allowDuplicates?: boolean;
	/** The row whose write has to be done first. */
	after?: Row;
	/** Steps that a row holds already were weighed by the guard when they got there. */
	isKnown: boolean;
}

/** A row that loses a record that is gone. */
export interface UnlinkIntent {
	row: Row;
	/** The side whose record is gone. */
	side: Side;
	/** undefined: both are gone, and there is nothing to ask. */
	survivorId: string | undefined;
}

export interface VerifyIntent {
	row: Row;
	side: Side;
}

/** One step of the plan as the report tells it: what is written on one record, old to new. */
export interface PlannedStep {
	side: Side;
	operation: Pending['operation'];
	/** '' for a create. */
	recordId: string;
	row: Row;
	values: ReadonlyArray<{ property: string; field: string; from: JsonValue; to: JsonValue }>;
	reason: WriteReason;
}

/** Why a write is made: a value that only goes back to what the rule says is the least of its reasons. */
export const reasonOf = ({ values }: Pick<WriteIntent, 'values'>): WriteReason =>
	values.find(({ reason }) => reason !== 'putBack')?.reason ?? 'putBack';
