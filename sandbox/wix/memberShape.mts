import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { extendedFieldsOf, itemsOf, nameOf, type Contact, type Member } from './types.mts';

export type MemberFieldset = 'PUBLIC' | 'EXTENDED' | 'FULL';

/** The one custom field that this site added to its member profile. */
const profileField = { key: 'custom.crm-id', name: 'CRM ID' };

const filled = (entries: Record<string, JsonValue | undefined>): JsonObject =>
	Object.fromEntries(
		Object.entries(entries).filter(
			(entry): entry is [string, JsonValue] =>
				entry[1] !== undefined && entry[1] !== null && entry[1] !== '',
		),
	);

function flatAddress(item: JsonObject): JsonObject {
	return { id: item.id ?? '', ...(isJsonObject(item.address) ? item.address : {}) };
}

/** `member.contact`: the contact's values in the flat shape of Members v1. */
function contactOf(contact: Contact): JsonObject {
	const { info } = contact;
	const { first, last } = nameOf(info);
	const { birthdate, company, jobTitle } = info;
	const value = extendedFieldsOf(info)[profileField.key];
	return {
		contactId: contact.id,
		...filled({ firstName: first, lastName: last }),
		phones: itemsOf(info, 'phones').map((item) => item.e164Phone ?? item.phone ?? ''),
		emails: itemsOf(info, 'emails').map((item) => item.email ?? ''),
		addresses: itemsOf(info, 'addresses').map(flatAddress),
		...filled({ birthdate, company, jobTitle }),
		customFields:
			value === undefined ? {} : { [profileField.key]: { name: profileField.name, value } },
	};
}

/** A member as one fieldset shows it: PUBLIC hides the login email and says UNKNOWN for every status. */
export function showMember(
	member: Member,
	contact: Contact | undefined,
	fieldset: MemberFieldset,
): JsonObject {
	const { id, loginEmail, loginEmailVerified, status, contactId, profile, ...rest } = member;
	const { privacyStatus, activityStatus, createdDate, updatedDate, lastLoginDate } = rest;
	const full = fieldset === 'FULL';
	const open = fieldset !== 'PUBLIC';
	return {
		id,
		...(open ? { loginEmail } : {}),
		...(full ? { loginEmailVerified: loginEmailVerified ?? false } : {}),
		status: open ? status : 'UNKNOWN',
		contactId,
		...(full && contact ? { contact: contactOf(contact) } : {}),
		profile: profile ?? {},
		privacyStatus: open ? (privacyStatus ?? 'PRIVATE') : 'UNKNOWN',
		activityStatus: open ? (activityStatus ?? 'ACTIVE') : 'UNKNOWN',
		createdDate,
		updatedDate,
		...(full && lastLoginDate ? { lastLoginDate } : {}),
	};
}
