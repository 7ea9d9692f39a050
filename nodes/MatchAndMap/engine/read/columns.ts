import type { JsonValue, Side } from '../../../shared/contract';
import type { Reading } from './readings';

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
