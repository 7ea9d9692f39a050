import type { ApiRequest } from '../control/http.mts';
import { hubError } from './errors.mts';

export const mePath = '/hub/api/rest/users/me';

export function tokenOf(request: ApiRequest): string {
	return /^Bearer\s+(.*)$/i.exec(request.header('authorization') ?? '')?.[1]?.trim() ?? '';
}

/** Any token will do, but `invalid` (401) and `forbidden` (403); without one only `/users/me` answers, as the guest. */
export function authorize(request: ApiRequest): void {
	const token = tokenOf(request);
	if (token === 'invalid' || (token === '' && request.path !== mePath)) {
		throw hubError(401, 'invalid_token', 'The token is missing, expired or not valid.');
	}
	if (token === 'forbidden') {
		throw hubError(403, 'Forbidden', 'You do not have permissions to read or update users.');
	}
}
