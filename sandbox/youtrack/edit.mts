import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from '../control/http.mts';
import { setPath } from '../control/setPath.mts';
import { addressIn, emailObject, profileOf, type User } from './types.mts';
import type { UserStore } from './userStore.mts';

const isEmpty = (value: JsonValue | undefined) =>
	value === undefined || value === null || value === '';

function editEmail(user: User, value: JsonValue): User {
	const { email: before, ...rest } = profileOf(user);
	if (isEmpty(value)) return { ...user, profile: rest };
	if (isJsonObject(value)) return { ...user, profile: { ...rest, email: value } };
	// A record that was imported with a bare string keeps that shape.
	if (typeof before === 'string') return { ...user, profile: { ...rest, email: value } };
	const email = isJsonObject(before) ? { ...before, email: value } : emailObject(value, false);
	return { ...user, profile: { ...rest, email } };
}

/** The person clicks the link in the mail (any value), or withdraws the address (null or ''). */
function settleUnverified(user: User, value: JsonValue): User {
	const { unverifiedEmail, ...rest } = profileOf(user);
	if (isEmpty(value)) return { ...user, profile: rest };
	const address = addressIn(unverifiedEmail);
	if (isEmpty(address)) {
		throw new ControlError(400, `User ${user.id} has no address that awaits confirmation.`);
	}
	return { ...user, profile: { ...rest, email: emailObject(address ?? null, true) } };
}

/** One edit as a person makes it in YouTrack; an address that is typed over stays verified or not as it was. */
export function editUser(
	store: UserStore,
	id: string,
	path: string,
	value: JsonValue,
): JsonObject | undefined {
	const user = store.users.get(id);
	if (!user) return undefined;
	switch (path) {
		case 'profile.email.email':
		case 'profile.email':
			return store.put(editEmail(user, value));
		case 'unverifiedEmail':
		case 'profile.unverifiedEmail':
			return store.put(settleUnverified(user, value));
		case 'id':
		case 'type':
			throw new ControlError(400, `A person cannot edit "${path}" of a user.`);
		default:
			return store.put(setPath(user, path, value));
	}
}
