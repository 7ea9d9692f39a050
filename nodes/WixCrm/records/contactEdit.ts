import type { Api } from '../../shared/Api';
import type { RecordStore } from '../../shared/applyChange/RecordStore';
import type { JsonObject } from '../../shared/contracts';
import { rewriteWhileSame, type Rewritten } from '../../shared/rewriteWhileSame';
import { contactStore } from './contactStore';
import { addsTo, holdsAdded } from './listAdditions';

/** The contact store for one edit, which knows whether the items to be added are there already. */
function storeFor(api: Api, set: JsonObject): RecordStore {
	const store = contactStore(api);
	return {
		...store,
		valueOf: (contact, path) => {
			const list = addsTo(path);
			if (list === undefined) return store.valueOf(contact, path);
			return holdsAdded(contact, list, set[path]) ? set[path] : null;
		},
	};
}

/**
 * Puts `set` (paths and additions to lists) into the contact, under its revision; what somebody else wrote meanwhile is not
 * written over.
 */
export async function editContact(
	api: Api,
	id: string,
	set: JsonObject,
	allowDuplicates: boolean,
): Promise<Rewritten> {
	return await rewriteWhileSame(storeFor(api, set), id, set, { allowDuplicates });
}
