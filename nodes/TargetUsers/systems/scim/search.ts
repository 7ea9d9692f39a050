import type { Api } from '../../../shared/Api';
import type { ApiFailure, Attempt } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { readAll, readAllOf } from '../../../shared/listing';
import { plainAddressKey } from '../../../shared/normalize';
import { oncePerRun } from '../oncePerRun';
import { answersTo, findInDirectory, type SearchField } from './directory';
import { listing, modestPage, quoted } from './listing';
import { entriesOf, valueIn } from './valueLists';

const attributes: Readonly<Record<SearchField, string>> = {
	email: 'emails.value',
	login: 'userName',
};

/** Filters are optional (RFC 7644 section 3.4.2.2): 400 invalidFilter or 501 where there are none. */
const refusesFilters = ({ kind, status = 0 }: ApiFailure): boolean =>
	kind === 'status' && [400, 403, 404, 405, 501].includes(status);

/** Asked one by one: many servers know `eq` and no `or`. */
async function askFor(
	api: Api,
	by: SearchField,
	spellings: readonly string[],
): Promise<Attempt<JsonObject[]>> {
	const found = new Map<string, JsonObject>();
	for (const spelling of spellings) {
		const filter = `${attributes[by]} eq ${quoted(spelling)}`;
		// No more than a page: a server that ignores filters would give everybody.
		const users = await readAllOf(api, listing({ filter }, modestPage), modestPage);
		if (!users.ok) return users;
		for (const user of users.value) found.set(String(user.id), user);
	}
	return { ok: true, value: [...found.values()] };
}

function inOtherCase(text: string): string {
	const lower = text.toLowerCase();
	return text === lower ? text.toUpperCase() : lower;
}

/**
 * Whether nobody found means that there is nobody: some servers leave out what they cannot search, or heed the case of an address.
 * Somebody who is there has to be found by an address in other case.
 */
const findsWhoIsThere = oncePerRun(async (api: Api): Promise<boolean> => {
	const { records } = await readAll(api, listing({}, modestPage), modestPage, 0);
	for (const user of records) {
		const addresses = entriesOf(user, 'emails').map(valueIn).map(String);
		const address = addresses.find((text) => plainAddressKey(text) !== undefined);
		if (address === undefined) continue;
		const found = await askFor(api, 'email', [inOtherCase(address)]);
		return found.ok && found.value.some(({ id }) => id === user.id);
	}
	return true;
});

/** The servers of this run whose filters are of no use. */
const unfiltered = new WeakSet<Api>();

/** Users whose address or login may be one of `spellings`: by a filter, or in a list of everybody. */
export async function searchUsers(
	api: Api,
	by: SearchField,
	spellings: readonly string[],
): Promise<Attempt<JsonObject[]>> {
	if (unfiltered.has(api)) return await findInDirectory(api, by, spellings);
	const found = await askFor(api, by, spellings);
	if (!found.ok && !refusesFilters(found.failure)) return found;
	const isTrue = found.ok && found.value.every((user) => answersTo(user, by, spellings));
	const isFound = found.ok && found.value.length > 0;
	if (isTrue && (isFound || by === 'login' || (await findsWhoIsThere(api)))) return found;
	unfiltered.add(api);
	return await findInDirectory(api, by, spellings);
}
