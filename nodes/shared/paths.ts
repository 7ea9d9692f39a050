import type { JsonObject, JsonValue } from './contract/types';

const forbiddenSegments = new Set(['__proto__', 'prototype', 'constructor']);

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const primarySegment = '[primary]';

/** One step of a path: a name after a dot or at the start, `[0]`, `[]`, `[primary]`, or a name in quotes and brackets. */
const step =
	/(?:^|\.)([^.[\]]+)|(\[(?:\d*|primary)\])|\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\]/y;

/**
 * Splits a data path into its segments: `info.emails.items[0].email`, `info.emails.items[].email` where `[]` stands for
 * each item of a list, `info.phones.items[primary].phone` for the item whose `primary` is true, and `a['b.c']` for a name
 * with dots, as n8n writes it when a field is dragged. Returns undefined for a path that is empty, malformed, or could
 * reach an object's prototype.
 */
export function parsePath(path: string): string[] | undefined {
	if (path.startsWith('.')) return undefined;
	const segments: string[] = [];
	step.lastIndex = 0;
	while (step.lastIndex < path.length) {
		const found = step.exec(path);
		if (found === null) return undefined;
		const [whole, name, selector] = found;
		const isListItem = selector !== undefined;
		const segment = name ?? selector ?? whole.slice(2, -2).replace(/\\(.)/g, '$1');
		const misplaced = isListItem ? segments.length === 0 : segment.startsWith('[');
		if (misplaced || segment.trim() === '' || forbiddenSegments.has(segment.trim()))
			return undefined;
		segments.push(segment);
	}
	return segments.length === 0 ? undefined : segments;
}

function primaryOf(items: readonly JsonValue[]): JsonValue | undefined {
	return items.find((item) => isJsonObject(item) && ownValue(item, 'primary') === true);
}

function ownValue(container: JsonValue | undefined, segment: string): JsonValue | undefined {
	if (typeof container !== 'object' || container === null) return undefined;
	const index = segment.startsWith('[') ? /^\[(\d+)\]$/.exec(segment) : null;
	if (Array.isArray(container)) {
		if (segment === primarySegment) return primaryOf(container);
		const position = index?.[1] ?? (/^\d+$/.test(segment) ? segment : undefined);
		return position === undefined ? undefined : container[Number(position)];
	}
	const key = index?.[1] ?? segment;
	return Object.prototype.hasOwnProperty.call(container, key) ? container[key] : undefined;
}

/** The value at parsed `segments`, own properties only; undefined where any part is missing. */
export function valueAt(record: JsonObject, segments: readonly string[]): JsonValue | undefined {
	let value: JsonValue | undefined = record;
	for (const segment of segments) {
		if (value === undefined) return undefined;
		value = ownValue(value, segment);
	}
	return value;
}

/** Every value that `segments` reaches; a `[]` segment fans out over a list. */
export function valuesAt(record: JsonObject, segments: readonly string[]): JsonValue[] {
	let values: JsonValue[] = [record];
	for (const segment of segments) {
		const next: JsonValue[] = [];
		for (const value of values) {
			if (segment === '[]') {
				if (Array.isArray(value)) for (const item of value) next.push(item);
				continue;
			}
			const found = ownValue(value, segment);
			if (found !== undefined) next.push(found);
		}
		values = next;
	}
	return values;
}
