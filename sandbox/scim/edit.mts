import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { ControlError } from '../control/http.mts';
import { omit } from '../control/objects.mts';
import { setPath } from '../control/setPath.mts';
import { emailsOf, primaryIndex, type ScimUser } from './types.mts';
import type { UserStore } from './userStore.mts';

function editAddress(user: ScimUser, value: JsonValue): JsonObject {
	const emails = emailsOf(user);
	const index = primaryIndex(emails);
	if (value === null || value === '') {
		const left = emails.filter((_, other) => other !== index);
		return left.length > 0 ? { ...user, emails: left } : omit(user, 'emails');
	}
	if (index < 0) return { ...user, emails: [{ value, type: 'work', primary: true }] };
	return {
		...user,
		emails: emails.map((email, other) => (other === index ? { ...email, value } : email)),
	};
}

/** One edit as an administrator makes it; `profile.email` is the address that counts, typed over in place. */
export function editUser(
	store: UserStore,
	id: string,
	path: string,
	value: JsonValue,
): JsonObject | undefined {
	const user = store.users.get(id);
	if (!user) return undefined;
	if (path === 'profile.email') return store.replace(user, editAddress(user, value));
	if (/^(id|meta|schemas)\b/.test(path)) {
		throw new ControlError(400, `A person cannot edit "${path}" of a user.`);
	}
	if (path === 'userName' && (typeof value !== 'string' || value === '')) {
		throw new ControlError(400, 'A user cannot be without a userName.');
	}
	return store.replace(user, setPath(user, path, value));
}
