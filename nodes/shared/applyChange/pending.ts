import { readPending } from './readChange';
import type { Change, Comparison, JsonValue, Link, Pending } from '../contract';
import { comparisonKey } from '../normalize';

/**
 * The pending property that the key `path` of `change.set` stands for. On the Wix side they are the same. On the users'
 * side the key is a user path and the property a Wix path: the entry that announces this value tells, or the only one.
 */
function propertyOf(
	change: Change,
	path: string,
	entries: Pending[],
	compare: Comparison,
): string | undefined {
	const own = entries.filter((entry) => entry.side === change.side);
	if (own.some((entry) => entry.property === path)) return path;
	const wanted = comparisonKey(change.set[path], compare);
	const announcing = own.filter(
		(entry) => entry.operation === change.operation && comparisonKey(entry.to, compare) === wanted,
	);
	const properties = new Set(announcing.map((entry) => entry.property));
	if (properties.size === 1) return [...properties][0];
	const all = new Set(own.map((entry) => entry.property));
	return all.size === 1 && Object.keys(change.set).length === 1 ? [...all][0] : undefined;
}

const pendingOf = ({ link }: Change): Pending[] => readPending(link) ?? [];

/** Every value that we ourselves replaced or wrote there before: finding one of them is no edit by a person. */
export function ourValues(change: Change, path: string, compare: Comparison): JsonValue[] {
	const entries = pendingOf(change);
	const property = propertyOf(change, path, entries, compare);
	return entries
		.filter((entry) => entry.side === change.side && entry.property === property)
		.flatMap((entry) => [entry.from, entry.to]);
}

/**
 * The row with the outcome noted on the entries that announced `paths` of this change (for a create: all that announced
 * it). Superseded entries stay as they are.
 */
export function withOutcome(
	change: Change,
	paths: readonly string[],
	comparisonOf: (path: string) => Comparison,
	outcome: Pending['outcome'],
	code?: string,
): Link {
	const entries = pendingOf(change);
	const noted = new Set<number>();
	const announces = (entry: Pending) =>
		entry.side === change.side && entry.operation === change.operation;
	if (change.operation !== 'update') {
		entries.forEach((entry, index) => announces(entry) && noted.add(index));
	}
	for (const path of change.operation === 'update' ? paths : []) {
		const property = propertyOf(change, path, entries, comparisonOf(path));
		const compare = comparisonOf(path);
		const wanted = comparisonKey(change.set[path], compare);
		const own = entries.map((entry) => announces(entry) && entry.property === property);
		const ofValue = entries.map(
			(entry, index) => own[index] && comparisonKey(entry.to, compare) === wanted,
		);
		// A write that is sent again is not always the last that was tried
		const last = ofValue.includes(true) ? ofValue.lastIndexOf(true) : own.lastIndexOf(true);
		if (last >= 0) noted.add(last);
	}
	const next = entries.map((entry, index) => {
		if (!noted.has(index)) return entry;
		const changed: Pending = { ...entry, outcome };
		if (code === undefined) delete changed.code;
		else changed.code = code;
		return changed;
	});
	return { ...change.link, pending: next.length === 0 ? '' : JSON.stringify(next) };
}
