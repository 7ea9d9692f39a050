import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import type { Answer, ApiRequest } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { answerBulk, type ItemResult } from '../bulk.mts';
import { contactNotFound } from '../errors.mts';
import type { Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { readContact } from './input.mts';
import { changeTags } from './tags.mts';
import { upsertOne } from './upsert.mts';
import { createOne, deleteOne, updateOne } from './writes.mts';
import { viewV5 } from './view.mts';

const objectOf = (value: JsonValue): JsonObject => (isJsonObject(value) ? value : {});

function resultOf(
	store: WixStore,
	body: JsonObject,
	contact: Contact,
	more: JsonObject = {},
): ItemResult {
	const item: JsonObject = body.returnEntity === true ? { item: viewV5(store, contact) } : {};
	return { id: contact.id, more: { ...item, ...more } };
}

const maskedId = (item: JsonValue) => {
	const { contact } = objectOf(item);
	return isJsonObject(contact) && typeof contact.id === 'string' ? contact.id : undefined;
};

/** `POST …/bulk/contacts/create`: bare contacts. */
export function bulkCreate(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const single = (contact: JsonValue): JsonObject => ({
		contact,
		allowDuplicates: body.allowDuplicates === true,
	});
	const work = (contact: JsonValue) => resultOf(store, body, createOne(store, single(contact)));
	return answerBulk(store, { field: 'contacts', items: body.contacts, work }, (contact) => {
		readContact(single(contact), store.behaviour);
	});
}

/** `POST …/bulk/contacts/update`: each contact in a `contact` of its own, with id and revision. */
export function bulkUpdate(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const single = (item: JsonValue): JsonObject => ({
		...objectOf(item),
		allowDuplicates: body.allowDuplicates === true,
	});
	const work = (item: JsonValue) => resultOf(store, body, updateOne(store, single(item)));
	return answerBulk(
		store,
		{ field: 'contacts', items: body.contacts, idOf: maskedId, work },
		(item) => {
			readContact(single(item), store.behaviour);
		},
	);
}

/** `POST …/bulk/contacts/upsert`: as update, without ids; each item answers its action. */
export function bulkUpsert(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const { upsertMode, updateMember } = body;
	const single = (item: JsonValue): JsonObject => ({
		...objectOf(item),
		upsertMode: upsertMode ?? 'OVERWRITE',
		updateMember: updateMember === true,
	});
	const work = (item: JsonValue) => {
		const { contact, action } = upsertOne(store, single(item));
		return resultOf(store, body, contact, { action });
	};
	return answerBulk(store, { field: 'contacts', items: body.contacts, work }, (item) => {
		readContact(single(item), store.behaviour);
	});
}

const ownId = (item: JsonValue) => String(item);

function contactOf(store: WixStore, id: JsonValue): Contact {
	const contact = store.contacts.get(String(id));
	if (!contact) throw contactNotFound();
	return contact;
}

export function bulkDelete(store: WixStore, request: ApiRequest): Answer {
	const { contactIds, deleteMembers } = bodyOf(request);
	const work = (id: JsonValue): ItemResult => {
		deleteOne(store, contactOf(store, id), deleteMembers === true);
		return { id: String(id) };
	};
	return answerBulk(store, { field: 'contactIds', items: contactIds, idOf: ownId, work });
}

export function bulkUpdateTags(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const work = (id: JsonValue) =>
		resultOf(store, body, changeTags(store, contactOf(store, id), body));
	return answerBulk(store, { field: 'contactIds', items: body.contactIds, idOf: ownId, work });
}
