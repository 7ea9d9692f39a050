import type { Change, JsonObject } from '../contract';
import { comparisonKey } from '../normalize';
import type { RecordStore } from './RecordStore';

/** What identifies a person, and so may be refused when another record has it. */
const identifying = new Set(['email', 'phone']);

/** Marks of what one change takes or gives up, with which no other change may be sent at the same time. */
export function marksOf(
	change: Change,
	store: RecordStore,
	record: JsonObject | undefined,
): string[] {
	const marks = change.recordId === undefined ? [] : [recordMark(change.recordId)];
	for (const [path, value] of Object.entries(change.set)) {
		const compare = store.comparisonOf(path);
		if (!identifying.has(compare)) continue;
		const found = record === undefined ? change.expected[path] : store.valueOf(record, path);
		for (const one of [value, found]) {
			const key = comparisonKey(one, compare);
			if (key !== '') marks.push(`${compare} ${key}`);
		}
	}
	return marks;
}

export const recordMark = (id: string) => `record ${id}`;

/**
 * The marks of the changes before. The order of two changes matters only where they share one: a record, an address that
 * one gives up and the other takes, the holder of an address that the other wants.
 */
export class Claims {
	private readonly marks = new Set<string>();

	/** Whether none of `marks` was claimed before; they are from now on. */
	claim(marks: readonly string[]): boolean {
		const isFree = marks.every((mark) => !this.marks.has(mark));
		for (const mark of marks) this.marks.add(mark);
		return isFree;
	}
}
