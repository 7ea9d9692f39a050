import type { JsonObject } from '../../shared/contract';
import { isJsonObject } from '../../shared/paths';

/** The object that `record` holds as `key`; an empty one where there is none. */
export function objectAt(record: JsonObject, key: string): JsonObject {
	const part = record[key];
	return isJsonObject(part) ? part : {};
}
