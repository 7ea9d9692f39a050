import { Messages, Types } from 'scimmy';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { alternativesOf, isExact, mapTexts } from './conditions.mts';
import { refusal } from './refusal.mts';
import { lookupKey, type ScimUser } from './types.mts';
import type { UserStore } from './userStore.mts';

/** What a list is asked for; `texts` are those that were set aside from the filter. */
export interface Query {
	filter?: Types.Filter | undefined;
	texts: readonly string[];
	sortBy?: string | undefined;
	sortOrder?: string | undefined;
}

/** scimmy's matching fails on a condition below an attribute that a record does not have. */
const absent: JsonObject = {
	name: {},
	emails: [],
	phoneNumbers: [],
	addresses: [],
	ims: [],
	photos: [],
	groups: [],
	roles: [],
	entitlements: [],
	x509Certificates: [],
	'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {},
};

const foldedUsers = new WeakMap<ScimUser, JsonObject>();

/** The user with all texts in lower case, but those that are always compared as they are. */
function folded(user: ScimUser): JsonObject {
	const known = foldedUsers.get(user);
	if (known) return known;
	const entries = Object.entries(user).map(([name, value]): [string, JsonValue] => [
		name,
		isExact(name) ? value : mapTexts(value, (text) => text.toLowerCase()),
	]);
	const copy = { ...absent, ...Object.fromEntries(entries) };
	foldedUsers.set(user, copy);
	return copy;
}

const equalTo = (condition: JsonValue | undefined): JsonValue | undefined =>
	Array.isArray(condition) && condition[0] === 'eq' ? condition[1] : undefined;

function keyOf({ userName, emails }: JsonObject): string | undefined {
	const name = equalTo(userName);
	if (typeof name === 'string') return lookupKey('userName', name);
	const address = isJsonObject(emails) ? equalTo(emails.value) : undefined;
	return typeof address === 'string' ? lookupKey('email', address) : undefined;
}

function refuseUnsupported(store: UserStore, alternatives: readonly JsonObject[]): void {
	if (store.behaviour.scimFilterByEmail) return;
	if (alternatives.some((alternative) => 'emails' in alternative)) {
		throw refusal(400, 'Users cannot be filtered by emails.', 'invalidFilter');
	}
}

function matching(
	users: Iterable<ScimUser>,
	alternatives: JsonObject[],
	caseExact: boolean,
): ScimUser[] {
	const filter = new Types.Filter(alternatives);
	const rows = [...users];
	const seen = rows.map((user) => (caseExact ? { ...absent, ...user } : folded(user)));
	const passed = new Set<JsonObject>(filter.match(seen) as JsonObject[]);
	return rows.filter((_, index) => passed.has(seen[index] as JsonObject));
}

function sorted(rows: ScimUser[], { sortBy, sortOrder }: Query): ScimUser[] {
	if (!sortBy) return rows;
	const list = new Messages.ListResponse(rows as never[], {
		sortBy,
		...(sortOrder ? { sortOrder } : {}),
		itemsPerPage: rows.length,
	});
	return list.Resources as ScimUser[];
}

/** All users that a query finds, in order. One that asks for user names or addresses by `eq` looks at their holders only. */
export function rowsFor(store: UserStore, query: Query): ScimUser[] {
	const { filter, texts, sortBy, sortOrder } = query;
	const { scimFilter, scimFilterCaseExact: caseExact } = store.behaviour;
	const isFiltered = filter !== undefined && scimFilter !== 'ignored';
	const alternatives = isFiltered ? alternativesOf(filter, texts, caseExact) : [];
	refuseUnsupported(store, alternatives);
	store.users.beginRead();
	const choose = (visible: Iterable<ScimUser>) =>
		sorted(isFiltered ? matching(visible, alternatives, caseExact) : [...visible], query);
	const keys = alternatives.map(keyOf);
	if (isFiltered && keys.every((key) => key !== undefined)) {
		return choose(store.users.visibleHolders(keys));
	}
	return store.users.listed(
		JSON.stringify([isFiltered, alternatives, caseExact, sortBy, sortOrder]),
		choose,
	);
}
