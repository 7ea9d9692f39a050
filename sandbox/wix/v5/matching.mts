import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { applicationError } from '../errors.mts';
import { addressKey, itemsOf, phoneKey, primaryOf, type Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';

/** What v5 tells contacts apart by, the strongest first. Further addresses and numbers do not count. */
export interface Identifiers {
	externalId: string;
	email: string;
	phone: string;
}

interface Match {
	contact: Contact;
	externalId: boolean;
	email: boolean;
	phone: boolean;
}

const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value.trim() : '');
const inside = (value: JsonValue | undefined, key: string) =>
	isJsonObject(value) ? textOf(value[key]) : '';

export const identifiersOf = (contactV5: JsonObject): Identifiers => ({
	externalId: textOf(contactV5.externalId),
	email: addressKey(inside(contactV5.email, 'email')),
	phone: inside(contactV5.phone, 'phone'),
});

function heldBy(store: WixStore, contact: Contact): Identifiers {
	return {
		externalId: store.extras.get(contact.id).externalId ?? '',
		email: addressKey(primaryOf(itemsOf(contact.info, 'emails'))?.email),
		phone: textOf(primaryOf(itemsOf(contact.info, 'phones'))?.phone),
	};
}

/** A weaker identifier does not match a contact that has another value of a stronger one. */
function matchOf(store: WixStore, contact: Contact, wanted: Identifiers): Match | undefined {
	const held = heldBy(store, contact);
	const same = (key: keyof Identifiers) => wanted[key] !== '' && wanted[key] === held[key];
	const differs = (key: keyof Identifiers) =>
		wanted[key] !== '' && held[key] !== '' && wanted[key] !== held[key];
	const externalId = same('externalId');
	if (!externalId && differs('externalId')) return undefined;
	const email = same('email');
	if (!externalId && !email && differs('email')) return undefined;
	const phone = same('phone');
	return externalId || email || phone ? { contact, externalId, email, phone } : undefined;
}

const strength = (match: Match) =>
	Number(match.externalId) * 4 + Number(match.email) * 2 + Number(match.phone);

/**
 * The contacts that share an identifier, the best match first, then the oldest. Source of the rules: the v5 article "Matching
 * and Duplicate Contacts".
 */
export function matchesFor(store: WixStore, wanted: Identifiers, exceptId?: string): Match[] {
	const ids = new Set([
		...(wanted.externalId ? store.extras.holders(wanted.externalId) : []),
		...(wanted.email ? store.contacts.holders(wanted.email) : []),
		...(wanted.phone ? store.contacts.holders(phoneKey(wanted.phone)) : []),
	]);
	const matches = [...ids].flatMap((id) => {
		const contact = id === exceptId ? undefined : store.contacts.get(id);
		return (contact && matchOf(store, contact, wanted)) ?? [];
	});
	return matches.sort(
		(a, b) => strength(b) - strength(a) || (a.contact.createdDate < b.contact.createdDate ? -1 : 1),
	);
}

function matchType({ externalId, email, phone }: Match): string {
	if (externalId) return 'EXTERNAL_ID';
	if (email && phone) return 'EMAIL_AND_PHONE';
	return email ? 'EMAIL' : 'PHONE';
}

/** Refuses what another contact is found by. `before`: the contact that is updated; only what is new to it counts. */
export function refuseMatches(store: WixStore, contactV5: JsonObject, before?: Contact): void {
	const wanted = identifiersOf(contactV5);
	if (before) {
		const held = heldBy(store, before);
		for (const key of ['externalId', 'email', 'phone'] as const) {
			if (wanted[key] === held[key]) wanted[key] = '';
		}
	}
	const [best] = matchesFor(store, wanted, before?.id);
	if (!best) return;
	throw applicationError(
		store.behaviour.duplicateStatus,
		'DUPLICATE_CONTACT_EXISTS',
		'Contact duplicates an existing one.',
		{ matchingContactId: best.contact.id, matchType: matchType(best) },
	);
}
