import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { ApiRequest } from '../control/http.mts';

/** The body of a call; {} where it is no object. */
export const bodyOf = (request: ApiRequest): JsonObject =>
	isJsonObject(request.body) ? request.body : {};
