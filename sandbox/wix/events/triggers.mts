import type { JsonObject } from '../../../nodes/shared/contract/index';
import { showMember } from '../memberShape.mts';
import { nameOf, textsOf, type Contact, type Member } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import type { NotedChange } from './changes.mts';

const contactsApp = '74bff718-5977-47f2-9e5f-a9fd0047fd1f';
const membersApp = 'eb377299-86b4-4a86-a1b5-774a2d1d374b';

const triggersOf: Record<string, string[]> = {
	[contactsApp]: [
		'contacts-new_contact_was_created',
		'contacts-label_added_to_contact',
		'contacts-label_removed_from_contact',
		'contacts-contact_assigned',
	],
	[membersApp]: [
		'wix_members-uou_signs_up',
		'wix_members-member_logs_in',
		'wix_members-member_approves',
		'wix_members-member_blocked',
		'wix_members-member_deleted',
		'wix_sitemembers_app-new_member_requests_approval',
		'wix_sitemembers_app-member_reset_password',
		'wix_sitemembers_app-member_email_confirmation_required',
		'wix_sitemembers_app-member_activation',
	],
};

/** Whether this app of Wix has such a trigger. Those that need more than contacts and members never happen here. */
export const isTrigger = (appId: string, triggerKey: string): boolean =>
	triggersOf[appId]?.includes(triggerKey) ?? false;

/** Something that starts automations, and what it tells them. */
export interface Happening {
	triggerKey: string;
	payload: JsonObject;
}

/** The contact of a payload. The shape is undocumented: these are the fields that automations can refer to by name. */
const contactFields = (contact: Contact): JsonObject => ({
	contactId: contact.id,
	contact: {
		contactId: contact.id,
		name: nameOf(contact.info),
		...(contact.primaryInfo === undefined ? {} : (contact.primaryInfo as JsonObject)),
	},
});

function memberFields(store: WixStore, member: Member): JsonObject {
	const contact = store.contacts.get(member.contactId);
	return {
		memberId: member.id,
		member: showMember(member, contact, 'FULL'),
		...(contact ? contactFields(contact) : { contactId: member.contactId }),
	};
}

const without = (labels: readonly string[], others: readonly string[]) => {
	const known = new Set(others);
	return labels.filter((label) => !known.has(label));
};

function ofContact(before: Contact | undefined, after: Contact | undefined): Happening[] {
	if (!after) return [];
	const payload = contactFields(after);
	const [old, now] = [before, after].map((one) => (one ? textsOf(one.info, 'labelKeys') : []));
	const labelled = (triggerKey: string, labels: string[]) =>
		labels.map((labelKey) => ({ triggerKey, payload: { ...payload, labelKey } }));
	return [
		...(before ? [] : [{ triggerKey: 'contacts-new_contact_was_created', payload }]),
		...labelled('contacts-label_added_to_contact', without(now ?? [], old ?? [])),
		...labelled('contacts-label_removed_from_contact', without(old ?? [], now ?? [])),
	];
}

const keyOfStatus: Record<string, string> = {
	APPROVED: 'wix_members-member_approves',
	BLOCKED: 'wix_members-member_blocked',
};

function keyOfMember(
	before: Member | undefined,
	after: Member | undefined,
	signsUp: boolean,
): string | undefined {
	if (!after) return 'wix_members-member_deleted';
	// A member whom somebody else makes does not sign up
	if (!before) return signsUp ? 'wix_members-uou_signs_up' : undefined;
	return before.status === after.status ? undefined : keyOfStatus[after.status];
}

/** What a change starts. */
export function happeningsOf(change: NotedChange, store: WixStore): Happening[] {
	if (change.of === 'merge') return [];
	if (change.of === 'contact') return ofContact(change.before, change.after);
	const { before, after } = change;
	const member = after ?? before;
	const triggerKey = keyOfMember(before, after, change.actor === 'member');
	if (triggerKey === undefined || member === undefined) return [];
	return [{ triggerKey, payload: memberFields(store, member) }];
}
