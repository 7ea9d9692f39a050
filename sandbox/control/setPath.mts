import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject, parsePath } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';

function withValue(
	container: JsonValue | undefined,
	[segment = '', ...rest]: readonly string[],
	value: JsonValue,
): JsonValue {
	const index = /^\[?(\d+)\]?$/.exec(segment)?.[1];
	if (Array.isArray(container) && index !== undefined) {
		const copy = [...container];
		copy[Number(index)] = rest.length === 0 ? value : withValue(copy[Number(index)], rest, value);
		return copy;
	}
	const copy: JsonObject = isJsonObject(container) ? { ...container } : {};
	if (rest.length > 0) copy[segment] = withValue(copy[segment], rest, value);
	else if (value === null) delete copy[segment];
	else copy[segment] = value;
	return copy;
}

/** A copy of `record` with `value` at `path` (`a.b`, `items[0].c`); null takes the value away. */
export function setPath<T extends JsonObject>(record: T, path: string, value: JsonValue): T {
	const segments = parsePath(path);
	if (!segments) throw new ControlError(400, `"${path}" is no path.`);
	return withValue(record, segments, value) as T;
}
