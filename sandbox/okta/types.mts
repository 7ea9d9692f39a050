import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';

/** A user as Okta's `/api/v1/users` answers it, without the links. */
export type User = JsonObject & {
	id: string;
	status: string;
	created: string;
	lastUpdated: string;
};

export const statuses = [
	'STAGED',
	'PROVISIONED',
	'ACTIVE',
	'RECOVERY',
	'LOCKED_OUT',
	'PASSWORD_EXPIRED',
	'SUSPENDED',
	'DEPROVISIONED',
] as const;

export const usersPath = '/api/v1/users';
export const userType = { id: 'oty0sandbox0default0' };
export const oktaProvider = { type: 'OKTA', name: 'OKTA' };

export const ownerId = '00u0sandbox0service0';
export const ownerAddress = 'sync.service@example.com';

export const profileOf = (user: JsonObject): JsonObject =>
	isJsonObject(user.profile) ? user.profile : {};

/** A text of the profile, `''` where it has none. */
export function profileText(user: JsonObject, field: string): string {
	const value = profileOf(user)[field];
	return typeof value === 'string' ? value : '';
}

export const emailKey = (email: string) => `email:${email.toLowerCase()}`;
export const loginKey = (login: string) => `login:${login.toLowerCase()}`;
export const idKey = (id: string) => `id:${id.toLowerCase()}`;
export const shortNameKey = (login: string) => `short:${login.toLowerCase().split('@')[0] ?? ''}`;

/** What a user is found by: its id, login, the login's part before the @, and address, all without heed of case. */
export function keysOf(user: User): string[] {
	const login = profileText(user, 'login');
	const email = profileText(user, 'email');
	return [
		idKey(user.id),
		...(login === '' ? [] : [loginKey(login), shortNameKey(login)]),
		...(email === '' ? [] : [emailKey(email)]),
	];
}

/** The account that every SSWS token acts for. */
export function serviceAccount(born: string): User {
	const login = ownerAddress;
	return {
		id: ownerId,
		status: 'ACTIVE',
		created: born,
		activated: born,
		statusChanged: born,
		lastLogin: null,
		lastUpdated: born,
		passwordChanged: born,
		type: userType,
		profile: { login, email: login, firstName: 'Sync', lastName: 'Service', mobilePhone: null },
		credentials: { password: {}, provider: oktaProvider },
	};
}
