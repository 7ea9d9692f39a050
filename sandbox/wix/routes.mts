import { ok, type Answer, type ApiRequest, type Route } from '../control/http.mts';
import { catalogRoutes } from './catalogRoutes.mts';
import { getContact, listContacts, queryContacts } from './contactReads.mts';
import {
	bodyOf,
	changeLabels,
	createContact,
	deleteContact,
	updateContact,
} from './contactWrites.mts';
import { validationError } from './errors.mts';
import { getMember, listMembers, queryMembers } from './memberReads.mts';
import { clearList, createMember, deleteMember, updateMember } from './memberWrites.mts';
import { mergeContacts } from './merge.mts';
import { withUnpackedQuery } from './packedQuery.mts';
import type { WixStore } from './wixStore.mts';

const contacts = '/contacts/v4/contacts';
const members = '/members/v1/members';
export const updateContactPath = `${contacts}/:id`;

function merge(store: WixStore, request: ApiRequest): Answer {
	const { targetContactRevision, sourceContactIds } = bodyOf(request);
	if (typeof targetContactRevision !== 'number') {
		throw validationError('targetContactRevision', 'is required', 'REQUIRED_FIELD');
	}
	const ids = Array.isArray(sourceContactIds) ? sourceContactIds.map(String) : [];
	return ok({ contact: mergeContacts(store, request.params.id ?? '', targetContactRevision, ids) });
}

type StoreHandler = (store: WixStore, request: ApiRequest) => Answer;

/** The routes of the Wix server, those with fixed segments before those with an id. */
export function wixRoutes(store: WixStore): Route[] {
	const route = (method: Route['method'], path: string, handler: StoreHandler): Route => ({
		method,
		path,
		handle: (request) => handler(store, withUnpackedQuery(request)),
		...(path.endsWith('/query') ? { readOnly: true } : {}),
	});
	return [
		route('POST', `${contacts}/query`, queryContacts),
		route('GET', contacts, listContacts),
		route('POST', contacts, createContact),
		route('GET', `${contacts}/:id`, getContact),
		route('PATCH', updateContactPath, updateContact),
		route('DELETE', `${contacts}/:id`, deleteContact),
		route('POST', `${contacts}/:id/merge`, merge),
		route('POST', `${contacts}/:id/labels`, changeLabels),
		route('DELETE', `${contacts}/:id/labels`, changeLabels),
		...catalogRoutes(store),
		route('POST', `${members}/query`, queryMembers),
		route('GET', members, listMembers),
		route('POST', members, createMember),
		route('GET', `${members}/:id`, getMember),
		route('PATCH', `${members}/:id`, updateMember),
		route('DELETE', `${members}/:id`, deleteMember),
		route('DELETE', `${members}/:id/phones`, clearList('phones')),
		route('DELETE', `${members}/:id/emails`, clearList('emails')),
		route('DELETE', `${members}/:id/addresses`, clearList('addresses')),
	];
}
