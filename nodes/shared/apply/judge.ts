import type { JsonObject, JsonValue, Pending } from '../contract';
import { addressFault, comparisonKey, isBlank } from '../normalize';
import type { RecordStore } from './RecordStore';
import type { RowTask } from './task';

/** What a record says about one announced value. */
export interface Seen {
	entry: Pending;
	found: JsonValue;
	isShown: boolean;
	/** Not shown, but accepted already: it awaits confirmation. */
	isParked: boolean;
	/** What is found instead is what was expected, or a value of ours. */
	isKnown: boolean;
}

/** What is to be done about a record: nothing, wait, leave it to a person's edit, write. */
export type Verdict = 'shown' | 'parked' | 'stale' | 'due';

/** Compares what was found with what the row expected and wants, value by value, each by its own comparison. */
export function look(task: RowTask, store: RecordStore, record: JsonObject): Seen[] {
	return task.entries.map((entry) => {
		const { field, to } = entry;
		const found = store.valueOf(record, field);
		const isWanted = sameAt(field, store, to);
		const known = ourValues(task, ({ property }) => property === entry.property);
		return {
			entry,
			found,
			isShown: isWanted(found),
			isParked: isWanted(store.parkedValueOf(record, field)),
			isKnown: known.some(sameAt(field, store, found)),
		};
	});
}

export function verdictOf(seen: readonly Seen[]): Verdict {
	const missing = seen.filter(({ isShown }) => !isShown);
	if (missing.length === 0) return 'shown';
	if (missing.every(({ isParked }) => isParked)) return 'parked';
	return missing.every(({ isKnown }) => isKnown) ? 'due' : 'stale';
}

/** Whether a value is the same as `value`, by the comparison of `path`. */
function sameAt(path: string, store: RecordStore, value: JsonValue | undefined) {
	const compare = store.comparisonOf(path);
	const key = comparisonKey(value, compare);
	return (other: JsonValue | undefined) => comparisonKey(other, compare) === key;
}

/** Every value that we ourselves replaced or wrote in such entries: finding one of them is no edit by a person. */
const ourValues = ({ known }: RowTask, isMeant: (entry: Pending) => boolean): JsonValue[] =>
	known.filter(isMeant).flatMap(({ from, to }) => [from, to]);

/** What was expected before a removal still holds. */
export function holdsExpected(task: RowTask, store: RecordStore, record: JsonObject): boolean {
	return Object.entries(task.expected).every(([path, expected]) =>
		[expected, ...ourValues(task, ({ field }) => field === path)].some(
			sameAt(path, store, store.valueOf(record, path)),
		),
	);
}

/** The first value that no system could take, with the reason in words; undefined when all can be sent. */
export function faultOfValues(
	{ entries }: RowTask,
	store: RecordStore,
): { entry: Pending; why: string } | undefined {
	for (const entry of entries) {
		const { field, to } = entry;
		const pathFault = store.faultOfPath(field);
		if (pathFault !== undefined) return { entry, why: `cannot be written: ${pathFault}` };
		if (isBlank(to)) return { entry, why: 'is empty, and an empty value never replaces one' };
		const fault = store.comparisonOf(field) === 'email' ? addressFault(to) : undefined;
		if (fault !== undefined) return { entry, why: fault };
	}
	return undefined;
}
