import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from '../control/http.mts';
import { userSchema, versionOf, type ScimUser } from './types.mts';
import type { UserStore } from './userStore.mts';

const textOr = (value: JsonValue | undefined, fallback: string): string =>
	typeof value === 'string' && value !== '' ? value : fallback;

function importUser(store: UserStore, given: JsonObject, order: number): ScimUser {
	const id = textOr(given.id, store.mintId());
	const created = new Date(Date.UTC(2026, 0, 1) + order).toISOString();
	const meta = isJsonObject(given.meta) ? given.meta : {};
	return {
		schemas: [userSchema],
		active: true,
		...given,
		id,
		userName: textOr(given.userName, `user-${id.slice(0, 8)}`),
		meta: {
			resourceType: 'User',
			created,
			lastModified: created,
			...meta,
			version: textOr(meta.version, versionOf(1)),
		},
	};
}

/** `PUT /sandbox/state`: no rule is checked, so that a test can put in what real data should not hold. */
export function importUsers(store: UserStore, state: JsonObject): void {
	const users = state.users ?? [];
	if (!Array.isArray(users) || !users.every(isJsonObject)) {
		throw new ControlError(400, '"users" must be a list of objects.');
	}
	store.load(users.map((given, order) => importUser(store, given, order)));
}
