import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { ControlError } from '../control/http.mts';
import { setPath } from '../control/setPath.mts';
import { statuses, type User } from './types.mts';
import type { UserStore } from './userStore.mts';

const fixed = ['id', 'created', 'lastUpdated', 'statusChanged', 'type', '_links'];

function checkStatus(value: JsonValue): void {
	if (statuses.some((status) => status === value)) return;
	throw new ControlError(400, `A user's status is one of: ${statuses.join(', ')}.`);
}

/** One edit as an administrator makes it in Okta: the profile by path, or the status; `lastUpdated` moves on. */
export function editUser(
	store: UserStore,
	id: string,
	path: string,
	value: JsonValue,
): JsonObject | undefined {
	const user = store.users.get(id);
	if (!user) return undefined;
	if (fixed.includes(path)) {
		throw new ControlError(400, `A person cannot edit "${path}" of a user.`);
	}
	if (path === 'status') checkStatus(value);
	const edited: User = setPath(user, path, value);
	return store.change(user, edited);
}
