import type { Route } from '../../control/http.mts';
import { withPackedBody } from '../packedQuery.mts';
import { storeRoute, type StoreHandler } from '../storeRoute.mts';
import type { WixStore } from '../wixStore.mts';
import { bulkCreate, bulkDelete, bulkUpdate, bulkUpdateTags, bulkUpsert } from './bulkContacts.mts';
import { mergeContactsV5 } from './merge.mts';
import { countContactsV5, findMatching, queryContactsV5, searchContactsV5 } from './reads.mts';
import { updateTags } from './tags.mts';
import { upsertContactV5 } from './upsert.mts';
import { createContactV5, deleteContactV5, getContactV5, updateContactV5 } from './writes.mts';

const contacts = '/contacts/v5/contacts';
const bulk = '/contacts/v5/bulk/contacts';
export const updateContactV5Path = `${contacts}/:id`;
export const bulkUpdatePath = `${bulk}/update`;

/** Query and Search go by POST and by GET. */
function readRoutes(store: WixStore, path: string, handler: StoreHandler): Route[] {
	return [
		{ ...storeRoute(store, 'POST', path, handler), readOnly: true },
		{ method: 'GET', path, handle: (request) => handler(store, withPackedBody(request)) },
	];
}

/** Contacts v5, the routes with fixed segments before those with an id. */
export function contactsV5Routes(store: WixStore): Route[] {
	const route = (method: Route['method'], path: string, handler: StoreHandler) =>
		storeRoute(store, method, path, handler);
	return [
		...readRoutes(store, `${contacts}/query`, queryContactsV5),
		...readRoutes(store, `${contacts}/search`, searchContactsV5),
		{ ...route('POST', `${contacts}/count`, countContactsV5), readOnly: true },
		route('GET', `${contacts}/find-matching`, findMatching),
		route('POST', `${contacts}/upsert`, upsertContactV5),
		route('POST', contacts, createContactV5),
		route('GET', `${contacts}/:id`, getContactV5),
		route('PATCH', updateContactV5Path, updateContactV5),
		route('DELETE', `${contacts}/:id`, deleteContactV5),
		route('POST', `${contacts}/:id/update-tags`, updateTags),
		route('POST', `${contacts}/:id/merge`, mergeContactsV5),
		route('POST', `${bulk}/create`, bulkCreate),
		route('POST', bulkUpdatePath, bulkUpdate),
		route('POST', `${bulk}/upsert`, bulkUpsert),
		route('POST', `${bulk}/delete`, bulkDelete),
		route('POST', `${bulk}/update-tags`, bulkUpdateTags),
	];
}
