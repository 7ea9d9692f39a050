import type {
	Comparison,
	JsonObject,
	JsonValue,
	PropertyRule,
	Side,
} from '../../../shared/contract';
import {
	addressFault,
	comparisonKey,
	isBlank,
	isScalar,
	kindOf,
	plainAddressKey,
} from '../../../shared/normalize';
import { isJsonObject, valueAt } from '../../../shared/paths';

/** What one record holds for one property: the value to write elsewhere, and the key it is compared by ('' for blank). */
export interface Reading {
	value: JsonValue;
	key: string;
	/** Why the value cannot be used, in words that continue "the field …". */
	fault?: string;
}

export type ValueType = PropertyRule['type'];

const blank: Reading = { value: null, key: '' };
const emailSegment = 'email';

/**
 * The value at a path. On the users side `profile.email` and `profile.email.email` both yield the address, whether the
 * system keeps an object with an `email` inside (JetBrains Hub) or a plain string (Okta).
 */
export function locate(
	record: JsonObject,
	segments: readonly string[],
	side: Side,
	compare: Comparison,
): JsonValue | undefined {
	const value = valueAt(record, segments);
	if (side === 'wix') return compare === 'phone' ? international(record, segments, value) : value;
	const isAddress = compare === 'email';
	if (isAddress && isJsonObject(value)) return valueAt(value, [emailSegment]);
	if (value !== undefined || segments[segments.length - 1] !== emailSegment) return value;
	const parent = valueAt(record, segments.slice(0, -1));
	return typeof parent === 'string' || (isAddress && !isJsonObject(parent)) ? parent : undefined;
}

/**
 * A phone number as Wix knows it internationally, where it does: Wix stores `646-567-6359` with the country US, and beside it
 * `e164Phone`. So a number is compared, and handed on, with its country.
 */
function international(
	record: JsonObject,
	segments: readonly string[],
	phone: JsonValue | undefined,
): JsonValue | undefined {
	if (typeof phone !== 'string' || segments[segments.length - 1] !== 'phone') return phone;
	const holder = segments.slice(0, -1);
	const items = valueAt(record, ['info', 'phones', 'items']);
	const isPrimary = holder.join('.') === 'primaryInfo';
	const places = isPrimary
		? [valueAt(record, ['primaryPhone']), ...(Array.isArray(items) ? items : [])]
		: [valueAt(record, holder)];
	const known = places.find(
		(place) => isJsonObject(place) && place.phone === phone && isFilledText(place.e164Phone),
	);
	return isJsonObject(known) ? known.e164Phone : phone;
}

const isFilledText = (value: JsonValue | undefined) => typeof value === 'string' && !isBlank(value);

/** A value as its type has it. Text for a field of text is read without it. */
function typed(value: JsonValue, type: ValueType): { value: JsonValue } | { fault: string } {
	const text = typeof value === 'string' ? value.trim() : value;
	if (!isScalar(text)) return { fault: `holds ${kindOf(text)} where a single value should be` };
	switch (type) {
		case 'number': {
			const number = Number(text);
			return typeof text === 'boolean' || !Number.isFinite(number)
				? { fault: 'is no number' }
				: { value: number };
		}
		case 'boolean':
			return truth(text);
		case 'date':
			return typeof text === 'boolean' || Number.isNaN(instant(text))
				? { fault: 'is no date' }
				: { value: text };
		case 'string':
			return { fault: `holds a ${typeof text} where text should be` };
	}
}

/** `True` and 1 are how some systems write it. */
function truth(value: JsonValue): { value: boolean } | { fault: string } {
	const text = String(value).toLowerCase();
	if (text === 'true' || value === 1) return { value: true };
	if (text === 'false' || value === 0) return { value: false };
	return { fault: 'is neither true nor false' };
}

const instant = (value: JsonValue) => new Date(value as string | number).getTime();

function keyOf(value: JsonValue, compare: Comparison, type: ValueType): string {
	return type === 'date' ? String(instant(value)) : comparisonKey(value, compare);
}

function readText(text: string, compare: Comparison): Reading {
	const plainKey = compare === 'email' ? plainAddressKey(text) : undefined;
	if (plainKey !== undefined) return { value: text, key: plainKey };
	const fault = compare === 'email' ? addressFault(text) : undefined;
	return fault === undefined
		? { value: text, key: comparisonKey(text, compare) }
		: { ...blank, fault };
}

/** Reads a raw value under a comparison and a type. Never throws: a value that cannot be used comes back with a fault. */
export function readValue(
	raw: JsonValue | undefined,
	compare: Comparison,
	type: ValueType,
): Reading {
	if (typeof raw === 'string' && type === 'string') {
		const text = raw.trim();
		return text === '' ? blank : readText(text, compare);
	}
	if (isBlank(raw)) return blank;
	const badAddress = compare === 'email' ? addressFault(raw as JsonValue) : undefined;
	if (badAddress !== undefined) return { ...blank, fault: badAddress };
	const result = typed(raw as JsonValue, type);
	if ('fault' in result) return { ...blank, fault: result.fault };
	return { value: result.value, key: keyOf(result.value, compare, type) };
}

/** The key of a value that was remembered (a base, a pending value), '' when it is blank or unusable. */
export function rememberedKey(
	value: JsonValue | undefined,
	compare: Comparison,
	type: ValueType,
): string {
	return readValue(value, compare, type).key;
}
