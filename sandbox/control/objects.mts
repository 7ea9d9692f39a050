import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';

/** A copy of `record` without these keys. */
export function omit(record: JsonObject, ...keys: string[]): JsonObject {
	return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** The entries that have a value: what is undefined does not exist in JSON. */
export function defined(entries: Record<string, JsonValue | undefined>): JsonObject {
	return Object.fromEntries(
		Object.entries(entries).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
	);
}
