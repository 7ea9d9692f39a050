import type { JsonObject } from '../../nodes/shared/contract/index';
import { applicationError } from './errors.mts';
import { addressKey, itemsOf, phoneKey, type Contact } from './types.mts';
import type { WixStore } from './wixStore.mts';

interface DuplicateRule {
	/** The caller allows duplicates; one answer has it that the same address cannot be forced even so. */
	allowed: boolean;
	/** The contact that is updated: only what is new to it counts. */
	before?: Contact;
}

/**
 * Refuses what another contact has already: an address that is new to this contact or, when it has no address at all, a
 * phone number that is new to it.
 */
export function refuseDuplicates(store: WixStore, info: JsonObject, rule: DuplicateRule): void {
	const { duplicateStatus, forceSameEmail } = store.behaviour;
	const { allowed, before } = rule;
	const refuse = (data: JsonObject, what: string) =>
		applicationError(
			duplicateStatus,
			'DUPLICATE_CONTACT_EXISTS',
			`A contact with this ${what} already exists.`,
			data,
		);
	const infoBefore = before?.info ?? {};
	const holderOf = (key: string) => store.contacts.holders(key).find((id) => id !== before?.id);
	const emails = itemsOf(info, 'emails');
	if (!allowed || !forceSameEmail) {
		const heldBefore = new Set(itemsOf(infoBefore, 'emails').map((item) => addressKey(item.email)));
		for (const { email } of emails) {
			const key = addressKey(email);
			const other = heldBefore.has(key) ? undefined : holderOf(key);
			if (other)
				throw refuse({ duplicateContactId: other, duplicateEmail: email ?? null }, 'email');
		}
	}
	if (emails.length > 0 || allowed) return;
	const phonesBefore = new Set(itemsOf(infoBefore, 'phones').map((item) => item.phone));
	for (const { phone } of itemsOf(info, 'phones')) {
		if (typeof phone !== 'string' || phonesBefore.has(phone)) continue;
		const other = holderOf(phoneKey(phone));
		if (other) throw refuse({ duplicateContactId: other, duplicatePhone: phone }, 'phone');
	}
}
