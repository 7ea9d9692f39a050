import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';

/** A contact as Contacts v4 answers it. */
export type Contact = JsonObject & {
	id: string;
	revision: number;
	createdDate: string;
	updatedDate: string;
	info: JsonObject;
};

/** A member as Members v1 answers it, without `contact`, which is read from the member's contact. */
export type Member = JsonObject & {
	id: string;
	loginEmail: JsonValue;
	status: string;
	contactId: string;
	createdDate: string;
	updatedDate: string;
};

export type ListName = 'emails' | 'phones' | 'addresses';

/** The items of a list wrapper; none where Wix leaves the wrapper empty (`{}`) or out. */
export function itemsOf(info: JsonObject, name: ListName): JsonObject[] {
	const wrapper = info[name];
	const items = isJsonObject(wrapper) ? wrapper.items : undefined;
	return Array.isArray(items) ? items.filter(isJsonObject) : [];
}

/** The texts of a wrapper such as `labelKeys`. */
export function textsOf(info: JsonObject, name: string): string[] {
	const wrapper = info[name];
	const items = isJsonObject(wrapper) ? wrapper.items : undefined;
	return Array.isArray(items) ? items.filter((item) => typeof item === 'string') : [];
}

export function extendedFieldsOf(info: JsonObject): JsonObject {
	const wrapper = info.extendedFields;
	return isJsonObject(wrapper) && isJsonObject(wrapper.items) ? wrapper.items : {};
}

export const nameOf = (info: JsonObject): JsonObject => (isJsonObject(info.name) ? info.name : {});

export const primaryOf = (items: readonly JsonObject[]): JsonObject | undefined =>
	items.find((item) => item.primary === true);

/** How addresses are told apart: trimmed and lower-cased; '' for what is no text. */
export const addressKey = (value: JsonValue | undefined): string =>
	typeof value === 'string' ? value.trim().toLowerCase() : '';

/** How the index names a phone number, apart from the addresses. */
export const phoneKey = (phone: string): string => `phone ${phone}`;

/** The keys under which the index finds a contact: its addresses and its phone numbers. */
export function indexKeysOf(contact: Contact): string[] {
	const addresses = itemsOf(contact.info, 'emails').map((item) => addressKey(item.email));
	const phones = itemsOf(contact.info, 'phones').flatMap(({ phone }) =>
		typeof phone === 'string' ? phoneKey(phone) : [],
	);
	return [...new Set([...addresses, ...phones])].filter((key) => key !== '');
}
