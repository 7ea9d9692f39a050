import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { checkInfo } from './contactInput.mts';
import { validationError } from './errors.mts';
import { addressKey, extendedFieldsOf, itemsOf, nameOf } from './types.mts';
import type { WixStore } from './wixStore.mts';

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

function checkUrls(store: WixStore, values: readonly (readonly [string, JsonValue])[]): void {
	const wrong = values.find(
		([key, value]) =>
			store.catalog.fields.get(key)?.dataType === 'URL' && !/^(https?:\/\/|$)/.test(String(value)),
	);
	if (!wrong) return;
	const field = `member.contact.customFields.${wrong[0]}`;
	throw validationError(field, 'must be a URL', 'OTHER', {}, 'INVALID_CUSTOM_FIELD_URL');
}

/** `member.contact` over the contact's info. Lists replace whole; an empty list changes nothing; the login email stays primary. */
export function contactPatch(
	store: WixStore,
	info: JsonObject,
	sent: JsonObject,
	loginEmail: JsonValue,
): JsonObject {
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
		checkUrls(store, values);
		patched.extendedFields = {
			items: { ...extendedFieldsOf(info), ...Object.fromEntries(values) },
		};
	}
	checkInfo(patched);
	return patched;
}
