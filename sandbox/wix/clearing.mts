import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Behaviour } from '../control/behaviour.mts';

const isEmptyList = (value: JsonValue) =>
	Array.isArray(value)
		? value.length === 0
		: isJsonObject(value) && Array.isArray(value.items) && value.items.length === 0;

function isIgnored(value: JsonValue, behaviour: Behaviour): boolean {
	if (value === null) return behaviour.clearBy === 'emptyText';
	if (value === '') return behaviour.clearBy === 'null';
	return isEmptyList(value) && !behaviour.emptyListClears;
}

/** What is left of sent values after those that should clear something but do not, as the switches have it. */
export function heeded(sent: JsonObject, behaviour: Behaviour): JsonObject {
	return Object.fromEntries(
		Object.entries(sent).filter(([, value]) => !isIgnored(value, behaviour)),
	);
}
