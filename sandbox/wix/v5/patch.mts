import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { present } from '../../../nodes/shared/present';
import { omit } from '../../control/objects.mts';
import { heeded } from '../clearing.mts';
import { extendedFieldsOf, itemsOf, primaryOf, type Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { tagIdsOf, type ContactExtras } from './extras.mts';
import { v4FieldsOf } from './userFields.mts';

/** What a v5 call may write; the rest of a v5 contact is read-only and passed over. */
const writable = [
	'externalId',
	'name',
	'email',
	'additionalEmails',
	'phone',
	'additionalPhones',
	'addresses',
	'company',
	'locale',
	'birthdate',
	'timeZone',
	'assigneeId',
	'locationIds',
	'image',
	'tags',
	'extendedFields',
];
const partwise = new Set(['name', 'company']);

const objectOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: JsonValue | undefined): JsonObject[] =>
	Array.isArray(value) ? value.filter(isJsonObject) : [];

/** A v5 contact after the sent parts: lists are replaced whole, names part by part unless a switch says whole. */
export function patchedV5(store: WixStore, before: JsonObject, sent: JsonObject): JsonObject {
	const { behaviour } = store;
	const patched: JsonObject = { ...before };
	const known = Object.fromEntries(Object.entries(sent).filter(([key]) => writable.includes(key)));
	for (const [key, value] of Object.entries(heeded(known, behaviour))) {
		if (partwise.has(key)) {
			const kept = behaviour.replaceParts || value === null ? {} : objectOf(before[key]);
			patched[key] = { ...kept, ...heeded(objectOf(value), behaviour) };
		} else if ((key === 'email' || key === 'phone') && value !== null) {
			patched[key] = {
				...omit(objectOf(before[key]), 'tag'),
				...heeded(objectOf(value), behaviour),
			};
		} else {
			patched[key] = value;
		}
	}
	return patched;
}

const blank = (value: JsonValue | undefined) =>
	value === undefined || value === null || value === '';

function emailItems(contact: JsonObject, info: JsonObject): JsonObject[] {
	const known = itemsOf(info, 'emails');
	const stored = (value: JsonValue | undefined) =>
		String(value ?? '')
			.trim()
			.toLowerCase();
	const main = stored(objectOf(contact.email).email);
	if (main === '') return [];
	const primary = primaryOf(known) ?? {};
	const additional = listOf(contact.additionalEmails).map(({ email }) => {
		const text = stored(email);
		const item = known.find((entry) => entry !== primary && stored(entry.email) === text);
		return { ...item, email: text, primary: false };
	});
	return [{ ...primary, email: main, primary: true }, ...additional];
}

function phoneItems(contact: JsonObject, info: JsonObject): JsonObject[] {
	const known = itemsOf(info, 'phones');
	const main = objectOf(contact.phone);
	if (blank(main.phone)) return [];
	const itemFor = (sent: JsonObject, isMain: boolean): JsonObject => {
		const same = known.find((entry) => entry.phone === sent.phone);
		const replaced =
			same ?? (isMain ? omit(primaryOf(known) ?? {}, 'countryCode', 'e164Phone') : {});
		const tag = sent.tag ?? replaced.tag ?? 'OTHER';
		return {
			...replaced,
			phone: sent.phone ?? '',
			tag: tag === 'OTHER' ? 'UNTAGGED' : tag,
			primary: isMain,
		};
	};
	return [
		itemFor(main, true),
		...listOf(contact.additionalPhones).map((sent) => itemFor(sent, false)),
	];
}

function addressItem(sent: JsonObject): JsonObject {
	const { addressLine1, ...address } = objectOf(sent.address);
	return {
		...present({ id: sent.id }),
		tag: sent.tag === undefined || sent.tag === 'OTHER' ? 'UNTAGGED' : sent.tag,
		address: { ...present({ addressLine: addressLine1 }), ...address },
	};
}

function fieldsAfter(store: WixStore, info: JsonObject, sent: JsonObject): JsonObject {
	const before = extendedFieldsOf(info);
	if (sent.extendedFields === undefined) return before;
	const named = v4FieldsOf(store.catalog, sent.extendedFields);
	const written = store.catalog.writable({ items: heeded(named, store.behaviour) });
	const kept = store.behaviour.replaceExtendedFields ? {} : before;
	const entries = Object.entries({ ...kept, ...written });
	return Object.fromEntries(entries.filter(([, value]) => !blank(value)));
}

export interface V5Write {
	info: JsonObject;
	extras: ContactExtras;
}

/**
 * The record behind a patched v5 contact. What v4 holds beyond v5's limit of further values is lost as soon as a v5 call
 * writes that list. `sent`: the parts of the call.
 */
export function recordFor(
	store: WixStore,
	before: Contact | undefined,
	patched: JsonObject,
	sent: JsonObject,
): V5Write {
	const info = before?.info ?? {};
	const touches = (...keys: string[]) => keys.some((key) => sent[key] !== undefined);
	const addresses = listOf(patched.addresses).map((item): JsonObject => ({
		...item,
		id: blank(item.id) ? store.mintId() : (item.id ?? null),
	}));
	const company = objectOf(patched.company);
	const text = (value: JsonValue | undefined) => (blank(value) ? undefined : String(value));
	return {
		info: {
			...info,
			name: objectOf(patched.name),
			...(touches('email', 'additionalEmails')
				? { emails: { items: emailItems(patched, info) } }
				: {}),
			...(touches('phone', 'additionalPhones')
				? { phones: { items: phoneItems(patched, info) } }
				: {}),
			...(touches('addresses') ? { addresses: { items: addresses.map(addressItem) } } : {}),
			company: company.name ?? null,
			jobTitle: company.jobTitle ?? null,
			locale: patched.locale ?? null,
			birthdate: patched.birthdate ?? null,
			...(touches('locationIds') ? { locations: { items: patched.locationIds ?? [] } } : {}),
			extendedFields: { items: fieldsAfter(store, info, sent) },
		},
		extras: {
			...(before ? store.extras.get(before.id) : {}),
			externalId: text(patched.externalId),
			timeZone: text(patched.timeZone),
			assigneeId: text(patched.assigneeId),
			image: patched.image,
			tagIds: tagIdsOf(patched.tags) ?? [],
			addressParts: Object.fromEntries(
				addresses.map((item) => [
					String(item.id),
					present({ defaultAddress: item.defaultAddress, recipient: item.recipient }),
				]),
			),
		},
	};
}
