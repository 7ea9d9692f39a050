import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from '../control/http.mts';
import { omit } from '../control/objects.mts';
import { addressKey, itemsOf, type Contact, type Member } from './types.mts';
import { importedExtras } from './v5/extras.mts';
import type { WixStore } from './wixStore.mts';

const textOr = (value: JsonValue | undefined, fallback: string): string =>
	typeof value === 'string' && value !== '' ? value : fallback;

function objectsAt(state: JsonObject, key: string): JsonObject[] {
	const list = state[key] ?? [];
	if (!Array.isArray(list) || !list.every(isJsonObject)) {
		throw new ControlError(400, `"${key}" must be a list of objects.`);
	}
	return list;
}

/** Fills the list from the mirror when only `primaryInfo` is given: short states are easier to write that way. */
function infoOf(contact: JsonObject): JsonObject {
	const info: JsonObject = isJsonObject(contact.info) ? { ...contact.info } : {};
	const { email, phone } = isJsonObject(contact.primaryInfo) ? contact.primaryInfo : {};
	if (email !== undefined && itemsOf(info, 'emails').length === 0) {
		info.emails = { items: [{ email, primary: true }] };
	}
	if (phone !== undefined && itemsOf(info, 'phones').length === 0) {
		info.phones = { items: [{ phone, primary: true }] };
	}
	return info;
}

function importContact(store: WixStore, given: JsonObject, order: number): Contact {
	const at = new Date(Date.UTC(2026, 0, 1) + order).toISOString();
	const createdDate = textOr(given.createdDate, at);
	return {
		...given,
		id: textOr(given.id, store.mintId()),
		revision: typeof given.revision === 'number' ? given.revision : 1,
		createdDate,
		updatedDate: textOr(given.updatedDate, createdDate),
		info: infoOf(given),
	};
}

function importMember(store: WixStore, given: JsonObject, contacts: Map<string, Contact>): Member {
	const member = omit(given, 'contact');
	const at = new Date(Date.UTC(2026, 0, 1)).toISOString();
	const createdDate = textOr(member.createdDate, at);
	const byAddress = () =>
		[...contacts.values()].find((contact) =>
			itemsOf(contact.info, 'emails').some(
				(item) => addressKey(item.email) === addressKey(member.loginEmail),
			),
		)?.id;
	const contactId = textOr(member.contactId, byAddress() ?? store.mintId());
	if (!contacts.has(contactId)) {
		const email = { email: member.loginEmail ?? null, primary: true };
		const contact = importContact(
			store,
			{ id: contactId, info: { emails: { items: [email] } } },
			contacts.size,
		);
		contacts.set(contactId, contact);
	}
	return {
		...member,
		id: textOr(member.id, store.mintId()),
		loginEmail: member.loginEmail ?? null,
		status: textOr(member.status, 'APPROVED'),
		contactId,
		createdDate,
		updatedDate: textOr(member.updatedDate, createdDate),
	};
}

/** `PUT /sandbox/state`: no rule is checked, so that a test can put in what real data should not hold. */
export function importWixState(store: WixStore, state: JsonObject): void {
	const contacts = new Map<string, Contact>();
	objectsAt(state, 'contacts').forEach((given, order) => {
		const contact = importContact(store, given, order);
		contacts.set(contact.id, contact);
	});
	const members = objectsAt(state, 'members').map((given) => importMember(store, given, contacts));
	store.load({ contacts: [...contacts.values()], members });
	for (const given of contacts.values()) store.extras.set(given.id, importedExtras(given));
	for (const contact of contacts.values()) store.catalog.adopt(contact.info);
	const finished = [...contacts.values()].map((contact) => store.finish(contact));
	store.contacts.replaceAll(finished);
}
