import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { hubError, userNotFound } from './errors.mts';
import { addressIn, emailObject, profileOf, type User } from './types.mts';
import { showUser } from './userReads.mts';
import type { UserStore } from './userStore.mts';

const aliasesOf = ({ aliases }: User): JsonValue[] => (Array.isArray(aliases) ? aliases : []);

/** Merges `sourceIds` into the target: it keeps its own values and lists their ids, and their aliases, as its aliases. */
export function mergeUsers(store: UserStore, targetId: string, sourceIds: readonly string[]): User {
	const target = store.users.get(targetId);
	if (!target) throw userNotFound(targetId);
	if (sourceIds.length === 0 || sourceIds.includes(targetId)) {
		throw hubError(400, 'Bad Request', 'Merging takes two or more different users.');
	}
	const sources = sourceIds.map((id) => {
		const source = store.users.get(id);
		if (!source) throw userNotFound(id);
		return source;
	});
	for (const source of sources) store.noteMerge(source, targetId);
	const inherited = sources.flatMap((source) => [source.id, ...aliasesOf(source)]);
	return store.put({ ...target, aliases: [...aliasesOf(target), ...inherited] });
}

/** `POST /users/merge?login=&name=&email=&banned=` with the ids in the body; the first one survives. */
export function mergeByApi(store: UserStore, request: ApiRequest): Answer {
	const { body, query } = request;
	const ids = (Array.isArray(body) ? body : []).map((entry) =>
		isJsonObject(entry) ? String(entry.id) : '',
	);
	const merged = mergeUsers(store, ids[0] ?? '', ids.slice(1));
	const changes: JsonObject = {};
	const login = query.get('login');
	if (login) changes.login = login;
	const name = query.get('name');
	if (name) changes.name = name;
	const email = query.get('email');
	if (email && addressIn(profileOf(merged).email) !== email) {
		changes.profile = { ...profileOf(merged), email: emailObject(email, false) };
	}
	const banned = query.get('banned');
	if (banned) changes.banned = banned === 'true';
	return ok(showUser(store, store.put({ ...merged, ...changes } as User), request));
}
