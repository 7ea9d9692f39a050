import type { Api } from '../../../shared/Api';
import type { ApiFailure, Attempt } from '../../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../../shared/contracts';
import { saysNotFound } from '../../../shared/failures';
import { comparisonKey } from '../../../shared/normalize';
import { isJsonObject } from '../../../shared/paths';
import type { Output, UserFilters } from '../UserSystem';
import { bodyFor, fieldsFor, holdsAddress } from './hubUser';

const users = '/users';
const pathOf = (id: string) => `${users}/${encodeURIComponent(id)}`;

/** The Hub's largest page is not documented; this size is asked for explicitly. */
const pageSize = 100;

const emptyAnswer: ApiFailure = { kind: 'cut', status: 200, enveloped: false, firstContact: false };

const hasId = (body: JsonValue | undefined): body is JsonObject =>
	isJsonObject(body) && typeof body.id === 'string' && body.id !== '';

export async function readUser(
	api: Api,
	id: string,
	output: Output,
): Promise<Attempt<JsonObject | undefined>> {
	const query = { fields: fieldsFor(output) };
	const answer = await api.ask({ method: 'GET', path: pathOf(id), query, repeatable: true });
	if (!answer.ok) return saysNotFound(answer.failure) ? { ok: true, value: undefined } : answer;
	const { body } = answer.value;
	return hasId(body) ? { ok: true, value: body } : { ok: false, failure: emptyAnswer };
}

/** Partial: what is not sent stays. The answer may be empty, then it is undefined here. */
export async function writeUser(
	api: Api,
	id: string,
	set: JsonObject,
): Promise<Attempt<JsonObject | undefined>> {
	const query = { fields: fieldsFor('full') };
	const answer = await api.ask({
		method: 'POST',
		path: pathOf(id),
		query,
		body: bodyFor(set),
		repeatable: false,
	});
	if (!answer.ok) return answer;
	return { ok: true, value: hasId(answer.value.body) ? answer.value.body : undefined };
}

/** A directory record without a password. The id is in the answer or in the Location header, or is not told. */
export async function createUser(
	api: Api,
	set: JsonObject,
): Promise<Attempt<{ id?: string; user?: JsonObject }>> {
	const query = { fields: fieldsFor('full') };
	const answer = await api.ask({
		method: 'POST',
		path: users,
		query,
		body: bodyFor(set),
		repeatable: false,
	});
	if (!answer.ok) return answer;
	const { body, headers } = answer.value;
	if (hasId(body)) return { ok: true, value: { id: String(body.id), user: body } };
	const id = /\/users\/([\w-]+)\/?(?:\?.*)?$/.exec(String(headers.location ?? ''))?.[1];
	return { ok: true, value: { id } };
}

export async function deleteUser(
	api: Api,
	id: string,
	successorId: string,
): Promise<Attempt<undefined>> {
	const query = { successor: successorId };
	const answer = await api.ask({ method: 'DELETE', path: pathOf(id), query, repeatable: false });
	return answer.ok ? { ok: true, value: undefined } : answer;
}

const fits = (user: JsonObject, filters: UserFilters) =>
	(filters.includeGuests || user.guest !== true) && (filters.includeBanned || user.banned !== true);

/** Set once a server refuses to order by id, which not every version permits. */
const orderings = ['id', undefined] as const;

async function page(
	api: Api,
	query: string,
	output: Output,
	skip: number,
	order: string | undefined,
): Promise<Attempt<JsonObject[]>> {
	const answer = await api.ask({
		method: 'GET',
		path: users,
		query: {
			fields: fieldsFor(output),
			$skip: skip,
			$top: pageSize,
			...(query === '' ? {} : { query }),
			...(order === undefined ? {} : { orderBy: order }),
		},
		repeatable: true,
	});
	if (!answer.ok) return answer;
	const { body } = answer.value;
	if (!isJsonObject(body)) return { ok: false, failure: emptyAnswer };
	return { ok: true, value: Array.isArray(body.users) ? body.users.filter(isJsonObject) : [] };
}

async function listInOrder(
	api: Api,
	filters: UserFilters,
	limit: number,
	output: Output,
	order: string | undefined,
): Promise<Attempt<JsonObject[]>> {
	const found = new Map<string, JsonObject>();
	for (let skip = 0; found.size < limit; skip += pageSize) {
		const read = await page(api, filters.query, output, skip, order);
		if (!read.ok) return read;
		for (const user of read.value) {
			const id = String(user.id);
			if (fits(user, filters)) found.set(id, user);
		}
		if (read.value.length < pageSize) break;
	}
	return { ok: true, value: [...found.values()].slice(0, limit) };
}

/** Guests and, unless wanted, banned users are left out here: a text search for them would depend on the server's version. */
export async function listUsers(
	api: Api,
	filters: UserFilters,
	limit: number,
	output: Output,
): Promise<Attempt<JsonObject[]>> {
	let listed: Attempt<JsonObject[]> = { ok: false, failure: emptyAnswer };
	for (const order of orderings) {
		listed = await listInOrder(api, filters, limit, output, order);
		const isRefused =
			!listed.ok && listed.failure.kind === 'status' && listed.failure.status === 400;
		if (!isRefused) return listed;
	}
	return listed;
}

/** Why `address` cannot be put into a search; in its grammar braces mean something, and the rest is no address. */
export function faultForSearch(address: string): string | undefined {
	return /[{}"\s\p{Cc}]/u.test(address)
		? 'holds braces, quotes or white space, with which YouTrack cannot look it up'
		: undefined;
}

/** Users that `field` finds under any spelling of `text`; hits are compared again, because a match need not be exact. */
async function find(
	api: Api,
	field: 'email' | 'login',
	text: string,
	isHit: (user: JsonObject) => boolean,
): Promise<Attempt<JsonObject[]>> {
	const trimmed = text.trim();
	const spellings = new Set([trimmed, trimmed.toLowerCase(), comparisonKey(trimmed, 'email')]);
	const query = [...spellings].map((spelling) => `${field}: {${spelling}}`).join(' or ');
	const filters = { query, includeBanned: true, includeGuests: true };
	const listed = await listInOrder(api, filters, Infinity, 'syncFields', undefined);
	return listed.ok ? { ok: true, value: listed.value.filter(isHit) } : listed;
}

export async function usersHolding(api: Api, address: string): Promise<Attempt<JsonObject[]>> {
	return await find(api, 'email', address, (user) => holdsAddress(user, address));
}

export async function usersWithLogin(api: Api, login: string): Promise<Attempt<JsonObject[]>> {
	const wanted = comparisonKey(login, 'ignoreCase');
	return await find(
		api,
		'login',
		login,
		(user) => comparisonKey(user.login, 'ignoreCase') === wanted,
	);
}
