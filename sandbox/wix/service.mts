import type { JsonObject } from '../../nodes/shared/contracts';
import { ApiError, ControlError, type ApiRequest } from '../control/http.mts';
import type { Service } from '../control/service.mts';
import { authorize } from './authorize.mts';
import { editWixRecord } from './edit.mts';
import { plainFailure } from './errors.mts';
import { importWixState } from './importState.mts';
import { showMember } from './memberShape.mts';
import { mergeContacts } from './merge.mts';
import { updateContactPath, wixRoutes } from './routes.mts';
import { WixStore, type WixRecords } from './wixStore.mts';

function stateOf(store: WixStore): JsonObject {
	return {
		contacts: [...store.contacts.all()],
		members: [...store.members.all()].map((member) =>
			showMember(member, store.contacts.get(member.contactId), 'FULL'),
		),
	};
}

function remove(store: WixStore, id: string): boolean {
	const member = store.members.get(id);
	if (member) {
		store.removeMember(member);
		return true;
	}
	if (!store.contacts.get(id)) return false;
	// In the product a person may delete a member together with the contact.
	const ofContact = store.memberOf(id);
	if (ofContact) store.removeMember(ofContact);
	store.removeContact(id);
	return true;
}

function merge(store: WixStore, targetId: string, sourceIds: string[]): JsonObject {
	try {
		return mergeContacts(store, targetId, undefined, sourceIds);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const status = error.answer.status === 404 ? 404 : 400;
		throw new ControlError(
			status,
			`These contacts cannot be merged: ${JSON.stringify(error.answer.body)}`,
		);
	}
}

function bumpRevision(store: WixStore, request: ApiRequest): void {
	const contact = store.contacts.get(request.params.id ?? '');
	if (contact) store.changeContact(contact, contact.info);
}

/** The Wix server: Contacts v4 and Members v1. */
export function wixService(people: WixRecords, seed: number): Service {
	const store = new WixStore(seed);
	store.load(people);
	let requests = 0;
	return {
		name: 'wix',
		routes: wixRoutes(store),
		authorize,
		failure: plainFailure,
		headers: () => ({ 'x-wix-request-id': `${Math.floor(Date.now() / 1000)}.${++requests}` }),
		canConflict: (route) => route.method === 'PATCH' && route.path === updateContactPath,
		provokeConflict: (request) => bumpRevision(store, request),
		setBehaviour: (behaviour) => {
			store.behaviour = behaviour;
		},
		state: () => stateOf(store),
		replaceState: (state) => importWixState(store, state),
		edit: (id, path, value) => editWixRecord(store, id, path, value),
		remove: (id) => remove(store, id),
		merge: (targetId, sourceIds) => merge(store, targetId, sourceIds),
		reset: () => store.load(people),
	};
}
