import type { Change, JsonValue, Side, WriteOperation } from '../../shared/contract';
import type { Property } from './compile';
import type { Row } from './rows';

/** One property of a planned write. */
export interface WriteValue {
	property: Property;
	/** What the target was seen to hold (or stands in for it): the writer expects it. */
	expected: JsonValue;
	to: JsonValue;
	/** The key of `to`. */
	toKey: string;
	/** The same write was announced by an earlier run and is sent again. */
	again: boolean;
}

/** A write that the plan means to announce; the guard, the trial and the address rules may still hold it back. */
export interface WriteIntent {
	row: Row;
	side: Side;
	operation: WriteOperation;
	/** '' for a create. */
	recordId: string;
	values: WriteValue[];
	reason: Change['reason'];
	usesDecision: boolean;
	/** A removal that an earlier run announced. */
	again?: boolean;
	defaults?: Change['defaults'];
	allowDuplicates?: boolean;
}

export interface UnlinkIntent {
	row: Row;
	/** The side whose record is gone. */
	side: Side;
}

export interface VerifyIntent {
	row: Row;
	side: Side;
}
