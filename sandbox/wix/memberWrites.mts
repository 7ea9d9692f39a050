import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { checkEmail, checkInfo } from './contactInput.mts';
import { bodyOf } from './contactWrites.mts';
import { applicationError, validationError } from './errors.mts';
import { memberAt } from './memberReads.mts';
import { showMember } from './memberShape.mts';
import {
	addressKey,
	extendedFieldsOf,
	itemsOf,
	nameOf,
	type Contact,
	type ListName,
	type Member,
} from './types.mts';
import type { WixStore } from './wixStore.mts';

const show = (store: WixStore, member: Member): Answer =>
	ok({ member: showMember(member, store.contacts.get(member.contactId), 'FULL') });

function memberOf(request: ApiRequest): JsonObject {
	const { member } = bodyOf(request);
	if (!isJsonObject(member)) throw validationError('member', 'expected an object', 'TYPE');
	return member;
}

const texts = (value: JsonValue | undefined): string[] =>
	Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/** Keeps the items whose value is sent again, with their ids, and makes new ones of the rest. */
function itemsFor(
	info: JsonObject,
	name: 'emails' | 'phones',
	key: string,
	sent: string[],
): JsonObject {
	const known = itemsOf(info, name);
	return {
		items: sent.map((value) => known.find((item) => item[key] === value) ?? { [key]: value }),
	};
}

function addressItems(sent: JsonValue[]): JsonObject {
	return {
		items: sent
			.filter(isJsonObject)
			.map(({ id, ...address }) => ({ ...(id ? { id } : {}), address })),
	};
}

/** `member.contact` over the contact's info. Lists replace whole; an empty list changes nothing; the login e-mail stays primary. */
function contactPatch(info: JsonObject, sent: JsonObject, loginEmail: JsonValue): JsonObject {
	const patched: JsonObject = { ...info };
	const name = { ...nameOf(info) };
	if (sent.firstName !== undefined) name.first = sent.firstName;
	if (sent.lastName !== undefined) name.last = sent.lastName;
	patched.name = name;
	for (const key of ['birthdate', 'company', 'jobTitle']) {
		const value = sent[key];
		if (value !== undefined) patched[key] = value;
	}
	const phones = texts(sent.phones);
	if (phones.length > 0) patched.phones = itemsFor(info, 'phones', 'phone', phones);
	const emails = texts(sent.emails);
	if (emails.length > 0 && typeof loginEmail === 'string') {
		const others = emails.filter((email) => addressKey(email) !== addressKey(loginEmail));
		patched.emails = itemsFor(info, 'emails', 'email', [loginEmail, ...others]);
	}
	if (Array.isArray(sent.addresses) && sent.addresses.length > 0) {
		patched.addresses = addressItems(sent.addresses);
	}
	if (isJsonObject(sent.customFields)) {
		const values = Object.entries(sent.customFields).flatMap(([key, field]) =>
			isJsonObject(field) && field.value !== undefined ? [[key, field.value] as const] : [],
		);
		patched.extendedFields = {
			items: { ...extendedFieldsOf(info), ...Object.fromEntries(values) },
		};
	}
	checkInfo(patched);
	return patched;
}

function contactToBe(store: WixStore, loginEmail: string): Contact {
	const free = store.contacts
		.holders(addressKey(loginEmail))
		.find((id) => store.memberOf(id) === undefined);
	const known = free === undefined ? undefined : store.contacts.get(free);
	if (known) return known;
	const info = { emails: { items: [{ email: loginEmail, primary: true }] } };
	return store.createContact(info, { sourceType: 'WIX_SITE_MEMBERS' });
}

/** Creates or links the contact; the login address becomes its primary one. No mail is sent. */
export function createMember(store: WixStore, request: ApiRequest): Answer {
	const sent = memberOf(request);
	checkEmail('member.loginEmail', sent.loginEmail);
	const loginEmail = String(sent.loginEmail);
	if (store.members.holders(addressKey(loginEmail)).length > 0) {
		throw applicationError(
			store.behaviour.duplicateStatus,
			'MEMBER_ALREADY_EXISTS',
			'Member already exists.',
		);
	}
	const contact = contactToBe(store, loginEmail);
	const nickname = loginEmail.split('@')[0] ?? loginEmail;
	const at = new Date().toISOString();
	const member = store.saveMember({
		id: store.mintId(),
		loginEmail,
		loginEmailVerified: false,
		status: 'APPROVED',
		contactId: contact.id,
		profile: { nickname, slug: nickname, ...(isJsonObject(sent.profile) ? sent.profile : {}) },
		privacyStatus: sent.privacyStatus ?? 'PRIVATE',
		activityStatus: 'ACTIVE',
		createdDate: at,
		updatedDate: at,
	});
	const items = itemsOf(contact.info, 'emails').map((item) => ({
		...item,
		primary: addressKey(item.email) === addressKey(loginEmail),
	}));
	const details = isJsonObject(sent.contact) ? sent.contact : {};
	const info = contactPatch({ ...contact.info, emails: { items } }, details, loginEmail);
	store.changeContact(contact, info);
	return show(store, member);
}

/** Partial, without a revision. `loginEmail` is immutable: a sent one is ignored, or refused by a switch. */
export function updateMember(store: WixStore, request: ApiRequest): Answer {
	const member = memberAt(store, request);
	const sent = memberOf(request);
	if (
		store.behaviour.rejectLoginEmail &&
		sent.loginEmail !== undefined &&
		sent.loginEmail !== member.loginEmail
	) {
		throw validationError('member.loginEmail', 'is immutable', 'OTHER');
	}
	const contact = store.contacts.get(member.contactId);
	if (contact && isJsonObject(sent.contact)) {
		store.changeContact(contact, contactPatch(contact.info, sent.contact, member.loginEmail));
	}
	const profile = isJsonObject(sent.profile) ? sent.profile : {};
	const known = isJsonObject(member.profile) ? member.profile : {};
	const { nickname, title, photo, cover } = profile;
	const parts = Object.entries({ nickname, title, photo, cover }).filter(
		(entry): entry is [string, JsonValue] => entry[1] !== undefined,
	);
	return show(
		store,
		store.saveMember({ ...member, profile: { ...known, ...Object.fromEntries(parts) } }),
	);
}

export function deleteMember(store: WixStore, request: ApiRequest): Answer {
	store.removeMember(memberAt(store, request));
	return ok({});
}

/** `DELETE /{id}/phones|emails|addresses`; clearing the e-mails leaves the login address. */
export function clearList(name: ListName): (store: WixStore, request: ApiRequest) => Answer {
	return (store, request) => {
		const member = memberAt(store, request);
		const contact = store.contacts.get(member.contactId);
		if (contact) {
			const kept =
				name === 'emails' ? itemsOf(contact.info, name).filter((item) => item.primary) : [];
			store.changeContact(contact, { ...contact.info, [name]: { items: kept } });
		}
		return show(store, member);
	};
}
