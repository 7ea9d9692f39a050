import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { ApiRequest } from '../control/http.mts';
import { hubError, invalidProperty } from './errors.mts';

const maxAddress = 320;

export function bodyOf(request: ApiRequest): JsonObject {
	if (!isJsonObject(request.body)) throw hubError(400, 'Bad Request', 'Send a JSON object.');
	return request.body;
}

export interface SentEmail {
	email: string;
	verified: boolean;
}

function checkAddress(address: string): void {
	if (address.length > maxAddress || !/^\s*[^\s@]+@[^\s@]+\s*$/u.test(address)) {
		throw invalidProperty('profile.email.email', 'The value is no valid email address.');
	}
}

/** `profile.email` of a body: undefined when not sent, null when it is taken away. A bare string is refused. */
export function sentEmail(body: JsonObject): SentEmail | null | undefined {
	const { profile } = body;
	if (profile === undefined || profile === null) return undefined;
	if (!isJsonObject(profile)) throw invalidProperty('profile', 'Expected an object.');
	const { email } = profile;
	if (email === undefined) return undefined;
	if (email === null) return null;
	if (!isJsonObject(email))
		throw invalidProperty('profile.email', 'Expected an object of type EmailJSON.');
	if (email.email === null || email.email === '') return null;
	if (typeof email.email !== 'string') {
		throw invalidProperty('profile.email.email', 'Expected a string.');
	}
	checkAddress(email.email);
	return { email: email.email, verified: email.verified === true };
}

/** Checks `details[]`: without its type Hub fails, and the type must be known. Passwords are read by nobody and never kept. */
export function checkDetails(details: JsonValue | undefined): JsonObject[] {
	if (details === undefined || details === null) return [];
	if (!Array.isArray(details)) throw invalidProperty('details', 'Expected a list.');
	return details.map((detail) => {
		if (!isJsonObject(detail)) throw invalidProperty('details', 'Expected a list of objects.');
		const { type } = detail;
		if (typeof type !== 'string') {
			throw hubError(
				500,
				'server_error',
				'Cannot create an instance of abstract type DetailsJSON.',
			);
		}
		if (!/^[A-Z][A-Za-z]*userdetailsJSON$/.test(type)) {
			throw invalidProperty('details', `Unknown details type ${type}.`);
		}
		return detail;
	});
}

/** The address that a credential detail gives when the profile gives none. */
export function emailOfDetails(details: readonly JsonObject[]): SentEmail | undefined {
	for (const { email } of details) {
		if (!isJsonObject(email) || typeof email.email !== 'string') continue;
		checkAddress(email.email);
		return { email: email.email, verified: email.verified === true };
	}
	return undefined;
}

export function checkLogin(login: JsonValue | undefined): string {
	if (typeof login !== 'string' || login === '') {
		throw invalidProperty('login', 'A login is required.');
	}
	if (/\s/.test(login)) throw invalidProperty('login', 'A login may not contain spaces.');
	return login;
}

export function checkName(name: JsonValue | undefined): string {
	if (typeof name !== 'string' || name.trim() === '') {
		throw invalidProperty('name', 'A name may not be empty.');
	}
	return name;
}
