import type { JsonObject } from '../../nodes/shared/contracts';
import { applicationError } from './errors.mts';
import { addressKey, itemsOf, phoneKey } from './types.mts';
import type { WixStore } from './wixStore.mts';

/**
 * Refuses what another contact has already: an address that is new to this contact or, when it has no address at all, a
 * phone number that is new to it. `before`: the info of the contact that is updated.
 */
export function refuseDuplicates(
	store: WixStore,
	info: JsonObject,
	contactId?: string,
	before: JsonObject = {},
): void {
	const status = store.behaviour.duplicateStatus;
	const refuse = (data: JsonObject, what: string) =>
		applicationError(
			status,
			'DUPLICATE_CONTACT_EXISTS',
			`A contact with this ${what} already exists.`,
			data,
		);
	const heldBefore = new Set(itemsOf(before, 'emails').map((item) => addressKey(item.email)));
	const emails = itemsOf(info, 'emails');
	for (const { email } of emails) {
		const key = addressKey(email);
		if (heldBefore.has(key)) continue;
		const other = store.contacts.holders(key).find((id) => id !== contactId);
		if (other) throw refuse({ duplicateContactId: other, duplicateEmail: email ?? null }, 'email');
	}
	if (emails.length > 0) return;
	const phonesBefore = new Set(itemsOf(before, 'phones').map((item) => item.phone));
	for (const { phone } of itemsOf(info, 'phones')) {
		if (typeof phone !== 'string' || phonesBefore.has(phone)) continue;
		const other = store.contacts.holders(phoneKey(phone)).find((id) => id !== contactId);
		if (other) throw refuse({ duplicateContactId: other, duplicatePhone: phone }, 'phone');
	}
}
