import { ok, type Route } from '../control/http.mts';
import { bodyOf } from './body.mts';
import { bulkJobRoutes } from './bulkJobs.mts';
import { catalogRoutes } from './catalogRoutes.mts';
import { getContact, listContacts, queryContacts } from './contactReads.mts';
import { changeLabels, createContact, deleteContact, updateContact } from './contactWrites.mts';
import { validationError } from './errors.mts';
import { memberRoutes } from './memberRoutes.mts';
import { withEmptyLists } from './emptyLists.mts';
import { mergeContacts, previewMerge } from './merge.mts';
import { siteRoutes } from './siteList.mts';
import { storeRoute, type StoreHandler } from './storeRoute.mts';
import { contactsV5Routes } from './v5/routes.mts';
import type { WixStore } from './wixStore.mts';

const contacts = '/contacts/v4/contacts';
export const updateContactPath = `${contacts}/:id`;

/** `{targetContactRevision, sourceContactIds}`; a preview needs no revision. */
const merge =
	(work: typeof mergeContacts, needsRevision: boolean): StoreHandler =>
	(store, request) => {
		const { targetContactRevision: revision, sourceContactIds } = bodyOf(request);
		if (needsRevision && typeof revision !== 'number') {
			throw validationError('targetContactRevision', 'is required', 'REQUIRED_FIELD');
		}
		const ids = Array.isArray(sourceContactIds) ? sourceContactIds.map(String) : [];
		const known = typeof revision === 'number' ? revision : undefined;
		return ok({ contact: work(store, request.params.id ?? '', known, ids) });
	};

/** The routes of the Wix server, those with fixed segments before those with an id. */
export function wixRoutes(store: WixStore): Route[] {
	const route = (method: Route['method'], path: string, handler: StoreHandler) =>
		storeRoute(store, method, path, (_store, request) =>
			withEmptyLists(handler(store, request), store.behaviour),
		);
	return [
		route('POST', `${contacts}/query`, queryContacts),
		route('GET', contacts, listContacts),
		route('POST', contacts, createContact),
		route('GET', `${contacts}/:id`, getContact),
		route('PATCH', updateContactPath, updateContact),
		route('DELETE', `${contacts}/:id`, deleteContact),
		route('POST', `${contacts}/:id/merge`, merge(mergeContacts, true)),
		{
			...route('POST', `${contacts}/:id/preview-merge`, merge(previewMerge, false)),
			readOnly: true,
		},
		route('POST', `${contacts}/:id/labels`, changeLabels),
		route('DELETE', `${contacts}/:id/labels`, changeLabels),
		...bulkJobRoutes(store),
		...contactsV5Routes(store),
		...catalogRoutes(store),
		...siteRoutes,
		...memberRoutes(store),
	];
}
