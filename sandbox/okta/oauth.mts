import { sandboxClock } from '../control/clock.mts';
import { isJsonObject } from '../../nodes/shared/paths';
import { ApiError, ok, type Answer, type ApiRequest } from '../control/http.mts';
import { seededOktaIds } from './ids.mts';

const lifetimeSeconds = 3600;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export const tokenPaths = ['/oauth2/v1/token', '/oauth2/default/v1/token'];

/** An access token that was issued here. */
export interface Grant {
	scopes: string[];
	expiresAt: number;
}

const oauthError = (status: number, error: string, description: string) =>
	new ApiError({ status, body: { error, error_description: description } });

const invalidClient = (description: string) => oauthError(401, 'invalid_client', description);

function clientOfBasic(header: string): string | undefined {
	const encoded = /^Basic\s+(\S+)$/i.exec(header)?.[1];
	if (!encoded) return undefined;
	const [id] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	return id;
}

/** The client that a JWT speaks for; its signature is not looked at, only its form. */
function clientOfAssertion(assertion: string): string {
	const [header, payload, signature, ...more] = assertion.split('.');
	if (!header || !payload || !signature || more.length > 0) {
		throw invalidClient('The client_assertion is no JWT.');
	}
	try {
		const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
		if (isJsonObject(claims) && typeof claims.sub === 'string' && claims.sub === claims.iss) {
			return claims.sub;
		}
	} catch {
		// Falls through to the refusal: the claims cannot be read.
	}
	throw invalidClient('The client_assertion must have the client as its "iss" and "sub".');
}

function clientOf(form: Record<string, unknown>, authorization: string): string {
	const { client_id, client_secret, client_assertion, client_assertion_type } = form;
	if (typeof client_assertion === 'string') {
		if (client_assertion_type !== assertionType) {
			throw invalidClient(`The client_assertion_type must be ${assertionType}.`);
		}
		return clientOfAssertion(client_assertion);
	}
	const basic = clientOfBasic(authorization);
	if (basic) return basic;
	if (typeof client_id === 'string' && client_id !== '' && client_secret) return client_id;
	throw invalidClient('Client authentication failed. No client credentials were sent.');
}

function scopesOf(text: unknown): string[] {
	const scopes = typeof text === 'string' ? text.split(/\s+/).filter(Boolean) : [];
	if (scopes.length === 0) throw oauthError(400, 'invalid_scope', 'No scope was asked for.');
	const unknown = scopes.find((scope) => !/^okta(\.\w+)+$/.test(scope));
	if (unknown === undefined) return scopes;
	throw oauthError(400, 'invalid_scope', 'One or more scopes are not configured for the server.');
}

/** OAuth 2.0 client credentials: issues access tokens and remembers their scopes and end. */
export class TokenIssuer {
	private readonly grants = new Map<string, Grant>();
	private readonly mintId: (prefix: string) => string;

	constructor(seed: number) {
		this.mintId = seededOktaIds(seed);
	}

	/** Undefined for a token that was not issued here. */
	grantOf(token: string): Grant | undefined {
		return this.grants.get(token);
	}

	/** `POST /oauth2/v1/token`: a client that proves itself by Basic, in the form or by a JWT gets a token for an hour. */
	answer(request: ApiRequest): Answer {
		const form = isJsonObject(request.body) ? request.body : {};
		if (form.grant_type !== 'client_credentials') {
			throw oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.');
		}
		const client = clientOf(form, request.header('authorization') ?? '');
		if (client === 'invalid') throw invalidClient('The client is not known.');
		const scopes = scopesOf(form.scope);
		const token = this.mintId('ott') + this.mintId('');
		this.grants.set(token, { scopes, expiresAt: sandboxClock.now() + lifetimeSeconds * 1000 });
		return ok({
			token_type: 'Bearer',
			expires_in: lifetimeSeconds,
			access_token: token,
			scope: scopes.join(' '),
		});
	}
}
