import type { Change, JsonObject } from '../contract';
import { addressFault, comparisonKey, isBlank } from '../normalize';
import { ourValues } from './pending';
import type { RecordStore } from './RecordStore';

export interface Judgement {
	/** shown: the record holds all of it. due: it may be written. stale: somebody edited it in between. */
	verdict: 'shown' | 'due' | 'stale';
	/** Paths whose value the record does not show yet. */
	notShown: string[];
	/** Paths whose new value is accepted already but awaits confirmation. */
	parked: string[];
}

/** Compares what was found with what the plan expected and wants, property by property, each by its own comparison. */
export function judge(change: Change, store: RecordStore, record: JsonObject): Judgement {
	const notShown: string[] = [];
	const parked: string[] = [];
	let isStale = false;
	for (const path of Object.keys(change.set)) {
		const compare = store.comparisonOf(path);
		const keyOf = (value: JsonObject[string] | undefined) => comparisonKey(value, compare);
		const found = keyOf(store.valueOf(record, path));
		const wanted = keyOf(change.set[path]);
		if (found === wanted) continue;
		notShown.push(path);
		if (keyOf(store.parkedValueOf(record, path)) === wanted) parked.push(path);
		const known = [change.expected[path], ...ourValues(change, path, compare)].map(keyOf);
		if (!known.includes(found)) isStale = true;
	}
	const verdict = notShown.length === 0 ? 'shown' : isStale ? 'stale' : 'due';
	return { verdict, notShown, parked };
}

/** What was expected before a removal still holds. */
export function holdsExpected(change: Change, store: RecordStore, record: JsonObject): boolean {
	return Object.entries(change.expected).every(([path, expected]) => {
		const compare = store.comparisonOf(path);
		const found = comparisonKey(store.valueOf(record, path), compare);
		const known = [expected, ...ourValues(change, path, compare)];
		return known.some((value) => comparisonKey(value, compare) === found);
	});
}

/** The first value of `change.set` that no system could take, with the reason in words; undefined when all can be sent. */
export function faultOfValues(
	change: Change,
	store: RecordStore,
): { path: string; why: string } | undefined {
	for (const [path, value] of Object.entries(change.set)) {
		const pathFault = store.faultOfPath(path);
		if (pathFault !== undefined) return { path, why: `cannot be written: ${pathFault}` };
		if (isBlank(value)) return { path, why: 'is empty, and an empty value never replaces one' };
		if (typeof value === 'object') return { path, why: 'is a list or an object' };
		const fault = store.comparisonOf(path) === 'email' ? addressFault(value) : undefined;
		if (fault !== undefined) return { path, why: fault };
	}
	return undefined;
}
