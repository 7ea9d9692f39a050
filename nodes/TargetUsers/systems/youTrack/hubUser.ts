import type { IDataObject } from 'n8n-workflow';

import type { Comparison, JsonObject, JsonValue } from '../../../shared/contracts';
import { comparisonKey } from '../../../shared/normalize';
import { isJsonObject, parsePath, valueAt } from '../../../shared/paths';
import type { Output } from '../UserSystem';

const emails = 'profile(email(type,email,verified),unverifiedEmail(type,email,verified))';

const fieldsOf: Readonly<Record<Output, string>> = {
	syncFields: `id,login,name,banned,guest,${emails}`,
	full: `id,type,aliases,login,name,banned,banReason,guest,creationTime,lastAccessTime,profile(avatar(type,url),email(type,email,verified),unverifiedEmail(type,email,verified),locale(language,name))`,
};

/** The field selection that a request asks for. */
export function fieldsFor(output: Output): string {
	return fieldsOf[output];
}

/** Only what the sync reads; a server may answer more than it was asked for. Parts are shared with `user`, not copied. */
export function project(user: JsonObject, output: Output): IDataObject {
	if (output === 'full') return user;
	const { id, login, name, banned } = user;
	const profile: JsonObject = {};
	if (isJsonObject(user.profile)) {
		if (user.profile.email !== undefined) profile.email = user.profile.email;
		if (user.profile.unverifiedEmail !== undefined) {
			profile.unverifiedEmail = user.profile.unverifiedEmail;
		}
	}
	return { id, login, name, banned, profile };
}

const isEmailPath = (path: string) => path === 'profile.email' || path === 'profile.email.email';
const writable: ReadonlySet<string> = new Set([
	'profile.email',
	'profile.email.email',
	'login',
	'name',
	'banned',
]);

export function comparisonOf(path: string): Comparison {
	return isEmailPath(path) || path === 'profile.unverifiedEmail.email' ? 'email' : 'exact';
}

export function faultOfPath(path: string): string | undefined {
	if (parsePath(path) === undefined) return 'it is no path into a user';
	if (writable.has(path)) return undefined;
	return `YouTrack users have no such field to write (known: ${[...writable].join(', ')})`;
}

/** An address from an e-mail object or from a plain string. */
function addressIn(value: JsonValue | undefined): JsonValue {
	return (isJsonObject(value) ? value.email : value) ?? null;
}

export function valueOf(user: JsonObject, path: string): JsonValue {
	const profile = isJsonObject(user.profile) ? user.profile : {};
	if (isEmailPath(path)) return addressIn(profile.email);
	const segments = parsePath(path);
	return (segments && valueAt(user, segments)) ?? null;
}

/** An address that the Hub took but holds back until its owner confirms it. */
export function parkedValueOf(user: JsonObject, path: string): JsonValue {
	if (!isEmailPath(path) || !isJsonObject(user.profile)) return null;
	return addressIn(user.profile.unverifiedEmail);
}

export function holdsAddress(user: JsonObject, address: string): boolean {
	const wanted = comparisonKey(address, 'email');
	const held = [valueOf(user, 'profile.email'), parkedValueOf(user, 'profile.email')];
	return held.some((value) => comparisonKey(value, 'email') === wanted);
}

/**
 * The body that puts `set` (path to value) into a user. The address is an object, alone in `profile`, and without
 * `verified`: to claim that nobody's proof is needed could hand the account to whoever controls that mailbox.
 */
export function bodyFor(set: JsonObject): JsonObject {
	const body: JsonObject = {};
	for (const [path, value] of Object.entries(set)) {
		if (isEmailPath(path)) {
			body.profile = { email: { type: 'EmailJSON', email: String(value).trim() } };
		} else if (path === 'banned') {
			body.banned = value === true || value === 'true';
		} else {
			body[path] = String(value).trim();
		}
	}
	return body;
}
