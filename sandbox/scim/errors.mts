import type { JsonObject } from '../../nodes/shared/contract/index';
import { ApiError, type Answer } from '../control/http.mts';
import { errorSchema } from './types.mts';

/** The envelope of RFC 7644 section 3.12; `status` in it is a text. */
export function scimAnswer(status: number, detail: string, scimType?: string): Answer {
	const body: JsonObject = {
		schemas: [errorSchema],
		status: String(status),
		...(scimType ? { scimType } : {}),
		detail,
	};
	return { status, body };
}

export const scimError = (status: number, detail: string, scimType?: string): ApiError =>
	new ApiError(scimAnswer(status, detail, scimType));
