import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { Attempt } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { readAllOf, type CursorListing } from '../../../shared/listing';
import { isJsonObject } from '../../../shared/paths';

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/#tag/User/operation/listUsers */
const largestPage = 200;

/** A text in an expression; what it holds cannot end it. */
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const equalsAny = (fields: readonly string[], values: readonly string[]): string =>
	fields.flatMap((field) => values.map((value) => `${field} eq ${quoted(value)}`)).join(' or ');

function allOf(conditions: readonly string[]): string {
	const given = conditions.filter((condition) => condition !== '');
	return given.length < 2 ? given.join('') : given.map((each) => `(${each})`).join(' and ');
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Okta's list without a filter leaves deactivated users out; one with a filter does not. Every user was updated since. */
const everyone = 'lastUpdated gt "1970-01-01T00:00:00.000Z"';

/** The same in another way: by all statuses that there are. */
const inAnyStatus = equalsAny(
	['status'],
	[
		'STAGED',
		'PROVISIONED',
		'ACTIVE',
		'RECOVERY',
		'LOCKED_OUT',
		'PASSWORD_EXPIRED',
		'SUSPENDED',
		'DEPROVISIONED',
	],
);

/**
 * The next page as the header `Link` names it, by its query alone: the call goes to the credential's own address, whatever host
 * the link has. undefined when it leads to something else than users; then the list would end too early.
 */
function nextIn(header: unknown): { next?: string } | undefined {
	const links = [header ?? ''].flat().join(',');
	for (const [link] of links.matchAll(/<[^>]*>[^<]*/g)) {
		const end = link.indexOf('>');
		if (!/;\s*rel\s*=\s*"?next"?/i.test(link.slice(end))) continue;
		const query = /^[^?#]*\/api\/v1\/users(\?[^#]+)$/i.exec(link.slice(1, end))?.[1];
		return query === undefined ? undefined : { next: `/users${query}` };
	}
	return {};
}

function usersListing(query: IDataObject, wants?: CursorListing['wants']): CursorListing {
	return {
		noun: 'users',
		largestPage,
		pageIn: ({ body, headers }) => {
			const next = nextIn(headers.link);
			if (!Array.isArray(body) || next === undefined) return undefined;
			return { records: body.filter(isJsonObject), ...next };
		},
		pageAfter: (limit, cursor) => ({
			method: 'GET',
			path: cursor ?? '/users',
			query: cursor === undefined ? { ...query, limit } : undefined,
			repeatable: true,
		}),
		wants,
	};
}

const isDeactivated = ({ status }: JsonObject) => status === 'DEPROVISIONED';

/** Whether Get Many restricts the list at all. */
export const isRestricted = ({ filter, search, updatedAfter, includeDeactivated }: IDataObject) =>
	[filter, search, updatedAfter].some((text) => textIn(text) !== '') ||
	includeDeactivated === false;

/** `filter` is always up to date, so it is taken wherever nothing is asked that only `search` can do. */
export function listing(filters: IDataObject): CursorListing {
	const updatedAfter = textIn(filters.updatedAfter);
	const filter = allOf([
		textIn(filters.filter),
		updatedAfter === '' ? '' : `lastUpdated gt ${quoted(updatedAfter)}`,
	]);
	const search = textIn(filters.search);
	const isPlain = filter === '' && filters.includeDeactivated === false;
	const wants =
		filters.includeDeactivated === false ? (user: JsonObject) => !isDeactivated(user) : undefined;
	if (search !== '') return usersListing({ search: allOf([search, filter]) }, wants);
	return usersListing(isPlain ? {} : { filter: filter === '' ? everyone : filter }, wants);
}

/** For a server that does not take the first expression for all users. */
export const listingByStatus = (): CursorListing => usersListing({ filter: inAnyStatus });

/** What finds users for the picker: the beginning of a name, address or login. */
export const searchForPicker = (typed: string): string =>
	['firstName', 'lastName', 'email', 'login']
		.map((field) => `profile.${field} sw ${quoted(typed)}`)
		.join(' or ');

const searchedFields = {
	email: ['profile.email', 'profile.secondEmail'],
	login: ['profile.login'],
};

/**
 * Users by address or login. `filter` sees every write but heeds case; `search` does not heed case and knows second addresses, but
 * may be behind. So both are asked, and what `search` alone finds is `read` again.
 */
export async function findUsers(
	api: Api,
	by: 'email' | 'login',
	spellings: readonly string[],
	read: (id: string) => Promise<Attempt<JsonObject | undefined>>,
): Promise<Attempt<JsonObject[]>> {
	const exact = { filter: equalsAny([`profile.${by}`], spellings) };
	const current = await readAllOf(api, usersListing(exact));
	if (!current.ok) return current;
	const anyCase = [...new Set(spellings.map((spelling) => spelling.toLowerCase()))];
	const loose = { search: equalsAny(searchedFields[by], anyCase) };
	const indexed = await readAllOf(api, usersListing(loose));
	if (!indexed.ok) return indexed;
	const found = new Map(current.value.map((user) => [String(user.id), user]));
	for (const { id } of indexed.value) {
		if (found.has(String(id))) continue;
		const fresh = await read(String(id));
		if (!fresh.ok) return fresh;
		if (fresh.value !== undefined) found.set(String(id), fresh.value);
	}
	return { ok: true, value: [...found.values()] };
}
