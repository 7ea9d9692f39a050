import type { JsonObject } from '../../../nodes/shared/contract/index';
import { ok, type Answer, type ApiRequest } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { contactAt } from '../contactWrites.mts';
import { applicationError } from '../errors.mts';
import type { Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { tagIdsOf } from './extras.mts';
import { viewV5 } from './view.mts';

/** Assigns and unassigns the tags of `{assignTags, unassignTags}`; no revision is needed. */
export function changeTags(store: WixStore, contact: Contact, body: JsonObject): Contact {
	const assigned = tagIdsOf(body.assignTags) ?? [];
	const unassigned = tagIdsOf(body.unassignTags) ?? [];
	if (assigned.length + unassigned.length === 0) {
		throw applicationError(400, 'EMPTY_ASSIGN_AND_UNASSIGN_LISTS', 'There is no tag to change.');
	}
	const extras = store.extras.get(contact.id);
	const tagIds = [...new Set([...(extras.tagIds ?? []), ...assigned])].filter(
		(tag) => !unassigned.includes(tag),
	);
	store.extras.set(contact.id, { ...extras, tagIds });
	return store.changeContact(contact, contact.info);
}

export const updateTags = (store: WixStore, request: ApiRequest): Answer =>
	ok({ contact: viewV5(store, changeTags(store, contactAt(store, request), bodyOf(request))) });
