import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { Comparison, JsonObject, JsonValue } from '../../shared/contract';
import { comparisonKey, isBlank } from '../../shared/normalize';
import type { UserSystem } from './UserSystem';
import { refusalWith } from '../../shared/failures';

/** Found before anything was sent. */
export const notSearchable = refusalWith(400, 'notSearchable');

/** As the system's own answer would read if it said so. */
export const addressesHidden = refusalWith(403, 'addressesHidden');

/** Every address of a user: the main one, one that awaits confirmation, and further ones. */
export function addressesOf(system: UserSystem, user: JsonObject): JsonValue[] {
	return [
		system.valueOf(user, system.fields.email),
		system.waitingEmailOf?.(user) ?? null,
		...(system.otherEmailsOf?.(user) ?? []),
	].filter((value) => !isBlank(value));
}

/** Hits of a search are compared again, because what a system takes for a match need not be one. */
async function findExactly(
	system: UserSystem,
	api: Api,
	by: 'email' | 'login',
	text: string,
	valuesOf: (user: JsonObject) => JsonValue[],
): Promise<Attempt<JsonObject[]>> {
	if (system.faultForSearch?.(text) !== undefined) return { ok: false, failure: notSearchable };
	const compare: Comparison = by === 'email' ? 'email' : 'ignoreCase';
	const trimmed = text.trim();
	const wanted = comparisonKey(trimmed, compare);
	if (wanted === '') return { ok: true, value: [] };
	const spellings = new Set([trimmed, trimmed.toLowerCase(), comparisonKey(trimmed, 'email')]);
	// A full-width brace, say, is an ordinary one in the ASCII form of a domain.
	const searchable = [...spellings].filter((one) => system.faultForSearch?.(one) === undefined);
	const found = await system.search(api, by, searchable);
	if (!found.ok) return found;
	const isHit = (user: JsonObject) =>
		valuesOf(user).some((value) => comparisonKey(value, compare) === wanted);
	return { ok: true, value: found.value.filter(isHit) };
}

/** All users that hold `address` in any place. */
export async function usersHolding(
	system: UserSystem,
	api: Api,
	address: string,
): Promise<Attempt<JsonObject[]>> {
	return await findExactly(system, api, 'email', address, (user) => addressesOf(system, user));
}

/** All users with this login. */
export async function usersWithLogin(
	system: UserSystem,
	api: Api,
	login: string,
): Promise<Attempt<JsonObject[]>> {
	return await findExactly(system, api, 'login', login, (user) => [
		system.valueOf(user, system.fields.login),
	]);
}
