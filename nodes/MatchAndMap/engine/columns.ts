import type { JsonValue, Side } from '../../shared/contracts';
import type { Reading } from './readings';

/** One that is there: `property` is one of the flow's, and places are filled in order. Walks over all records ask for it. */
const entry = <T>(list: readonly T[], index: number): T => list[index] as T;

/**
 * What the records of one side hold, a column per property; a record is a place in it. Columns keep many records small,
 * and what one walk over all of them looks at together.
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
		entry(this.keyColumns, property).push(key);
		entry(this.valueColumns, property).push(value);
		if (fault === undefined) return;
		const faults = this.faults.get(place) ?? [];
		faults[property] = fault;
		this.faults.set(place, faults);
	}

	key(place: number, property: number): string {
		return entry(entry(this.keyColumns, property), place);
	}

	value(place: number, property: number): JsonValue {
		return entry(entry(this.valueColumns, property), place);
	}

	fault(place: number, property: number): string | undefined {
		return this.faults.size === 0 ? undefined : this.faults.get(place)?.[property];
	}
}
