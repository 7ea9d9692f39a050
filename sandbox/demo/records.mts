import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { comparisonKey } from '../../nodes/shared/normalize';
import { parsePath, valueAt, valuesAt } from '../../nodes/shared/paths';

/** The address of a contact, or of a member. */
export function wixAddress(record: JsonObject | undefined): string {
	return textAt(record, 'loginEmail') || textAt(record, 'primaryInfo.email');
}

/** Every address of a contact or a member, the one that is kept in sync included. */
export function wixAddresses(record: JsonObject): string[] {
	const path = record.loginEmail === undefined ? 'info.emails.items[].email' : 'contact.emails[]';
	const held = valuesAt(record, parsePath(path) ?? []).map(text);
	return [...new Set([wixAddress(record), ...held])].filter((address) => address !== '');
}

/** A contact shows the membership itself, under a key that has a dot in it. */
export function isMembersContact(contact: JsonObject): boolean {
	const items = at(contact, 'info.extendedFields.items');
	return (
		typeof items === 'object' &&
		items !== null &&
		!Array.isArray(items) &&
		items['members.membershipStatus'] !== undefined
	);
}

export function sameAddress(one: string, other: string): boolean {
	return addressKey(one) === addressKey(other);
}

export function addressKey(address: string): string {
	return comparisonKey(address, 'email');
}

/** The text at `path` of a record, '' when there is none. */
export function textAt(record: JsonObject | undefined, path: string): string {
	return text(at(record, path));
}

function at(record: JsonObject | undefined, path: string): JsonValue | undefined {
	return record && valueAt(record, parsePath(path) ?? []);
}

function text(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : '';
}
