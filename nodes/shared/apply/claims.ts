import type { JsonObject } from '../contract';
import { comparisonKey } from '../normalize';
import type { RecordStore } from './RecordStore';
import type { RowTask } from './task';

/** What identifies a person, and so may be refused when another record has it. */
const identifying = new Set(['email', 'phone']);

/** Marks of what one task takes or gives up, with which no other task may be sent at the same time. */
export function marksOf(
	task: RowTask,
	store: RecordStore,
	record: JsonObject | undefined,
): string[] {
	const marks = task.recordId === '' ? [] : [recordMark(task.recordId)];
	for (const { field, from, to } of task.entries) {
		const compare = store.comparisonOf(field);
		if (!identifying.has(compare)) continue;
		const found = record === undefined ? from : store.valueOf(record, field);
		for (const one of [to, found]) {
			const key = comparisonKey(one, compare);
			if (key !== '') marks.push(`${compare} ${key}`);
		}
	}
	return marks;
}

export const recordMark = (id: string) => `record ${id}`;

/**
 * The marks of the tasks before. The order of two tasks matters only where they share one: a record, an address that one
 * gives up and the other takes, the holder of an address that the other wants.
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
