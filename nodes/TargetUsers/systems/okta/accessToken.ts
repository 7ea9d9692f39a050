import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { timeLimit } from '../../../shared/Api';
import { faultOfUrl } from '../../../shared/baseUrl';
import { isJsonObject } from '../../../shared/paths';
import { oktaTokenUrl } from './base';
import { clientAssertion } from './clientAssertion';

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Answers that say nothing of the client: the call fails, and is made again later. */
const temporary = [408, 429, 500, 502, 503, 504];

type Proof = { form: Record<string, string>; headers: Record<string, string> };

/** How the app proves itself; undefined where its private key is none. */
async function proofOf(
	data: ICredentialDataDecryptedObject,
	tokenUrl: string,
): Promise<Proof | undefined> {
	const text = (name: string) => String(data[name] ?? '').trim();
	const clientId = text('clientId');
	if (data.clientAuthentication === 'secret') {
		const pair = [clientId, text('clientSecret')].map(encodeURIComponent).join(':');
		return { form: {}, headers: { Authorization: `Basic ${btoa(pair)}` } };
	}
	try {
		const assertion = await clientAssertion(clientId, tokenUrl, text('privateKey'), text('keyId'));
		const form = { client_assertion_type: jwtBearer, client_assertion: assertion };
		return { form, headers: {} };
	} catch {
		return undefined;
	}
}

/**
 * A new access token by OAuth 2.0 client credentials. undefined where the server does not give one: the call is then refused by
 * Okta, and that refusal is what a person reads.
 */
export async function newAccessToken(
	helpers: IHttpRequestHelper['helpers'],
	data: ICredentialDataDecryptedObject,
): Promise<string | undefined> {
	const tokenUrl = String(data.tokenUrl ?? '').trim() || oktaTokenUrl(String(data.url ?? ''));
	if (faultOfUrl(tokenUrl) !== undefined) return undefined;
	const proof = await proofOf(data, tokenUrl);
	if (proof === undefined) return undefined;
	const response = (await helpers.httpRequest({
		method: 'POST',
		url: tokenUrl,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/x-www-form-urlencoded',
			...proof.headers,
		},
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			scope: String(data.scope ?? '').trim(),
			...proof.form,
		}),
		returnFullResponse: true,
		timeout: timeLimit.milliseconds,
		ignoreHttpStatusErrors: { ignore: true, except: temporary },
	})) as IN8nHttpFullResponse;
	const { body } = response;
	const token = isJsonObject(body) ? body.access_token : undefined;
	return typeof token === 'string' && token !== '' ? token : undefined;
}
