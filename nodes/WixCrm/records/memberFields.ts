import type { Comparison, JsonObject, JsonValue } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { isJsonObject, parsePath, valueAt } from '../../shared/paths';
import { objectAt } from './parts';

/** Paths of a member that can be written, and how their values compare. */
const comparisons: ReadonlyMap<string, Comparison> = new Map(
	Object.entries<Comparison>({
		loginEmail: 'email',
		'contact.firstName': 'exact',
		'contact.lastName': 'exact',
		'contact.company': 'exact',
		'contact.jobTitle': 'exact',
		'contact.birthdate': 'exact',
		'contact.phones[0]': 'phone',
		'contact.phones': 'exact',
		'contact.addresses': 'exact',
		'profile.nickname': 'exact',
		'profile.title': 'exact',
	}),
);

const customFieldForm = "contact.customFields['custom.my-field'].value";

/** Fields that a person may look for, and where they are changed instead. */
const elsewhere: Readonly<Record<string, string>> = {
	'contact.emails': 'the addresses follow the login email and cannot be written through a member',
	privacyStatus: 'Wix sets it when a member is created, and never through an update',
	status: "it changes through the operations 'Approve', 'Block' and 'Disconnect'",
	'profile.slug': 'Wix changes it through an endpoint of its own, which this node does not offer',
};

const isKnown = (path: string) => comparisons.has(path);

/** The key of the custom field that `path` is the value of; undefined for any other path. */
function customFieldIn(path: string): string | undefined {
	const segments = parsePath(path) ?? [];
	const [contact, fields, key, value] = segments;
	const isOne = segments.length === 4 && contact === 'contact' && fields === 'customFields';
	return isOne && value === 'value' ? key : undefined;
}

/** The path of a custom field's value; keys hold dots. */
export const customFieldPath = (key: string): string =>
	`contact.customFields['${key.replace(/[\\']/g, '\\$&')}'].value`;

export function comparisonOf(path: string): Comparison {
	return comparisons.get(path) ?? 'exact';
}

/** Why `path` of a member cannot be written, in words for a person; undefined when it can. */
export function faultOfPath(path: string): string | undefined {
	if (parsePath(path) === undefined) return 'it is no path into a member';
	if (isKnown(path) || customFieldIn(path) !== undefined) return undefined;
	const place = Object.keys(elsewhere).find((known) => path.startsWith(known));
	if (place !== undefined) return elsewhere[place];
	const known = [...comparisons.keys(), customFieldForm].join(', ');
	return `Wix members have no such field to write (known: ${known})`;
}

const withoutId = (address: JsonValue): JsonValue =>
	isJsonObject(address)
		? Object.fromEntries(Object.entries(address).filter(([key]) => key !== 'id'))
		: address;

/** The value at `path`; addresses come without the ids that Wix gives them. */
export function valueOf(member: JsonObject, path: string): JsonValue {
	const segments = parsePath(path);
	const value = (segments && valueAt(member, segments)) ?? null;
	return path === 'contact.addresses' && Array.isArray(value) ? value.map(withoutId) : value;
}

/** All numbers with `phone` as the first: Wix replaces the list as a whole. */
function phonesWithFirst(present: JsonValue | undefined, phone: string): JsonValue[] {
	const others = Array.isArray(present) ? present.slice(1) : [];
	const wanted = comparisonKey(phone, 'phone');
	return [phone, ...others.filter((other) => comparisonKey(other, 'phone') !== wanted)];
}

/** The custom fields as they can be sent: whether Wix keeps those that are left out is not documented. */
function writableCustomFields(contact: JsonObject): JsonObject {
	const present = Object.entries(objectAt(contact, 'customFields'));
	return Object.fromEntries(
		present.flatMap(([key, field]) =>
			isJsonObject(field) && field.value !== undefined ? [[key, { value: field.value }]] : [],
		),
	);
}

const trimmed = (value: JsonValue): JsonValue => (typeof value === 'string' ? value.trim() : value);

/**
 * The `member` of a create or update that puts `set` (path to value) into `member`: only the parts that change. The login
 * email is left out: an update cannot carry it. Texts are trimmed.
 */
export function memberFor(member: JsonObject, set: JsonObject): JsonObject {
	const present = objectAt(member, 'contact');
	const contact: JsonObject = {};
	const profile: JsonObject = {};
	for (const [path, value] of Object.entries(set)) {
		const customField = customFieldIn(path);
		const [group] = path.split('.');
		if (customField !== undefined) {
			const fields = isJsonObject(contact.customFields)
				? contact.customFields
				: writableCustomFields(present);
			contact.customFields = { ...fields, [customField]: { value: trimmed(value) } };
		} else if (path === 'contact.phones[0]') {
			contact.phones = phonesWithFirst(present.phones, String(value).trim());
		} else if (group === 'contact') contact[path.slice('contact.'.length)] = trimmed(value);
		else if (group === 'profile') profile[path.slice('profile.'.length)] = trimmed(value);
	}
	return {
		...(Object.keys(contact).length > 0 ? { contact } : {}),
		...(Object.keys(profile).length > 0 ? { profile } : {}),
	};
}

/** The paths of `set` whose value `member` does not hold yet. */
export function missingIn(member: JsonObject, set: JsonObject): JsonObject {
	const differs = ([path, value]: [string, JsonValue]) =>
		comparisonKey(valueOf(member, path), comparisonOf(path)) !==
		comparisonKey(value, comparisonOf(path));
	return Object.fromEntries(Object.entries(set).filter(differs));
}
