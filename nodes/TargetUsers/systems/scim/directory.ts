import type { Api } from '../../../shared/Api';
import type { Attempt } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { readAllOf } from '../../../shared/listing';
import { comparisonKey, isBlank } from '../../../shared/normalize';
import { listing, modestPage } from './listing';
import { entriesOf, valueIn } from './valueLists';

export type SearchField = 'email' | 'login';

const keyOf = (by: SearchField, text: unknown): string =>
	`${by} ${comparisonKey(String(text ?? ''), by === 'email' ? 'email' : 'ignoreCase')}`;

function keysOf(user: JsonObject): string[] {
	const addresses = entriesOf(user, 'emails')
		.map(valueIn)
		.filter((value) => !isBlank(value));
	return [keyOf('login', user.userName), ...addresses.map((address) => keyOf('email', address))];
}

/** Whether `user` has one of `spellings` as address or login. */
export function answersTo(user: JsonObject, by: SearchField, spellings: readonly string[]) {
	const keys = keysOf(user);
	return spellings.some((spelling) => keys.includes(keyOf(by, spelling)));
}

/** All users of a server that cannot be asked for one of them, by what they are looked up by. */
class Directory {
	private readonly users = new Map<string, JsonObject>();

	private readonly ids = new Map<string, Set<string>>();

	put(user: JsonObject): void {
		const id = String(user.id);
		this.users.set(id, user);
		for (const key of keysOf(user)) this.ids.set(key, (this.ids.get(key) ?? new Set()).add(id));
	}

	delete(id: string): void {
		this.users.delete(id);
	}

	/** May hold users who had one of them earlier. */
	find(by: SearchField, spellings: readonly string[]): JsonObject[] {
		const ids = spellings.flatMap((spelling) => [...(this.ids.get(keyOf(by, spelling)) ?? [])]);
		return [...new Set(ids)].map((id) => this.users.get(id)).filter((user) => user !== undefined);
	}
}

const directories = new WeakMap<Api, Directory>();

/** All users, in pages of the modest size where the server refuses larger ones. */
async function everybody(api: Api): Promise<Attempt<JsonObject[]>> {
	const users = await readAllOf(api, listing({}));
	const isRefused = !users.ok && users.failure.status === 400;
	return isRefused ? await readAllOf(api, listing({}, modestPage)) : users;
}

/** As the server's own search, but in a list of everybody that is read once in a run. */
export async function findInDirectory(
	api: Api,
	by: SearchField,
	spellings: readonly string[],
): Promise<Attempt<JsonObject[]>> {
	let directory = directories.get(api);
	if (directory === undefined) {
		const users = await everybody(api);
		if (!users.ok) return users;
		directory = new Directory();
		for (const user of users.value) directory.put(user);
		directories.set(api, directory);
	}
	return { ok: true, value: directory.find(by, spellings) };
}

/** A user whom this run wrote, as it is now. */
export function noteWritten(api: Api, user: JsonObject): void {
	directories.get(api)?.put(user);
}

export function noteDeleted(api: Api, id: string): void {
	directories.get(api)?.delete(id);
}

/** Nobody knows what a write has done: the next search reads everybody anew. */
export function forgetEverybody(api: Api): void {
	directories.delete(api);
}
