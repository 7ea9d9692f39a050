import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ApiError, ControlError, type ApiRequest } from '../control/http.mts';
import type { Service } from '../control/service.mts';
import { authorize } from './authorize.mts';
import { bodyOf } from './body.mts';
import { editWixRecord } from './edit.mts';
import { plainFailure } from './errors.mts';
import { automationRoutes } from './events/automationRoutes.mts';
import { WixEvents } from './events/wixEvents.mts';
import { importWixState } from './importState.mts';
import { showMember } from './memberShape.mts';
import { mergeContacts } from './merge.mts';
import { updateContactPath, wixRoutes } from './routes.mts';
import { bulkUpdatePath, updateContactV5Path } from './v5/routes.mts';
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

/** The contact that a call updates; of a bulk update one in the middle. */
function updatedId(request: ApiRequest): JsonValue | undefined {
	const { contacts } = bodyOf(request);
	if (!Array.isArray(contacts)) return request.params.id;
	const item = contacts[Math.floor(contacts.length / 2)];
	return isJsonObject(item) && isJsonObject(item.contact) ? item.contact.id : undefined;
}

function bumpRevision(store: WixStore, request: ApiRequest): void {
	const contact = store.contacts.get(String(updatedId(request) ?? ''));
	if (contact) store.changeContact(contact, contact.info);
}

const conflicting = new Set([
	`PATCH ${updateContactPath}`,
	`PATCH ${updateContactV5Path}`,
	`POST ${bulkUpdatePath}`,
]);

/** The Wix server: Contacts v4 and v5 over one store, Members v1, automations, and the webhooks of apps. */
export function wixService(people: WixRecords, seed: number): Service {
	const store = new WixStore(seed);
	store.load(people);
	const events = new WixEvents(store);
	let requests = 0;
	return {
		name: 'wix',
		routes: [...wixRoutes(store), ...automationRoutes(events.automations)],
		authorize: (request) => {
			authorize(request);
			const token = request.header('x-wix-consistent') ?? '';
			store.callerSees = store.behaviour.consistencyToken ? Number(token.slice(1)) || 0 : 0;
		},
		failure: plainFailure,
		headers: () => ({
			'x-wix-request-id': `${Math.floor(Date.now() / 1000)}.${++requests}`,
			...(store.behaviour.consistencyToken ? { 'x-wix-consistent': `w${store.writes}` } : {}),
		}),
		canConflict: (route) => conflicting.has(`${route.method} ${route.path}`),
		provokeConflict: (request) => bumpRevision(store, request),
		setBehaviour: (behaviour) => {
			store.behaviour = behaviour;
		},
		state: () => stateOf(store),
		replaceState: (state) => importWixState(store, state),
		edit: (id, path, value) =>
			editWixRecord(store, id, path, value) ?? events.edit(id, path, value),
		remove: (id) => remove(store, id) || events.remove(id),
		merge: (targetId, sourceIds) => merge(store, targetId, sourceIds),
		reset: () => {
			events.reset();
			store.load(people);
		},
		controls: events.controls,
		close: () => events.close(),
	};
}
