import type { Comparison, JsonObject, JsonValue } from '../../shared/contracts';
import { isJsonObject, parsePath, valueAt } from '../../shared/paths';
import { itemsOf, withPrimary, writablePhones } from './primaryItem';

/** Paths of a contact that can be written, and how their values compare. */
const comparisons: Readonly<Record<string, Comparison>> = {
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
};

const isKnown = (path: string) => Object.prototype.hasOwnProperty.call(comparisons, path);

export function comparisonOf(path: string): Comparison {
	return isKnown(path) ? comparisons[path] : 'exact';
}

export function faultOfPath(path: string): string | undefined {
	if (parsePath(path) === undefined) return 'it is no path into a contact';
	if (isKnown(path)) return undefined;
	return `Wix contacts have no such field to write (known: ${Object.keys(comparisons).join(', ')})`;
}

export function valueOf(contact: JsonObject, path: string): JsonValue {
	const segments = parsePath(path);
	return (segments && valueAt(contact, segments)) ?? null;
}

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
			const name = isJsonObject(info.name) ? info.name : {};
			info.name = { ...name, [path.slice('info.name.'.length)]: text };
			return;
		}
		default:
			info[path.slice('info.'.length)] = text;
	}
}

const partOf = (path: string): string => {
	if (path.endsWith('.email')) return 'emails';
	if (path.endsWith('.phone')) return 'phones';
	return path.split('.')[1];
};

/**
 * The `info` of a create or update that puts `set` (path to value) into `contact`: only the parts that change, lists and
 * names whole, because Wix keeps absent parts and replaces present ones. Values are trimmed.
 */
export function infoFor(contact: JsonObject, set: JsonObject): JsonObject {
	const present = isJsonObject(contact.info) ? contact.info : {};
	const info: JsonObject = {};
	for (const [path, value] of Object.entries(set)) {
		const part = partOf(path);
		if (info[part] === undefined && present[part] !== undefined) info[part] = present[part];
		setInto(info, path, String(value).trim());
	}
	return info;
}
