import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { ApiRequest } from '../control/http.mts';
import { malformedBody, validationFailed } from './errors.mts';
import { emailKey, loginKey, type User } from './types.mts';
import type { UserStore } from './userStore.mts';

const addressForm = /^[^\s@]+@[^\s@]+$/u;
/** Lengths of Okta's default schema of a user. */
const longest: Record<string, number> = { login: 100, email: 100, firstName: 50, lastName: 50 };
const shortestLogin = 5;

const blank = 'The field cannot be left blank';
const taken = 'An object with this field already exists in the current organization';

/** The body as an object; anything else is 400 E0000003. */
export function bodyOf(request: ApiRequest): JsonObject {
	if (!isJsonObject(request.body)) throw malformedBody();
	return request.body;
}

/** `profile` of a body; undefined when not sent. */
export function sentProfile(body: JsonObject): JsonObject | undefined {
	const { profile } = body;
	if (profile === undefined || profile === null) return undefined;
	if (!isJsonObject(profile)) throw malformedBody();
	return profile;
}

const isBlank = (value: JsonValue | undefined) =>
	value === undefined || value === null || value === '';

function fieldFault(field: string, value: JsonValue | undefined, anyLogin: boolean): string[] {
	if (isBlank(value)) return [];
	if (typeof value !== 'string') return [`${field}: Does not match required pattern`];
	if (value.length > (longest[field] ?? Infinity)) {
		return [`${field}: The field cannot exceed ${longest[field]} characters`];
	}
	if (field === 'email' && !addressForm.test(value)) {
		return ['email: Does not match required pattern'];
	}
	if (field !== 'login' || anyLogin) return [];
	if (addressForm.test(value) && value.length >= shortestLogin) return [];
	return ['login: Username must be in the form of an email address'];
}

function uniquenessFaults(store: UserStore, profile: JsonObject, ownId: string | undefined) {
	const isTaken = (key: string) => store.users.holders(key).some((id) => id !== ownId);
	const { login, email } = profile;
	return [
		...(typeof login === 'string' && isTaken(loginKey(login)) ? [`login: ${taken}`] : []),
		...(store.behaviour.uniqueEmails && typeof email === 'string' && isTaken(emailKey(email))
			? [`email: ${taken}`]
			: []),
	];
}

/** Refuses a profile, as it would be after the write, that breaks a rule: 400 E0000001 with a cause for each field. */
export function checkProfile(store: UserStore, profile: JsonObject, own?: User): void {
	const { namesRequired, loginFormat } = store.behaviour;
	const required = ['login', 'email', ...(namesRequired ? ['firstName', 'lastName'] : [])];
	const causes = [
		...required.filter((field) => isBlank(profile[field])).map((field) => `${field}: ${blank}`),
		...Object.keys(longest).flatMap((field) =>
			fieldFault(field, profile[field], loginFormat === 'any'),
		),
		...uniquenessFaults(store, profile, own?.id),
	];
	if (causes.length > 0) throw validationFailed(causes);
}
