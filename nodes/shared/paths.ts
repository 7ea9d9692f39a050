import type { JsonObject, JsonValue } from './contracts';

const forbiddenSegments = new Set(['__proto__', 'prototype', 'constructor']);

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Splits a data path into its segments: `info.emails.items[0].email`, or `info.emails.items[].email` where `[]` stands
 * for each item of a list. Returns undefined for a path that is empty, malformed, or could reach an object's prototype.
 */
export function parsePath(path: string): string[] | undefined {
	const dotted = path.replace(/\[(\d*)\]/g, '.[$1]');
	if (dotted.trim() === '' || /[[\]]/.test(dotted.replace(/\.\[\d*\]/g, ''))) return undefined;
	const segments = dotted.split('.');
	const bad = (segment: string) => segment.trim() === '' || forbiddenSegments.has(segment.trim());
	return segments.some(bad) ? undefined : segments;
}

function ownValue(container: JsonValue | undefined, segment: string): JsonValue | undefined {
	const index = /^\[(\d+)\]$/.exec(segment);
	if (Array.isArray(container)) {
		const position = index?.[1] ?? (/^\d+$/.test(segment) ? segment : undefined);
		return position === undefined ? undefined : container[Number(position)];
	}
	if (!isJsonObject(container)) return undefined;
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
