import type { JsonObject } from '../../nodes/shared/contract/index';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { isGuest } from './authorize.mts';
import { hubError, userNotFound } from './errors.mts';
import { parseFields, select, shortForm } from './fieldSelection.mts';
import { addressAsked, compileQuery } from './query.mts';
import type { User } from './types.mts';
import type { UserStore } from './userStore.mts';

const defaultTop = 100;
const sortKeys: Record<string, (user: User) => string | number> = {
	id: (user) => user.id,
	login: (user) => user.login.toLowerCase(),
	name: (user) => user.name.toLowerCase(),
	creationTime: (user) => (typeof user.creationTime === 'number' ? user.creationTime : 0),
};

/** One user as `fields` selects it; in short form without. */
export function showUser(store: UserStore, user: User, request: ApiRequest): JsonObject {
	const fields = request.query.get('fields');
	const shown = store.visible(user);
	return fields ? select(shown, parseFields(fields)) : shortForm(shown);
}

function wholeNumber(request: ApiRequest, name: string, fallback: number, least: number): number {
	const text = request.query.get(name);
	if (text === null || text === '') return fallback;
	const number = Number(text);
	if (!Number.isInteger(number) || number < least) {
		throw hubError(400, 'Bad Request', `${name} must be a whole number from ${least} on.`);
	}
	return number;
}

/** A server may have a largest page, whatever is asked for; -1 is everything. */
const cutTop = (top: number, most: number): number =>
	most > 0 && (top === -1 || top > most) ? most : top;

type Compare = (a: User, b: User) => number;

function readOrder(store: UserStore, request: ApiRequest): Compare | undefined {
	const text = request.query.get('orderBy');
	if (!text) return undefined;
	const [field = '', direction = 'asc'] = text.split(':');
	const key = Object.hasOwn(sortKeys, field) ? sortKeys[field] : undefined;
	const refused = field === 'id' && store.behaviour.refuseOrderById;
	if (!key || refused || !['asc', 'desc'].includes(direction)) {
		throw hubError(400, 'Bad Request', `Users cannot be ordered by "${text}".`);
	}
	const sign = direction === 'desc' ? -1 : 1;
	return (a, b) => {
		const [left, right] = [key(a), key(b)];
		return left === right ? 0 : left < right ? -sign : sign;
	};
}

/** `{type, skip, top, total?, users}`; guests and banned users are part of it. */
export function listUsers(store: UserStore, request: ApiRequest): Answer {
	const query = request.query.get('query') ?? '';
	const fields = request.query.get('fields');
	const tree = fields ? parseFields(fields) : undefined;
	const skip = wholeNumber(request, '$skip', 0, 0);
	const top = cutTop(wholeNumber(request, '$top', defaultTop, -1), store.behaviour.topMaximum);
	const { looseEmailQuery: loose, hiddenEmails } = store.behaviour;
	const passes = compileQuery(query, loose);
	const compare = readOrder(store, request);
	store.users.beginRead();
	const choose = (visible: Iterable<User>) => {
		const chosen: User[] = [];
		for (const user of visible) if (passes(store.visible(user))) chosen.push(user);
		return compare ? chosen.sort(compare) : chosen;
	};
	const address = loose ? undefined : addressAsked(query);
	const rows = address
		? choose(store.users.visibleHolders([address]))
		: store.users.listed(
				JSON.stringify([query, request.query.get('orderBy'), loose, hiddenEmails]),
				choose,
			);
	const page = rows.slice(skip, top === -1 ? undefined : skip + top);
	return ok({
		type: 'usersPage',
		skip,
		top,
		...(!tree || tree.total ? { total: rows.length } : {}),
		users: page.map((user) => showUser(store, user, request)),
	});
}

export function getMe(store: UserStore, request: ApiRequest): Answer {
	const me = isGuest(request, store.behaviour) ? store.guest() : store.tokenOwner();
	return ok(showUser(store, me, request));
}

/** A merged-away id answers the surviving user, unless a switch says that it is gone. */
export function getUser(store: UserStore, request: ApiRequest): Answer {
	const id = request.params.id ?? '';
	const user = store.users.get(store.survivorOf(id));
	if (!user) throw userNotFound(id);
	return ok(showUser(store, user, request));
}
