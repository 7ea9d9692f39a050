import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { bodyOf } from './body.mts';
import { heeded } from './clearing.mts';
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

/** `info` of a body, without what only Wix writes. */
export function infoOf(body: JsonObject): JsonObject {
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
export function patchInfo(store: WixStore, before: JsonObject, sent: JsonObject): JsonObject {
	const { behaviour } = store;
	const { name, extendedFields, ...whole } = sent;
	const patched: JsonObject = { ...before, ...heeded(whole, behaviour) };
	if (isJsonObject(name)) {
		const kept = behaviour.replaceParts ? {} : nameOf(before);
		patched.name = { ...kept, ...heeded(name, behaviour) };
	} else if (name === null && behaviour.clearBy !== 'emptyText') {
		patched.name = {};
	}
	if (extendedFields !== undefined) {
		const kept = behaviour.replaceExtendedFields ? {} : extendedFieldsOf(before);
		const written = heeded(store.catalog.writable(extendedFields), behaviour);
		const filled = Object.entries({ ...kept, ...written }).filter(
			([, value]) => value !== null && value !== '',
		);
		patched.extendedFields = { items: Object.fromEntries(filled) };
	}
	return patched;
}

const primaryEmailOf = (info: JsonObject): JsonValue | undefined => {
	const items = itemsOf(info, 'emails');
	return (primaryOf(items) ?? items[0])?.email;
};

/** Whether an update touches what is locked for a member: the primary address, and by a switch all others, too. */
function changesEmails(store: WixStore, info: JsonObject, before: JsonObject): boolean {
	if (primaryEmailOf(info) !== primaryEmailOf(before)) return true;
	const all = (of: JsonObject) => JSON.stringify(itemsOf(of, 'emails').map(({ email }) => email));
	return !store.behaviour.memberExtraEmails && all(info) !== all(before);
}

export function createContact(store: WixStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const sent = infoOf(body);
	checkInfo(sent);
	checkEnough(sent);
	store.catalog.checkLabels(textsOf(sent, 'labelKeys'), 'info.labelKeys');
	const info = patchInfo(store, {}, sent);
	const create = () => store.createContact(info, { sourceType: 'THIRD_PARTY' });
	try {
		refuseDuplicates(store, info, { allowed: body.allowDuplicates === true });
	} catch (refusal) {
		if (store.behaviour.createsDuplicateToo) create();
		throw refusal;
	}
	return ok({ contact: create() });
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
	if (store.memberOf(contact.id) && changesEmails(store, info, contact.info)) {
		throw applicationError(
			428,
			'CANNOT_UPDATE_MEMBER_EMAIL',
			'The primary email of a site member cannot be changed through contacts.',
		);
	}
	checkEnough(info);
	refuseDuplicates(store, info, { allowed: body.allowDuplicates === true, before: contact });
	return ok({ contact: store.changeContact(contact, info) });
}

/** Throws where the contact may not go: 428 for a member's (unless it goes along) and for one that a subscription bills. */
export function refuseDelete(store: WixStore, contact: Contact, withMember: boolean): void {
	const refuse = (code: string, message: string) => applicationError(428, code, message);
	const member = store.memberOf(contact.id);
	const isUser = member?.role === 'OWNER' || member?.role === 'CONTRIBUTOR';
	if (isUser && withMember) {
		throw refuse('CANNOT_DELETE_WIX_USERS_MEMBER', 'The member is a user of the account.');
	}
	if (isUser) {
		throw refuse(
			'CANNOT_DELETE_MEMBER_OWNER_OR_CONTRIBUTOR',
			'Contact is the owner or a contributor of the site.',
		);
	}
	if (member && !withMember) {
		throw refuse('CANNOT_DELETE_MEMBER', 'Contact is a site member: delete the member first.');
	}
	if (store.extras.get(contact.id).billingSubscription) {
		throw refuse(
			'CANNOT_DELETE_CONTACT_WITH_BILLING_SUBSCRIPTION',
			'Contact has an active billing subscription.',
		);
	}
}

export function deleteContact(store: WixStore, request: ApiRequest): Answer {
	const contact = contactAt(store, request);
	refuseDelete(store, contact, false);
	store.removeContact(contact.id);
	return ok({});
}

/** Where DELETE has its keys: the documentation says in a JSON body, Wix's SDK sends them as parameters of the URL. */
function sentLabelKeys(store: WixStore, request: ApiRequest): JsonValue | undefined {
	const { unlabelBy } = store.behaviour;
	const inQuery = request.query.getAll('labelKeys');
	if (request.method === 'POST' || unlabelBy === 'body') return bodyOf(request).labelKeys;
	return unlabelBy === 'query' || inQuery.length > 0 ? inQuery : bodyOf(request).labelKeys;
}

/** POST adds label keys, DELETE takes them away; neither needs a revision. */
export function changeLabels(store: WixStore, request: ApiRequest): Answer {
	const contact = contactAt(store, request);
	const labelKeys = sentLabelKeys(store, request);
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
