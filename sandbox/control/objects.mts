import type { JsonObject } from '../../nodes/shared/contract/index';

/** A copy of `record` without these keys. */
export function omit(record: JsonObject, ...keys: string[]): JsonObject {
	return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
