import { sandboxClock } from '../control/clock.mts';
import type { ApiRequest } from '../control/http.mts';
import { oktaError } from './errors.mts';
import { tokenPaths, type TokenIssuer } from './oauth.mts';

const readScopes = ['okta.users.read', 'okta.users.manage'];
const writeScopes = ['okta.users.manage'];
/** The last two are what a client sends that took an error of the token endpoint for a token. */
const wrongTokens = ['invalid', 'undefined', 'null'];

/** The token of `SSWS <token>` or `Bearer <token>`, `''` where there is none. */
export function tokenOf(request: ApiRequest): string {
	const header = request.header('authorization') ?? '';
	return /^(?:SSWS|Bearer)\s+(.*)$/i.exec(header)?.[1]?.trim() ?? '';
}

const forbidden = () =>
	oktaError(403, 'E0000006', 'You do not have permission to perform the requested action');

/**
 * Any token will do, but `invalid` (401), `forbidden` (403) and one that was issued here and has ended (401) or lacks the
 * scope (403). The token endpoint needs none.
 */
export function authorize(issuer: TokenIssuer, request: ApiRequest): void {
	if (tokenPaths.includes(request.path)) return;
	const token = tokenOf(request);
	if (token === '') throw oktaError(401, 'E0000004', 'Authentication failed');
	if (wrongTokens.includes(token)) throw oktaError(401, 'E0000011', 'Invalid token provided');
	if (token === 'forbidden') throw forbidden();
	const grant = issuer.grantOf(token);
	if (!grant) return;
	if (sandboxClock.now() >= grant.expiresAt) {
		throw oktaError(401, 'E0000011', 'Invalid token provided');
	}
	const needed = request.method === 'GET' ? readScopes : writeScopes;
	if (!grant.scopes.some((scope) => needed.includes(scope))) throw forbidden();
}
