import type { Api } from '../../../shared/Api';
import type { ApiFailure, Attempt } from '../../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../../shared/contract';
import { readAllOf, type OffsetListing } from '../../../shared/listing';
import { leavesOpen, refusalWith } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';
import { readUserIn } from '../answers';
import { oncePerRun } from '../oncePerRun';

/**
 * How large a page may be is not documented. JetBrains' own clients ask for 200, and for all users at once; where the server
 * gives fewer, its answer says so.
 */
export const largestPage = 300;

/** All users that `query` finds; '' for all. */
export function usersListing(fields: string, query: string, order?: string): OffsetListing {
	return {
		noun: 'users',
		largestPage,
		knownIsExtra: true,
		pageIn: ({ body }) => {
			if (!isJsonObject(body)) return undefined;
			const { users, total, top } = body;
			// An answer without users is an empty page only where it says so.
			if (!Array.isArray(users) && total !== 0) return undefined;
			return {
				records: Array.isArray(users) ? users.filter(isJsonObject) : [],
				...(typeof total === 'number' ? { total } : {}),
				...(typeof top === 'number' && top > 0 ? { size: top } : {}),
			};
		},
		page: ({ limit, offset }) => ({
			method: 'GET',
			path: '/users',
			query: {
				// The total comes only where it is asked for.
				fields: `total,${fields}`,
				$skip: offset,
				$top: limit,
				...(query === '' ? {} : { query }),
				...(order === undefined ? {} : { orderBy: order }),
			},
			repeatable: true,
		}),
	};
}

/** Not every version permits to order by id. */
export const refusesOrder = ({ kind, status }: ApiFailure): boolean =>
	kind === 'status' && status === 400;

/** The account that the token acts for; undefined where the server does not tell. */
export const ownAccount = oncePerRun(
	async (api: Api): Promise<Attempt<{ id: string; isGuest: boolean } | undefined>> => {
		const query = { fields: 'id,login,name,guest' };
		const me = readUserIn(
			await api.ask({ method: 'GET', path: '/users/me', query, repeatable: true }),
		);
		if (!me.ok) return leavesOpen(me.failure) ? me : { ok: true, value: undefined };
		const { value } = me;
		return {
			ok: true,
			value: value && { id: String(value.id), isGuest: value.guest === true },
		};
	},
);

/** As the system's own answer would read if it said so. */
const answersAsGuest = refusalWith(401, 'answersAsGuest');

/** Where visitors may look in, a token that is missing or ended is no error: the guest sees what a guest may see. */
export async function faultOfAccess(api: Api): Promise<ApiFailure | undefined> {
	const own = await ownAccount(api);
	if (!own.ok) return own.failure;
	return own.value?.isGuest === true ? answersAsGuest : undefined;
}

const idIn = (alias: JsonValue): string =>
	String((isJsonObject(alias) ? alias.id : alias) ?? '').trim();

function survivorsIn(users: readonly JsonObject[]): Map<string, string> {
	const survivors = new Map<string, string>();
	for (const { id, aliases } of users) {
		for (const alias of Array.isArray(aliases) ? aliases : []) {
			if (idIn(alias) !== '') survivors.set(idIn(alias), String(id));
		}
	}
	return survivors;
}

/** By the id of each merged user: the user who lives on and lists that id among its aliases. Reads all users. */
const survivors = oncePerRun(async (api: Api): Promise<Attempt<ReadonlyMap<string, string>>> => {
	const listing = (order?: string) => usersListing('id,aliases', '', order);
	const ordered = await readAllOf(api, listing('id'));
	const refused = !ordered.ok && refusesOrder(ordered.failure);
	const users = refused ? await readAllOf(api, listing()) : ordered;
	return users.ok ? { ok: true, value: survivorsIn(users.value) } : users;
});

/** The user into whom `id` was merged; undefined when it was not. */
export async function survivorOf(api: Api, id: string): Promise<Attempt<string | undefined>> {
	const found = await survivors(api);
	return found.ok ? { ok: true, value: found.value.get(id) } : found;
}
