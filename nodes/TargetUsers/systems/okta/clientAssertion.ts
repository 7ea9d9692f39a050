import { clock } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/contract';
import { isJsonObject } from '../../../shared/paths';

/** A new assertion is made for each token, so it need not live long. */
const lifetimeSeconds = 300;

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

const bytesOf = (binary: string) => Uint8Array.from(binary, (letter) => letter.charCodeAt(0));

const base64Url = (bytes: Uint8Array): string =>
	btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
		.replace(/\+/g, '-')
		.replace(/\//g, '_')
		.replace(/=+$/, '');

const encoded = (part: object): string => base64Url(new TextEncoder().encode(JSON.stringify(part)));

/** The key in `text` where that is a JWK. */
function readJwk(text: string): JsonObject | undefined {
	try {
		const key: unknown = JSON.parse(text);
		return isJsonObject(key) ? key : undefined;
	} catch {
		return undefined;
	}
}

/** Of a JWK only the numbers of the key count: what else it says of its use may stand against ours. */
const numbersOf = (jwk: JsonObject): Record<string, string> =>
	Object.fromEntries(
		['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => [name, String(jwk[name])]),
	);

/** A private RSA key as JWK or as PEM (`BEGIN PRIVATE KEY`). A field of one line may have lost the PEM's line ends. */
async function importKey(text: string, jwk: JsonObject | undefined) {
	if (jwk !== undefined) {
		return await crypto.subtle.importKey('jwk', numbersOf(jwk), algorithm, false, ['sign']);
	}
	const base64 = text.replace(/-----[A-Z ]+-----|\\n|\s/g, '');
	return await crypto.subtle.importKey('pkcs8', bytesOf(atob(base64)), algorithm, false, ['sign']);
}

/**
 * The JWT by which an app proves itself to `audience`, the URL that issues tokens (RFC 7523, private_key_jwt). `keyId` names the
 * key where a JWK does not name itself; '' for none. Fails when `privateKey` is none.
 */
export async function clientAssertion(
	clientId: string,
	audience: string,
	privateKey: string,
	keyId: string,
): Promise<string> {
	const jwk = readJwk(privateKey);
	const kid = keyId || String(jwk?.kid ?? '');
	const issuedAt = Math.floor(clock.now() / 1000);
	const claims = {
		iss: clientId,
		sub: clientId,
		aud: audience,
		iat: issuedAt,
		exp: issuedAt + lifetimeSeconds,
		jti: crypto.randomUUID(),
	};
	const header = { alg: 'RS256', typ: 'JWT', ...(kid === '' ? {} : { kid }) };
	const signed = `${encoded(header)}.${encoded(claims)}`;
	const key = await importKey(privateKey, jwk);
	const signature = await crypto.subtle.sign(algorithm, key, new TextEncoder().encode(signed));
	return `${signed}.${base64Url(new Uint8Array(signature))}`;
}
