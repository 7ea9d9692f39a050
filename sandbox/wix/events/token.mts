import { createSign, type KeyObject } from 'node:crypto';

import type { JsonObject } from '../../../nodes/shared/contract/index';

const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token (RFC 7519) of these claims, signed RS256. */
export function signedToken(claims: JsonObject, privateKey: KeyObject): string {
	const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
	return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
}
