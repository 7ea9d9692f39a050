import type { Comparison, JsonObject, JsonValue } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';

/** The items of a list such as `info.emails`; an empty one comes without `items`. */
export function itemsOf(list: JsonValue | undefined): JsonObject[] {
	const items = isJsonObject(list) ? list.items : undefined;
	return Array.isArray(items) ? items.filter(isJsonObject) : [];
}

/**
 * The items with `value` as the primary one. Held already by another item: the primary flag moves there. Else the primary
 * item's value is replaced in place, its id and tag stay. Wix replaces lists as a whole, so all others are in it, too.
 */
export function withPrimary(
	items: readonly JsonObject[],
	key: 'email' | 'phone',
	value: string,
	compare: Comparison,
): JsonObject[] {
	if (items.length === 0) return [{ tag: 'MAIN', [key]: value, primary: true }];
	const wanted = comparisonKey(value, compare);
	const flagged = items.findIndex((item) => item.primary === true);
	const current = flagged < 0 ? 0 : flagged;
	const holder = items.findIndex((item) => comparisonKey(item[key], compare) === wanted);
	const primary = holder < 0 ? current : holder;
	return items.map((item, index) => {
		const isPrimary = index === primary;
		if (!isPrimary || holder >= 0) return { ...item, primary: isPrimary };
		return { ...item, [key]: value, primary: true };
	});
}

/** Read-only parts must not be sent; a country code belongs to the number it came with. */
export function writablePhones(
	before: readonly JsonObject[],
	after: readonly JsonObject[],
): JsonObject[] {
	return after.map((item, index) => {
		const sent: JsonObject = { ...item };
		delete sent.e164Phone;
		const isNew = before[index]?.phone !== item.phone;
		if (isNew && String(item.phone).startsWith('+')) delete sent.countryCode;
		return sent;
	});
}
