import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { RecordStore } from '../../shared/apply/RecordStore';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { rewriteWhileSame, type Rewritten } from '../../shared/apply/rewriteWhileSame';
import { isClearableList, valueOf } from './contactInfo';
import { contactStore, refusalOf, writeContact } from './contactStore';
import { addsTo, holdsAdded } from './listAdditions';
import { objectAt } from './parts';
import { itemsOf } from './primaryItem';

/** notCleared: Wix accepted the edit, but the contact still has values at these paths, which were to be empty. */
export type Edited = Rewritten | { outcome: 'notCleared'; paths: string[] };

/** A list that is to be cleared counts as empty in whatever shape it comes. */
function shownAt(contact: JsonObject, path: string): JsonValue {
	if (!isClearableList(path)) return valueOf(contact, path);
	const items = itemsOf(objectAt(contact, 'info')[path.slice('info.'.length)]);
	return items.length === 0 ? null : items;
}

const notCleared = (contact: JsonObject, set: JsonObject): string[] =>
	Object.keys(set).filter((path) => isBlank(set[path]) && !isBlank(shownAt(contact, path)));

/**
 * Writes under the revision of `contact`. What an empty text does not clear, or where Wix refuses one, null is to clear:
 * which of the two Wix heeds is not documented.
 */
async function writeOrClear(
	api: Api,
	contact: JsonObject,
	set: JsonObject,
	allowDuplicates: boolean,
): Promise<Attempt<JsonObject | undefined>> {
	const written = await writeContact(api, contact, set, allowDuplicates);
	if (!written.ok) {
		const mayBeBlank = refusalOf(written.failure).kind === 'badValue';
		const clears = Object.values(set).some(isBlank);
		if (!mayBeBlank || !clears) return written;
		return await writeContact(api, contact, set, allowDuplicates, null);
	}
	const now = written.value;
	const left = now === undefined ? [] : notCleared(now, set);
	if (now === undefined || left.length === 0) return written;
	const rest = Object.fromEntries(left.map((path) => [path, null]));
	return await writeContact(api, now, rest, allowDuplicates, null);
}

/** The contact store for one edit, which knows whether the items to be added are there already. */
function storeFor(api: Api, set: JsonObject): RecordStore {
	return {
		...contactStore(api),
		valueOf: (contact, path) => {
			const list = addsTo(path);
			if (list === undefined) return shownAt(contact, path);
			const added = set[path];
			return added !== undefined && holdsAdded(contact, list, added) ? added : null;
		},
		write: async (contact, values, options) =>
			await writeOrClear(api, contact, values, options.allowDuplicates === true),
	};
}

/**
 * Puts `set` (paths and additions to lists) into the contact, under its revision; a blank value clears. What somebody else
 * wrote meanwhile is not written over.
 */
export async function editContact(
	api: Api,
	id: string,
	set: JsonObject,
	allowDuplicates: boolean,
): Promise<Edited> {
	const done = await rewriteWhileSame(storeFor(api, set), id, set, { allowDuplicates });
	if (done.outcome !== 'written') return done;
	const paths = notCleared(done.record, set);
	return paths.length === 0 ? done : { outcome: 'notCleared', paths };
}
