import type { Comparison, JsonValue } from './contract/types';
import { parsedUrl } from './parsedUrl';

/** RFC 5321 4.5.3.1 with the separators; Wix's own limit for an address is the same. */
export const longestAddress = 320;

const asciiDomains = new Map<string, string>();
const domainCacheSize = 10_000;

/** Lower-cased domain in its ASCII (punycode) form; a text that is no host name is only lower-cased. */
function domainKey(domain: string): string {
	const lower = domain.toLowerCase();
	if (/^[\x21-\x7e]*$/.test(lower) || /[\s/?#@:\\%[\]]/.test(lower)) return lower;
	const known = asciiDomains.get(lower);
	if (known !== undefined) return known;
	const ascii = hostName(lower);
	if (asciiDomains.size >= domainCacheSize) asciiDomains.clear();
	asciiDomains.set(lower, ascii);
	return ascii;
}

const hostName = (domain: string): string => parsedUrl(`http://${domain}`)?.hostname ?? domain;

const dotlessI = 'ı';

/**
 * Full case folding: ß is ss, a ligature its letters, both sigmas one. A dotless i stays apart from i. Works on the text as
 * a whole: a list of its characters would take many times the memory of a very long one.
 */
function foldCase(text: string): string {
	const lower = text.toLowerCase();
	if (/^[\p{ASCII}]*$/u.test(lower)) return lower;
	const fold = (part: string) => part.toUpperCase().toLowerCase();
	return lower.split(dotlessI).map(fold).join(dotlessI).normalize('NFC');
}

/** Printable ASCII without white space: most addresses. Their key is the text itself, lower-cased. */
const plainText = /^[\x21-\x7e]+$/;

/** The key of an address that needs no closer look, as most do: trimmed, plain ASCII, a name and a domain. */
export function plainAddressKey(text: string): string | undefined {
	if (text.length > longestAddress || !plainText.test(text)) return undefined;
	const at = text.lastIndexOf('@');
	return at < 1 || at === text.length - 1 ? undefined : text.toLowerCase();
}

function emailKey(text: string): string {
	const at = text.lastIndexOf('@');
	if (at < 0) return foldCase(text);
	return `${foldCase(text.slice(0, at))}@${domainKey(text.slice(at + 1))}`;
}

function phoneKey(text: string): string {
	// Bounded: a run of millions would overflow the stack of the regular expression
	const digits = text.replace(/\D{1,1000}/g, '');
	if (digits === '') return foldCase(text);
	const international = /^\s*(\+|00)/.test(text);
	return international ? `+${digits.replace(/^00/, '')}` : digits;
}

/** Absent, null, and text of white space alone are the same: nothing. */
export function isBlank(value: JsonValue | undefined): value is null | undefined | '' {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** Whether a value is text, a number, true or false, or null: what a single field can hold. */
export function isScalar(value: unknown): value is null | boolean | number | string {
	const type = typeof value;
	return type === 'string' || value === null || type === 'number' || type === 'boolean';
}

/** What a value is, as a message says it: a list, an object, a number. */
export function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The JSON of a value; undefined for one that has none: cyclic, nested too deep to walk, a function. */
export function jsonText(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}

/**
 * The text by which two values are the same under `comparison`; '' for a blank one. Addresses compare trimmed and case
 * folded, the domain in ASCII form, Unicode in NFC; phones by their digits and a leading plus.
 */
export function comparisonKey(value: JsonValue | undefined, comparison: Comparison): string {
	if (isBlank(value)) return '';
	if (typeof value !== 'string') return jsonText(value) ?? '';
	const trimmed = value.trim();
	if (comparison === 'email' && plainText.test(trimmed)) return trimmed.toLowerCase();
	const text = trimmed.normalize('NFC');
	switch (comparison) {
		case 'email':
			return emailKey(text);
		case 'phone':
			return phoneKey(text);
		case 'ignoreCase':
			return foldCase(text);
		case 'exact':
			return text;
	}
}

/** `U+200E`: what a person cannot see has to be named. */
const codePointOf = (character: string) =>
	`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Why `value` cannot be an email address, in words for a person; undefined when it can be one. */
export function addressFault(value: JsonValue): string | undefined {
	if (typeof value !== 'string') return `holds ${kindOf(value)} where an email address should be`;
	const text = value.trim();
	if (text.length > longestAddress) return `is longer than ${longestAddress} characters`;
	if (!plainText.test(text)) {
		if (/\s/u.test(text)) return 'has white space inside';
		const [invisible] = /[\p{Cc}\p{Cf}]/u.exec(text) ?? [];
		if (invisible !== undefined)
			return `has an invisible character inside (${codePointOf(invisible)}); enter the address anew`;
	}
	const at = text.lastIndexOf('@');
	if (at < 1 || at === text.length - 1)
		return 'is no email address (there is no name@domain in it)';
	return undefined;
}
