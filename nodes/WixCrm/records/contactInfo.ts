import type { Comparison, JsonObject, JsonValue } from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { isJsonObject, parsePath, valueAt } from '../../shared/paths';
import { addsTo, withAdded, type AddedTo } from './listAdditions';
import { objectAt } from './parts';
import { itemsOf, withPrimary, writablePhones } from './primaryItem';

/** Paths of a contact that can be written, and how their values compare. */
const comparisons: ReadonlyMap<string, Comparison> = new Map(
	Object.entries<Comparison>({
		'primaryInfo.email': 'email',
		'primaryEmail.email': 'email',
		'primaryInfo.phone': 'phone',
		'primaryPhone.phone': 'phone',
		'info.name.first': 'exact',
		'info.name.last': 'exact',
		'info.company': 'exact',
		'info.jobTitle': 'exact',
		'info.birthdate': 'exact',
		'info.locale': 'exact',
	}),
);

const isKnown = (path: string) => comparisons.has(path);

/** System fields that Wix lets others write; all other system fields are its own. */
const writableSystemFields = ['invoices.vatId'];

/** The key of the extended field whose value `path` is; undefined for any other path. */
function extendedKeyIn(path: string): string | undefined {
	if (!path.startsWith('info.extendedFields.')) return undefined;
	const segments = parsePath(path) ?? [];
	return segments.length === 4 && segments[2] === 'items' ? segments[3] : undefined;
}

const isOwnField = (key: string) => key.startsWith('custom.') || writableSystemFields.includes(key);

export function comparisonOf(path: string): Comparison {
	return comparisons.get(path) ?? 'exact';
}

export function faultOfPath(path: string): string | undefined {
	if (parsePath(path) === undefined) return 'it is no path into a contact';
	if (isKnown(path)) return undefined;
	const key = extendedKeyIn(path);
	if (key !== undefined) {
		return isOwnField(key) ? undefined : 'Wix itself keeps this extended field';
	}
	return `Wix contacts have no such field to write (known: ${[...comparisons.keys()].join(', ')}, and info.extendedFields.items['custom.my-field'])`;
}

export function valueOf(contact: JsonObject, path: string): JsonValue {
	const segments = parsePath(path);
	return (segments && valueAt(contact, segments)) ?? null;
}

/** The extended fields as they can be sent: whether Wix keeps those that are left out is not documented. */
function writableExtendedFields(list: JsonValue | undefined): JsonObject {
	const items = isJsonObject(list) ? objectAt(list, 'items') : {};
	return Object.fromEntries(Object.entries(items).filter(([key]) => isOwnField(key)));
}

/** What is sent for a value that is to be cleared: which of the two Wix heeds is not documented. */
export type Blank = '' | null;

/** Lists that can be cleared as a whole; of addresses and numbers the primary ones have paths of their own. */
const clearableLists = ['info.phones', 'info.addresses'];

export const isClearableList = (path: string): boolean => clearableLists.includes(path);

function setInto(info: JsonObject, path: string, text: string): void {
	switch (path) {
		case 'primaryInfo.email':
		case 'primaryEmail.email':
			info.emails = { items: withPrimary(itemsOf(info.emails), 'email', text, 'email') };
			return;
		case 'primaryInfo.phone':
		case 'primaryPhone.phone': {
			const before = itemsOf(info.phones);
			const after = withPrimary(before, 'phone', text, 'phone');
			info.phones = { items: writablePhones(before, after) };
			return;
		}
		case 'info.name.first':
		case 'info.name.last': {
			info.name = { ...objectAt(info, 'name'), [path.slice('info.name.'.length)]: text };
			return;
		}
		default:
			info[path.slice('info.'.length)] = text;
	}
}

function clearIn(info: JsonObject, path: string, blank: Blank): void {
	const part = path.slice('info.'.length);
	if (isClearableList(path)) info[part] = blank === null ? null : { items: [] };
	else if (part.startsWith('name.')) {
		info.name = { ...objectAt(info, 'name'), [part.slice('name.'.length)]: blank };
	} else info[part] = blank;
}

function addInto(info: JsonObject, list: AddedTo, wanted: JsonValue): void {
	const items = itemsOf(info[list]);
	const all = withAdded(list, items, wanted);
	info[list] = { items: list === 'phones' ? writablePhones(items, all) : all };
}

const partOf = (path: string): string => {
	const list = addsTo(path);
	if (list !== undefined) return list;
	if (path.endsWith('.email')) return 'emails';
	if (path.endsWith('.phone')) return 'phones';
	return path.replace(/^info\.([^.]+).*$/s, '$1');
};

const trimmed = (value: JsonValue): JsonValue => (typeof value === 'string' ? value.trim() : value);

/** Primary items first, so that what is added comes behind them. */
const inOrder = (set: JsonObject): Array<[string, JsonValue]> =>
	Object.entries(set).sort(
		([left], [right]) => Number(addsTo(left) !== undefined) - Number(addsTo(right) !== undefined),
	);

/**
 * The `info` of a create or update that puts `set` (path to value) into `contact`: only the parts that change, lists and
 * names whole, because Wix keeps absent parts and replaces present ones. Values are trimmed; those that clear something are
 * sent as `blank`.
 */
export function infoFor(contact: JsonObject, set: JsonObject, blank: Blank = ''): JsonObject {
	const present = objectAt(contact, 'info');
	const info: JsonObject = {};
	for (const [path, value] of inOrder(set)) {
		const part = partOf(path);
		if (info[part] === undefined && present[part] !== undefined) info[part] = present[part];
		const list = addsTo(path);
		const key = extendedKeyIn(path);
		if (list !== undefined) addInto(info, list, value);
		else if (key !== undefined) {
			const items = writableExtendedFields(info.extendedFields);
			const sent = isBlank(value) ? blank : trimmed(value);
			info.extendedFields = { items: { ...items, [key]: sent } };
		} else if (isBlank(value)) clearIn(info, path, blank);
		else setInto(info, path, String(value).trim());
	}
	return info;
}
