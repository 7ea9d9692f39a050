import type { Answer, ApiRequest } from '../control/http.mts';
import { scimAnswer } from './errors.mts';

/** Any bearer token will do, but `invalid` (401) and `forbidden` (403); undefined for one that does. */
export function refusalOf(request: ApiRequest): Answer | undefined {
	const token = /^Bearer\s+(.*)$/i.exec(request.header('authorization') ?? '')?.[1]?.trim() ?? '';
	if (token === '' || token === 'invalid') {
		return scimAnswer(401, 'The bearer token is missing, expired or not valid.');
	}
	if (token === 'forbidden') return scimAnswer(403, 'This token may not read or write users.');
	return undefined;
}
