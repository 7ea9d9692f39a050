import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from '../control/http.mts';
import { omit } from '../control/objects.mts';
import { oktaProvider, userType, type User } from './types.mts';
import type { UserStore } from './userStore.mts';

const textOr = (value: JsonValue | undefined, fallback: string): string =>
	typeof value === 'string' && value !== '' ? value : fallback;

function importUser(store: UserStore, given: JsonObject, order: number): User {
	const created = textOr(given.created, new Date(Date.UTC(2026, 0, 1) + order).toISOString());
	return {
		activated: created,
		statusChanged: created,
		lastLogin: null,
		passwordChanged: null,
		type: userType,
		profile: {},
		credentials: { provider: oktaProvider },
		...omit(given, '_links'),
		id: textOr(given.id, store.mintId('00u')),
		status: textOr(given.status, 'ACTIVE'),
		created,
		lastUpdated: textOr(given.lastUpdated, created),
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
