import type { JsonObject, JsonValue } from '../../shared/contract';
import { isJsonObject } from '../../shared/paths';

/** Why a message is not taken for one of Wix, in words that hold nothing of it. */
export type Verdict = { ok: true; claims: JsonObject } | { ok: false; why: string };

/** Wix signs with this one alone. Whoever may choose the way of signing can forge. */
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** Clocks differ; seconds. */
const leeway = 60;

export type PublicKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A longer body is no event of a contact or member; characters. */
const longest = 2_000_000;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
	try {
		return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
	} catch {
		return undefined;
	}
}

const bytesOfUrl = (text: string) =>
	/^[\w-]*$/.test(text) ? bytesOf(text.replace(/-/g, '+').replace(/_/g, '/')) : undefined;

function jsonIn(part: string): JsonValue | undefined {
	const bytes = bytesOfUrl(part);
	if (bytes === undefined) return undefined;
	try {
		return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue;
	} catch {
		return undefined;
	}
}

/** PEM, or PEM in base64, which Wix's own SDK takes as well: for environment variables it is handed out so. */
function pemIn(text: string): string {
	if (text.includes('-----BEGIN')) return text;
	return new TextDecoder().decode(bytesOf(text.replace(/\s/g, '')));
}

/**
 * The public key of a Wix app, as its dashboard shows it (PEM, `BEGIN PUBLIC KEY`). Line breaks may be lost in pasting.
 * @returns undefined when it is no such key
 */
export async function publicKeyIn(text: string): Promise<PublicKey | undefined> {
	const pem = pemIn(text);
	const inner = /-----BEGIN PUBLIC KEY-----([\s\S]+?)-----END PUBLIC KEY-----/.exec(pem)?.[1];
	const bytes = inner === undefined ? undefined : bytesOf(inner.replace(/\\n|\s/g, ''));
	if (bytes === undefined) return undefined;
	try {
		return await crypto.subtle.importKey('spki', bytes, algorithm, false, ['verify']);
	} catch {
		return undefined;
	}
}

function faultOfTimes({ exp, nbf }: JsonObject, now: number): string | undefined {
	const seconds = now / 1000;
	if (typeof exp !== 'number') return 'it says no time at which it expires';
	if (exp + leeway < seconds) return 'it has expired';
	if (typeof nbf === 'number' && nbf - leeway > seconds) return 'it is not valid yet';
	return undefined;
}

/**
 * Verifies a webhook of a Wix app: a JWT, signed RS256 with the app's key.
 * https://dev.wix.com/docs/build-apps/develop-your-app/api-integrations/events-and-webhooks/handle-events-with-webhooks
 * @param appId the app that it has to be for where it names one; '' for any
 * @param now milliseconds since 1970
 */
export async function verified(
	token: string,
	key: PublicKey,
	appId: string,
	now: number,
): Promise<Verdict> {
	const no = (why: string): Verdict => ({ ok: false, why });
	if (token.length > longest) return no('it is too long');
	const [head, payload, signature, ...more] = token.trim().split('.');
	if (head === undefined || payload === undefined || signature === undefined || more.length > 0)
		return no('it is no signed message');
	const header = jsonIn(head);
	if (!isJsonObject(header) || header.alg !== 'RS256') return no('it is not signed with RS256');
	const signed = bytesOfUrl(signature);
	if (signed === undefined || signed.length === 0) return no('it has no signature');
	const data = new TextEncoder().encode(`${head}.${payload}`);
	const isSigned = await crypto.subtle.verify(algorithm, key, signed, data);
	if (!isSigned) return no('its signature does not belong to the public key');
	const claims = jsonIn(payload);
	if (!isJsonObject(claims)) return no('it holds no data');
	const fault = faultOfTimes(claims, now);
	if (fault !== undefined) return no(fault);
	const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
	const isForOther = claims.aud !== undefined && appId !== '' && !audience.includes(appId);
	return isForOther ? no('it is for another app') : { ok: true, claims };
}
