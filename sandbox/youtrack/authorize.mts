import type { Behaviour } from '../control/behaviour.mts';
import type { ApiRequest } from '../control/http.mts';
import { hubError } from './errors.mts';

export const mePath = '/hub/api/rest/users/me';

export function tokenOf(request: ApiRequest): string {
	return /^Bearer\s+(.*)$/i.exec(request.header('authorization') ?? '')?.[1]?.trim() ?? '';
}

/** Whether a call is made as the guest; where visitors may look in, one with a token that is not valid, too. */
export function isGuest(request: ApiRequest, { anonymousAccess }: Behaviour): boolean {
	const token = tokenOf(request);
	return token === '' || (anonymousAccess && token === 'invalid');
}

/**
 * Any token will do, but `invalid` (401) and `forbidden` (403). Without one only `/users/me` answers, as the guest; where
 * visitors may look in, the guest reads everything and writes nothing.
 */
export function authorize(request: ApiRequest, behaviour: Behaviour): void {
	const token = tokenOf(request);
	const forbidden = (what: string) =>
		hubError(403, 'Forbidden', `You do not have permissions to ${what} users.`);
	if (token === 'forbidden') throw forbidden('read or update');
	if (behaviour.anonymousAccess && isGuest(request, behaviour)) {
		if (request.method === 'GET') return;
		throw forbidden('update');
	}
	if (token === 'invalid' || (token === '' && request.path !== mePath)) {
		throw hubError(401, 'invalid_token', 'The token is missing, expired or not valid.');
	}
}
