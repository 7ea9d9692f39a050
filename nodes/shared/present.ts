import type { JsonObject, JsonValue } from './contract';

/** `values` without those that are undefined: JSON knows a key that is absent, and none that holds nothing. */
export function present(values: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
	const kept: JsonObject = {};
	for (const [name, value] of Object.entries(values)) {
		if (value !== undefined) kept[name] = value;
	}
	return kept;
}
