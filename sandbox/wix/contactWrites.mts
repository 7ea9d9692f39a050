import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { checkEnough, checkInfo } from './contactInput.mts';
import { refuseDuplicates } from './duplicates.mts';
import { applicationError, contactChanged, contactNotFound, validationError } from './errors.mts';
import { extendedFieldsOf, itemsOf, nameOf, primaryOf, textsOf, type Contact } from './types.mts';
import type { WixStore } from './wixStore.mts';

const infoKeys = new Set([
	'name',
	'emails',
	'phones',
	'addresses',
	'company',
	'jobTitle',
	'birthdate',
	'locale',
	'labelKeys',
	'locations',
	'extendedFields',
]);

export const bodyOf = (request: ApiRequest): JsonObject =>
	isJsonObject(request.body) ? request.body : {};

function infoOf(body: JsonObject): JsonObject {
	const { info } = body;
	if (info === undefined || info === null) return {};
	if (!isJsonObject(info)) throw validationError('info', 'expected an object', 'TYPE');
	const entries = Object.entries(info).filter(([key]) => infoKeys.has(key));
	return Object.fromEntries(entries);
}

/** The contact of the path; a merged id is unknown to every call but Get. */
export function contactAt(store: WixStore, request: ApiRequest): Contact {
	const contact = store.contacts.get(request.params.id ?? '');
	if (!contact) throw contactNotFound();
	return contact;
}

/** Sent parts over the old ones: lists whole, the name part by part, own extended fields key by key. */
function patchInfo(store: WixStore, before: JsonObject, sent: JsonObject): JsonObject {
	const { name, extendedFields, ...whole } = sent;
	const patched: JsonObject = { ...before, ...whole };
	if (name !== undefined) patched.name = isJsonObject(name) ? { ...nameOf(before), ...name } : {};
	if (extendedFields !== undefined) {
		const kept = store.behaviour.replaceExtendedFields ? {} : extendedFieldsOf(before);
		const items: JsonObject = { ...kept, ...store.catalog.writable(extendedFields) };
		const filled = Object.entries(items).filter(([, value]) => value !== null && value !== '');
		patched.extendedFields = { items: Object.fromEntries(filled) };
	}
	return patched;
}

const primaryEmailOf = (info: JsonObject): JsonValue | undefined => {
	const items = itemsOf(info, 'emails');
	return (primaryOf(items) ?? items[0])?.email;
};

export function createContact(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const sent = infoOf(body);
	checkInfo(sent);
	checkEnough(sent);
	store.catalog.checkLabels(textsOf(sent, 'labelKeys'), 'info.labelKeys');
	const info = patchInfo(store, {}, sent);
	if (body.allowDuplicates !== true) refuseDuplicates(store, info);
	return ok({ contact: store.createContact(info, { sourceType: 'THIRD_PARTY' }) });
}

export function updateContact(store: WixStore, request: ApiRequest): Answer {
	const contact = contactAt(store, request);
	const body = bodyOf(request);
	if (typeof body.revision !== 'number') {
		throw validationError('revision', 'is required and must be a number', 'REQUIRED_FIELD');
	}
	const sent = infoOf(body);
	checkInfo(sent);
	store.catalog.checkLabels(textsOf(sent, 'labelKeys'), 'info.labelKeys');
	if (body.revision !== contact.revision) throw contactChanged();
	if (Object.keys(sent).length === 0) {
		throw applicationError(
			400,
			'INSUFFICIENT_UPDATE_CONTACT_DATA',
			'There is nothing to update in the request.',
		);
	}
	const info = patchInfo(store, contact.info, sent);
	if (store.memberOf(contact.id) && primaryEmailOf(info) !== primaryEmailOf(contact.info)) {
		throw applicationError(
			428,
			'CANNOT_UPDATE_MEMBER_EMAIL',
			'The primary email of a site member cannot be changed through contacts.',
		);
	}
	checkEnough(info);
	if (body.allowDuplicates !== true) refuseDuplicates(store, info, contact.id, contact.info);
	return ok({ contact: store.changeContact(contact, info) });
}

export function deleteContact(store: WixStore, request: ApiRequest): Answer {
	const contact = contactAt(store, request);
	if (store.memberOf(contact.id)) {
		throw applicationError(
			428,
			'CANNOT_DELETE_MEMBER',
			'Contact is a site member: delete the member first.',
		);
	}
	store.removeContact(contact.id);
	return ok({});
}

/** POST adds label keys, DELETE (with a JSON body) takes them away; neither needs a revision. */
export function changeLabels(store: WixStore, request: ApiRequest): Answer {
	const contact = contactAt(store, request);
	const { labelKeys } = bodyOf(request);
	const keys = Array.isArray(labelKeys) ? labelKeys.filter((key) => typeof key === 'string') : [];
	if (!Array.isArray(labelKeys) || keys.length !== labelKeys.length || keys.length === 0) {
		throw validationError('labelKeys', 'must be a list of 1 to 100 label keys', 'MIN_SIZE');
	}
	if (keys.length > 100) throw validationError('labelKeys', 'has more than 100 items', 'MAX_SIZE');
	store.catalog.checkLabels(keys, 'labelKeys');
	const before = textsOf(contact.info, 'labelKeys');
	const after =
		request.method === 'POST'
			? [...new Set([...before, ...keys])]
			: before.filter((key) => !keys.includes(key));
	if (after.length === before.length) return ok({ contact });
	const info = { ...contact.info, labelKeys: { items: after } };
	return ok({ contact: store.changeContact(contact, info) });
}
