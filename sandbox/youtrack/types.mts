import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';

/** A user as Hub's `/users` answers it. */
export type User = JsonObject & { id: string; login: string; name: string };

export const guestId = '00000000-0000-4000-8000-0000000000e5';
export const ownerId = '00000000-0000-4000-8000-0000000000a1';

export const profileOf = (user: JsonObject): JsonObject =>
	isJsonObject(user.profile) ? user.profile : {};

/** The address in an email object, or in a bare string where an imported record has one. */
export function addressIn(value: JsonValue | undefined): JsonValue | undefined {
	return isJsonObject(value) ? value.email : value;
}

export const addressKey = (value: JsonValue | undefined): string =>
	typeof value === 'string' ? value.trim().toLowerCase() : '';

/** The keys under which a user is found by address: the address in force and one that awaits confirmation. */
export function addressKeysOf(user: User): string[] {
	const { email, unverifiedEmail } = profileOf(user);
	const keys = [addressKey(addressIn(email)), addressKey(addressIn(unverifiedEmail))];
	return [...new Set(keys)].filter((key) => key !== '');
}

export const emailObject = (email: JsonValue, verified: boolean): JsonObject => ({
	type: 'EmailJSON',
	verified,
	email,
});
