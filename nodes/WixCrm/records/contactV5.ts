import type { Comparison, JsonObject, JsonValue } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { objectAt } from './parts';
import { itemsOf } from './primaryItem';

/** Contacts v5 holds a main value and so many further ones. */
const mostValues = 11;

/** v5 calls it OTHER where v4 has no tag; it knows all other tags of phone numbers by the same names. */
const tagInV5 = (tag: JsonValue | undefined) =>
	tag === undefined || tag === null || tag === 'UNTAGGED' ? 'OTHER' : tag;

/**
 * What has to become of a list of addresses or numbers. same: the value is the primary one already. undefined: v5 cannot do
 * it as v4 does, because it has no tags and flags of further values.
 */
function mainValue(
	items: readonly JsonObject[],
	key: 'email' | 'phone',
	value: string,
	compare: Comparison,
): 'same' | { before: JsonObject | undefined } | undefined {
	const wanted = comparisonKey(value, compare);
	const holder = items.findIndex((item) => comparisonKey(item[key], compare) === wanted);
	const primary = items.findIndex((item) => item.primary === true);
	if (items.length > 0 && primary < 0) return undefined;
	if (holder >= 0) return holder === primary ? 'same' : undefined;
	return { before: items[primary] };
}

/** Puts one value into the v5 contact; false when v5 has no safe place for it. */
type Put = (v5: JsonObject, info: JsonObject, text: string) => boolean;

const putEmail: Put = (v5, info, text) => {
	const main = mainValue(itemsOf(info.emails), 'email', text, 'email');
	if (main === undefined || v5.email !== undefined) return false;
	if (main !== 'same') v5.email = { email: text };
	return true;
};

/** A number's country code has no place in v5, and v4 takes a number for a double only where there is no address. */
const putPhone: Put = (v5, info, text) => {
	const main = mainValue(itemsOf(info.phones), 'phone', text, 'phone');
	if (main === undefined || v5.phone !== undefined) return false;
	if (main === 'same') return true;
	const { before } = main;
	if (before?.countryCode || (itemsOf(info.emails).length === 0 && v5.email === undefined)) {
		return false;
	}
	v5.phone = { tag: before === undefined ? 'MAIN' : tagInV5(before.tag), phone: text };
	return true;
};

/** Parts of parts are sent whole: whether v5 keeps those that are absent is not documented. */
const putName =
	(part: 'first' | 'last'): Put =>
	(v5, info, text) => {
		v5.name = { ...objectAt(info, 'name'), ...objectAt(v5, 'name'), [part]: text };
		return true;
	};

const putCompany =
	(part: 'name' | 'jobTitle'): Put =>
	(v5, info, text) => {
		const known: JsonObject = {};
		if (info.company !== undefined) known.name = info.company;
		if (info.jobTitle !== undefined) known.jobTitle = info.jobTitle;
		v5.company = { ...known, ...objectAt(v5, 'company'), [part]: text };
		return true;
	};

const putScalar =
	(name: 'birthdate' | 'locale'): Put =>
	(v5, _info, text) => {
		v5[name] = text;
		return true;
	};

const puts = new Map<string, Put>([
	['primaryInfo.email', putEmail],
	['primaryEmail.email', putEmail],
	['primaryInfo.phone', putPhone],
	['primaryPhone.phone', putPhone],
	['info.name.first', putName('first')],
	['info.name.last', putName('last')],
	['info.company', putCompany('name')],
	['info.jobTitle', putCompany('jobTitle')],
	['info.birthdate', putScalar('birthdate')],
	['info.locale', putScalar('locale')],
]);

/** Addresses first: whether a number may be sent depends on them. */
const addressesFirst = ([left]: [string, JsonValue], [right]: [string, JsonValue]) =>
	Number(right.endsWith('.email')) - Number(left.endsWith('.email'));

/**
 * `set` (v4 path to value) as the parts of a v5 contact that change `contact`, a v4 one, just as the v4 call does; {} for a
 * new one. Undefined where v5 cannot do the same: then v4 has to. Values are trimmed.
 */
export function v5ContactFor(contact: JsonObject, set: JsonObject): JsonObject | undefined {
	const info = objectAt(contact, 'info');
	const lists = [itemsOf(info.emails), itemsOf(info.phones)];
	if (lists.some((items) => items.length > mostValues)) return undefined;
	const v5: JsonObject = {};
	for (const [path, value] of Object.entries(set).sort(addressesFirst)) {
		const put = puts.get(path);
		if (put === undefined || !put(v5, info, String(value).trim())) return undefined;
	}
	return Object.keys(v5).length === 0 ? undefined : v5;
}

/** A v5 contact as far as v4 paths that can be written reach into it. */
export function seenFromV4(v5: JsonObject): JsonObject {
	const text = (parent: string, key: string): JsonValue => objectAt(v5, parent)[key] ?? null;
	const email = { email: text('email', 'email') };
	const phone = { phone: text('phone', 'phone') };
	return {
		id: v5.id ?? null,
		primaryInfo: { ...email, ...phone },
		primaryEmail: email,
		primaryPhone: phone,
		info: {
			name: objectAt(v5, 'name'),
			company: text('company', 'name'),
			jobTitle: text('company', 'jobTitle'),
			birthdate: v5.birthdate ?? null,
			locale: v5.locale ?? null,
		},
	};
}
