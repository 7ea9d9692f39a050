import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { present } from '../../nodes/shared/present';
import { omit } from '../control/objects.mts';
import { e164Of } from './phone.mts';
import {
	extendedFieldsOf,
	itemsOf,
	nameOf,
	primaryOf,
	textsOf,
	type Contact,
	type ListName,
} from './types.mts';

export const memberLabel = 'contacts.site-members';
export const membershipField = 'members.membershipStatus';

function finishItems(info: JsonObject, name: ListName, mintId: () => string): JsonObject {
	const items = itemsOf(info, name);
	if (items.length === 0) return {};
	const chosen = primaryOf(items) ?? items[0];
	return {
		items: items.map((item) => {
			const { id, tag, ...rest } = item;
			const finished: JsonObject = { id: id ?? mintId(), tag: tag ?? 'UNTAGGED', ...rest };
			if (name !== 'addresses') finished.primary = item === chosen;
			if (name === 'phones') {
				delete finished.e164Phone;
				const e164Phone = e164Of(item);
				if (e164Phone) finished.e164Phone = e164Phone;
			}
			return finished;
		}),
	};
}

function displayNames(
	info: JsonObject,
	primaryEmail: JsonValue | undefined,
	phone: JsonValue | undefined,
) {
	const { first, last } = nameOf(info);
	const fallback = primaryEmail ?? phone ?? '';
	const join = (...parts: (JsonValue | undefined)[]) => parts.filter(Boolean).join(' ') || fallback;
	return {
		'contacts.displayByFirstName': join(first, last),
		'contacts.displayByLastName': join(last, first),
	};
}

function mirrorOfEmail(email: JsonValue, before: JsonValue | undefined): JsonObject {
	const known = isJsonObject(before) && before.email === email ? before : {};
	return {
		email,
		subscriptionStatus: known.subscriptionStatus ?? 'NOT_SET',
		deliverabilityStatus: known.deliverabilityStatus ?? 'NOT_SET',
	};
}

function mirrorOfPhone(item: JsonObject, before: JsonValue | undefined): JsonObject {
	const known = isJsonObject(before) && before.phone === item.phone ? before : {};
	const e164 = e164Of(item);
	return {
		...(item.countryCode ? { countryCode: item.countryCode } : {}),
		...(e164 ? { e164Phone: e164 } : {}),
		formattedPhone: item.phone ?? '',
		phone: item.phone ?? '',
		subscriptionStatus: known.subscriptionStatus ?? (e164 ? 'NOT_SET' : 'NO_SUBSCRIPTION_STATUS'),
	};
}

function systemFields(info: JsonObject, primaryEmail: JsonObject | undefined, phone?: JsonValue) {
	return {
		...displayNames(info, primaryEmail?.email, phone),
		...(primaryEmail?.email !== undefined
			? { 'emailSubscriptions.effectiveEmail': primaryEmail.email }
			: {}),
		'emailSubscriptions.subscriptionStatus': primaryEmail?.subscriptionStatus ?? 'NOT_SET',
		'emailSubscriptions.deliverabilityStatus': primaryEmail?.deliverabilityStatus ?? 'NOT_SET',
	};
}

const isBlank = (value: JsonValue | undefined) =>
	value === undefined || value === null || value === '';

/** Drops empty scalars and, in the name, empty parts: Wix leaves out what has no value. */
function withoutBlanks(info: JsonObject): JsonObject {
	const kept = Object.entries(info).filter(([, value]) => !isBlank(value));
	const name = Object.entries(nameOf(info)).filter(([, value]) => !isBlank(value));
	const rest = Object.fromEntries(kept);
	delete rest.name;
	return name.length > 0 ? { name: Object.fromEntries(name), ...rest } : rest;
}

interface Derived {
	lists: Record<ListName, JsonObject>;
	primaryEmail: JsonObject | undefined;
	phoneItem: JsonObject | undefined;
}

function derive(contact: Contact, given: JsonObject, mintId: () => string): Derived {
	const lists = {
		emails: finishItems(given, 'emails', mintId),
		phones: finishItems(given, 'phones', mintId),
		addresses: finishItems(given, 'addresses', mintId),
	};
	const email = primaryOf(itemsOf(lists, 'emails'))?.email;
	return {
		lists,
		primaryEmail:
			email === undefined || isBlank(email)
				? undefined
				: mirrorOfEmail(email, contact.primaryEmail),
		phoneItem: primaryOf(itemsOf(lists, 'phones')),
	};
}

function finishInfo(
	given: JsonObject,
	derived: Derived,
	membership: string | undefined,
): JsonObject {
	const { lists, primaryEmail, phoneItem } = derived;
	const labels = textsOf(given, 'labelKeys').filter((key) => key !== memberLabel);
	if (membership) labels.push(memberLabel);
	const ownFields = omit(
		extendedFieldsOf(given),
		membershipField,
		'emailSubscriptions.effectiveEmail',
	);
	return present({
		name: given.name,
		...lists,
		...omit(given, 'name', 'emails', 'phones', 'addresses', 'labelKeys', 'extendedFields'),
		labelKeys: labels.length > 0 ? { items: [...new Set(labels)] } : undefined,
		extendedFields: {
			items: present({
				'invoices.vatId': '',
				...ownFields,
				...systemFields(given, primaryEmail, phoneItem?.phone),
				[membershipField]: membership,
			}),
		},
	});
}

/**
 * Everything of a contact that Wix derives from the rest: one primary item a list, item ids, the read-only mirrors, the
 * system fields, and what tells a member's contact (`membership`: the member's status; undefined when it is none).
 */
export function finishContact(
	contact: Contact,
	membership: string | undefined,
	mintId: () => string,
): Contact {
	const given = withoutBlanks(contact.info);
	const derived = derive(contact, given, mintId);
	const { primaryEmail, phoneItem } = derived;
	const primaryInfo = present({ email: primaryEmail?.email, phone: phoneItem?.phone });
	const { id, revision, source, createdDate, updatedDate, lastActivity } = contact;
	return {
		id,
		revision,
		...present({ source }),
		createdDate,
		updatedDate,
		...present({
			lastActivity,
			primaryInfo: Object.keys(primaryInfo).length > 0 ? primaryInfo : undefined,
			primaryEmail,
			primaryPhone: phoneItem?.e164Phone
				? mirrorOfPhone(phoneItem, contact.primaryPhone)
				: undefined,
		}),
		info: finishInfo(given, derived, membership),
	};
}
