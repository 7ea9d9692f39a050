import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { ok, type Answer, type ApiRequest } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { contactAt, refuseDelete } from '../contactWrites.mts';
import {
	applicationError,
	codedError,
	contactChanged,
	contactNotFound,
	validationError,
} from '../errors.mts';
import { addressKey, type Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { checkWhole, readContact } from './input.mts';
import { identifiersOf, refuseMatches } from './matching.mts';
import { patchedV5, recordFor } from './patch.mts';
import { viewV5 } from './view.mts';

/** v5 dates its conflict otherwise than v4 by name: which name is not documented, so a switch says it. */
function revisionConflict(code: string) {
	const message = 'Contact has been updated since the requested revision.';
	if (code === 'CONTACT_ALREADY_CHANGED') return contactChanged();
	return codedError(409, code, message);
}

/** Makes a contact of `{contact, allowDuplicates}`. */
export function createOne(store: WixStore, body: JsonObject): Contact {
	const sent = readContact(body, store.behaviour);
	const patched = patchedV5(store, {}, sent);
	checkWhole(patched);
	if (body.allowDuplicates !== true) refuseMatches(store, patched);
	const { info, extras } = recordFor(store, undefined, patched, sent);
	const contact = store.createContact(info, { sourceType: 'THIRD_PARTY' });
	store.extras.set(contact.id, extras);
	return contact;
}

function revisionOf(value: JsonValue | undefined): number {
	const revision = Number(value);
	const isInteger = (typeof value === 'string' && value !== '') || typeof value === 'number';
	if (isInteger && Number.isInteger(revision)) return revision;
	throw validationError('contact.revision', 'is required', 'REQUIRED_FIELD');
}

/** Writes the sent parts over a contact, whatever its revision is. */
export function writeOver(
	store: WixStore,
	contact: Contact,
	sent: JsonObject,
	allowDuplicates: boolean,
): Contact {
	const before = viewV5(store, contact);
	const patched = patchedV5(store, before, sent);
	const [old, fresh] = [identifiersOf(before), identifiersOf(patched)];
	if (old.externalId !== '' && old.externalId !== fresh.externalId) {
		throw applicationError(400, 'CANNOT_CHANGE_EXTERNAL_ID', 'The external ID is set already.');
	}
	if (store.memberOf(contact.id) && addressKey(old.email) !== fresh.email) {
		throw applicationError(
			428,
			'CANNOT_UPDATE_MEMBER_EMAIL',
			'The main email of a site member cannot be changed through contacts.',
		);
	}
	checkWhole(patched);
	if (!allowDuplicates) refuseMatches(store, patched, contact);
	const { info, extras } = recordFor(store, contact, patched, sent);
	store.extras.set(contact.id, extras);
	return store.changeContact(contact, info);
}

/** Updates by `{contact: {id, revision, …}, allowDuplicates}`. */
export function updateOne(store: WixStore, body: JsonObject): Contact {
	const sent = readContact(body, store.behaviour);
	const revision = revisionOf(sent.revision);
	const contact = store.contacts.get(String(sent.id ?? ''));
	if (!contact) throw contactNotFound();
	if (revision !== contact.revision) throw revisionConflict(store.behaviour.v5ConflictCode);
	return writeOver(store, contact, sent, body.allowDuplicates === true);
}

export function deleteOne(store: WixStore, contact: Contact, withMember: boolean): void {
	refuseDelete(store, contact, withMember);
	const member = store.memberOf(contact.id);
	if (member) store.removeMember(member);
	store.removeContact(contact.id);
}

export const createContactV5 = (store: WixStore, request: ApiRequest): Answer =>
	ok({ contact: viewV5(store, createOne(store, bodyOf(request))) });

export function updateContactV5(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const contact = readContact(body, store.behaviour);
	const whole = { ...body, contact: { ...contact, id: request.params.id ?? '' } };
	return ok({ contact: viewV5(store, updateOne(store, whole)) });
}

/** Moves the contact to the trash bin, which nothing else here shows. */
export function deleteContactV5(store: WixStore, request: ApiRequest): Answer {
	deleteOne(store, contactAt(store, request), request.query.get('deleteMember') === 'true');
	return ok({});
}

export const getContactV5 = (store: WixStore, request: ApiRequest): Answer =>
	ok({ contact: viewV5(store, contactAt(store, request)) });
