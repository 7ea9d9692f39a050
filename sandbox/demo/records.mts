import type { JsonObject, JsonValue } from '../../nodes/shared/contracts';
import { comparisonKey } from '../../nodes/shared/normalize';
import { parsePath, valueAt, valuesAt } from '../../nodes/shared/paths';

export function contactAddress(contact: JsonObject | undefined): string {
	return text(at(contact, 'primaryInfo.email'));
}

/** Every address of a contact, the primary one included. */
export function contactAddresses(contact: JsonObject): string[] {
	const segments = parsePath('info.emails.items[].email') ?? [];
	return valuesAt(contact, segments).map(text);
}

export function userAddress(user: JsonObject | undefined): string {
	return text(at(user, 'profile.email.email'));
}

/** Wix shows the membership on the contact itself, under a key that has a dot in it. */
export function isMember(contact: JsonObject): boolean {
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

function at(record: JsonObject | undefined, path: string): JsonValue | undefined {
	return record && valueAt(record, parsePath(path) ?? []);
}

function text(value: JsonValue | undefined): string {
	return typeof value === 'string' ? value : '';
}
