import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { refusal } from './refusal.mts';

const isPrimary = (item: JsonValue): boolean => isJsonObject(item) && item.primary === true;

const distinct = (items: JsonValue[]): JsonValue[] => [
	...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

function settle(name: string, items: JsonValue[], before: readonly JsonValue[]): JsonValue[] {
	if (items.filter(isPrimary).length < 2) return items;
	const isOld = (item: JsonValue) => before.some((other) => isDeepStrictEqual(item, other));
	const fresh = items.filter((item) => isPrimary(item) && !isOld(item));
	if (fresh.length !== 1) throw refusal(400, `Only one of ${name} can be primary.`, 'invalidValue');
	return items.map((item) =>
		isPrimary(item) && isJsonObject(item) && item !== fresh[0] ? { ...item, primary: false } : item,
	);
}

/**
 * What RFC 7643 section 2.4 asks of lists, and scimmy leaves to its host: no value twice, and at most one of them primary. One that a
 * change marks newly takes the flag from the one that had it (RFC 7644 section 3.5.2); two new ones are refused.
 */
export function tidyLists(before: JsonObject | undefined, content: JsonObject): JsonObject {
	const entries = Object.entries(content).map(([name, value]): [string, JsonValue] => {
		if (!Array.isArray(value)) return [name, value];
		const previous = before?.[name];
		return [name, settle(name, distinct(value), Array.isArray(previous) ? previous : [])];
	});
	return Object.fromEntries(entries);
}
