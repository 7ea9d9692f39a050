import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { ControlError } from '../control/http.mts';
import { setPath } from '../control/setPath.mts';
import { showMember } from './memberShape.mts';
import { addressKey, itemsOf, primaryOf, type Contact, type Member } from './types.mts';
import type { WixStore } from './wixStore.mts';

const isEmpty = (value: JsonValue) => value === null || value === '';

/** The list as a person leaves it who types another primary value over the old one, or empties it. */
function editPrimary(items: JsonObject[], key: 'email' | 'phone', value: JsonValue): JsonObject[] {
	const primary = primaryOf(items);
	if (isEmpty(value)) return items.filter((item) => item !== primary);
	const other = items.find(
		(item) => item !== primary && addressKey(item[key]) === addressKey(value),
	);
	if (other) return items.map((item) => ({ ...item, primary: item === other }));
	if (!primary) return [...items, { tag: 'MAIN', [key]: value, primary: true }];
	return items.map((item) => (item === primary ? { ...item, [key]: value } : item));
}

/** The contact with `value` as its primary address, in the place of the old one; its member's login follows. */
export function withPrimaryEmail(store: WixStore, contact: Contact, value: JsonValue): Contact {
	const items = editPrimary(itemsOf(contact.info, 'emails'), 'email', value);
	return store.changeContact(contact, { ...contact.info, emails: { items } });
}

function editContact(store: WixStore, contact: Contact, path: string, value: JsonValue): Contact {
	const { info } = contact;
	if (path === 'primaryInfo.email') {
		if (isEmpty(value) && store.memberOf(contact.id)) {
			throw new ControlError(400, `Contact ${contact.id} is a member and needs its address.`);
		}
		return withPrimaryEmail(store, contact, value);
	}
	if (path === 'primaryInfo.phone') {
		const items = editPrimary(itemsOf(info, 'phones'), 'phone', value);
		return store.changeContact(contact, { ...info, phones: { items } });
	}
	if (!path.startsWith('info.')) {
		throw new ControlError(
			400,
			`A person cannot edit "${path}" of a contact: use primaryInfo.… or info.….`,
		);
	}
	return store.changeContact(contact, setPath(contact, path, value).info);
}

function editMember(store: WixStore, member: Member, path: string, value: JsonValue): Member {
	const contact = store.contacts.get(member.contactId);
	if (path === 'loginEmail') {
		if (isEmpty(value)) throw new ControlError(400, 'A member needs a login address.');
		if (contact) withPrimaryEmail(store, contact, value);
		return store.saveMember({ ...member, loginEmail: value });
	}
	const saved = store.saveMember(setPath(member, path, value));
	if (path === 'status' && contact) store.changeContact(contact, contact.info);
	return saved;
}

/** One edit as a person makes it in Wix: a member's login email may change here, and its contact follows (and the reverse). */
export function editWixRecord(
	store: WixStore,
	id: string,
	path: string,
	value: JsonValue,
): JsonObject | undefined {
	const contact = store.contacts.get(id);
	if (contact) return editContact(store, contact, path, value);
	const member = store.members.get(id);
	if (!member) return undefined;
	const edited = editMember(store, member, path, value);
	return showMember(edited, store.contacts.get(edited.contactId), 'FULL');
}
