import type { JsonObject } from '../../nodes/shared/contract/index';
import type { Answer, ApiRequest } from '../control/http.mts';
import { tokenOf } from './authorize.mts';
import { userNotFound, validationFailed } from './errors.mts';
import { compileFilter, compileSearch } from './filter.mts';
import type { TokenIssuer } from './oauth.mts';
import { orderBy, pageOf, type Order } from './paging.mts';
import { profileText, usersPath, type User } from './types.mts';
import type { UserStore } from './userStore.mts';

const maxLimit = 200;
const quickLimit = 10;
const creationOrder = orderBy('created', false);

/** The user with its address, as every answer has it. */
export function showUser(user: User, request: ApiRequest): JsonObject {
	const href = `http://${request.header('host') ?? ''}${usersPath}/${user.id}`;
	return { ...user, _links: { self: { href } } };
}

/** The version of a user; every write gives another one. */
export const etagOf = (user: User): string => `W/"${Date.parse(user.lastUpdated).toString(16)}"`;

/** One user as the answer of a read or write. */
export function answerUser(store: UserStore, user: User, request: ApiRequest): Answer {
	const answer: Answer = { status: 200, body: showUser(user, request) };
	return store.behaviour.oktaETags ? { ...answer, headers: { etag: etagOf(user) } } : answer;
}

function limitOf(store: UserStore, request: ApiRequest, standard: number): number {
	const text = request.query.get('limit');
	if (text === null || text === '') return standard;
	const limit = Number(text);
	if (!Number.isInteger(limit) || limit < 1) {
		throw validationFailed(['limit: Does not match required pattern']);
	}
	if (limit <= maxLimit) return limit;
	if (store.behaviour.limitOverMax === 'clamped') return maxLimit;
	throw validationFailed([`limit: The value cannot exceed ${maxLimit}`]);
}

const isListed = (user: User) => user.status !== 'DEPROVISIONED';

/** `q`: the beginning of a name or address, up to date, one page only. */
function quickFind(store: UserStore, request: ApiRequest, q: string): Answer {
	const wanted = q.toLowerCase();
	const limit = limitOf(store, request, quickLimit);
	const found: JsonObject[] = [];
	for (const user of store.users.all()) {
		if (found.length === limit) break;
		const fits = ['firstName', 'lastName', 'email'].some((field) =>
			profileText(user, field).toLowerCase().startsWith(wanted),
		);
		if (fits && isListed(user)) found.push(showUser(user, request));
	}
	return { status: 200, list: found };
}

function searchOrder(request: ApiRequest): Order {
	const field = request.query.get('sortBy');
	return field ? orderBy(field, request.query.get('sortOrder') === 'desc') : creationOrder;
}

/** `GET /users`: all but the deprovisioned, or those of `filter` or `search`, page by page; or the few of `q`. */
export function listUsers(store: UserStore, request: ApiRequest): Answer {
	const { query } = request;
	const [q, filter, search] = [query.get('q'), query.get('filter'), query.get('search')];
	if (q && !filter && !search) return quickFind(store, request, q);
	const limit = limitOf(store, request, store.behaviour.defaultLimit);
	const order = search ? searchOrder(request) : creationOrder;
	const { test, keys } = search
		? compileSearch(search)
		: filter
			? compileFilter(filter)
			: { test: isListed, keys: undefined };
	const name = JSON.stringify([filter, search, query.get('sortBy'), query.get('sortOrder')]);
	const rows = store.select({ indexed: Boolean(search), name, keys }, (visible) => {
		const chosen: User[] = [];
		for (const user of visible) if (test(user)) chosen.push(user);
		return chosen.sort(order.compare);
	});
	const page = pageOf(request, rows, order, limit, store.behaviour.nextOnFullLastPage);
	const list = page.users.map((user) => showUser(user, request));
	return { status: 200, list, headers: page.headers };
}

/** By id, login or the beginning of a login. */
export function wantedUser(store: UserStore, request: ApiRequest): User {
	const id = request.params.id ?? '';
	const user = store.find(id);
	if (!user) throw userNotFound(id);
	return user;
}

export const getUser = (store: UserStore, request: ApiRequest): Answer =>
	answerUser(store, wantedUser(store, request), request);

/** The owner of the token; a token by client credentials belongs to an app, and has none. */
export function getMe(store: UserStore, issuer: TokenIssuer, request: ApiRequest): Answer {
	if (issuer.grantOf(tokenOf(request))) throw userNotFound('me');
	return answerUser(store, store.tokenOwner(), request);
}
