import type { JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { ApiRequest } from '../control/http.mts';
import { validationError } from './errors.mts';

function append(target: URLSearchParams, name: string, value: JsonValue): void {
	if (Array.isArray(value)) {
		for (const entry of value) append(target, name, entry);
	} else if (isJsonObject(value)) {
		for (const [key, entry] of Object.entries(value)) append(target, `${name}.${key}`, entry);
	} else if (value !== null) {
		target.append(name, String(value));
	}
}

function unpack(packed: string): JsonValue {
	try {
		return JSON.parse(Buffer.from(packed, 'base64').toString('utf8')) as JsonValue;
	} catch {
		throw validationError('.r', 'must be JSON in base64', 'FORMAT');
	}
}

/**
 * Wix's SDK packs the parameters of a GET into one, `.r`: JSON in base64. (Source: `toURLSearchParams` of
 * `@wix/sdk-runtime`.) The answer has them as single parameters, as plain callers send them.
 */
export function withUnpackedQuery(request: ApiRequest): ApiRequest {
	const packed = request.query.get('.r');
	if (packed === null) return request;
	const parameters = unpack(packed);
	if (!isJsonObject(parameters)) throw validationError('.r', 'must hold an object', 'TYPE');
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) append(query, name, value);
	return { ...request, query };
}

/** The same parameters as a body: Query and Search of Contacts v5 also answer to GET, as Wix's SDK calls them. */
export function withPackedBody(request: ApiRequest): ApiRequest {
	const packed = request.query.get('.r');
	return packed === null ? request : { ...request, body: unpack(packed) };
}
