import type { JsonObject, JsonValue } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { objectAt } from './parts';
import { itemsOf } from './primaryItem';

/** Lists of a contact to which items can be added; the items that are there stay. */
export type AddedTo = 'emails' | 'phones' | 'addresses';

const marks: Readonly<Record<string, AddedTo>> = {
	'+emails': 'emails',
	'+phones': 'phones',
	'+addresses': 'addresses',
};

/** Stands among the paths of an edit for "these items are in the list". */
export const additionTo = (list: AddedTo): string => `+${list}`;

/** The list that `path` adds to; undefined for a path into a contact. */
export const addsTo = (path: string): AddedTo | undefined =>
	Object.prototype.hasOwnProperty.call(marks, path) ? marks[path] : undefined;

const isSameAddress = (wanted: JsonObject, item: JsonObject): boolean => {
	const [asked, held] = [wanted.address, item.address];
	if (!isJsonObject(asked) || !isJsonObject(held)) return false;
	return Object.entries(asked).every(
		([key, value]) => comparisonKey(held[key], 'exact') === comparisonKey(value, 'exact'),
	);
};

function isSame(list: AddedTo, wanted: JsonObject, item: JsonObject): boolean {
	if (list === 'addresses') return isSameAddress(wanted, item);
	const [key, compare] =
		list === 'emails' ? (['email', 'email'] as const) : (['phone', 'phone'] as const);
	return comparisonKey(wanted[key], compare) === comparisonKey(item[key], compare);
}

const wantedIn = (value: JsonValue): JsonObject[] =>
	Array.isArray(value) ? value.filter(isJsonObject) : [];

/** `items` and behind them those of `wanted` that it lacks. */
export function withAdded(
	list: AddedTo,
	items: readonly JsonObject[],
	wanted: JsonValue,
): JsonObject[] {
	const all = [...items];
	for (const one of wantedIn(wanted)) {
		if (!all.some((item) => isSame(list, one, item))) all.push(one);
	}
	return all;
}

export function holdsAdded(contact: JsonObject, list: AddedTo, wanted: JsonValue): boolean {
	const items = itemsOf(objectAt(contact, 'info')[list]);
	return withAdded(list, items, wanted).length === items.length;
}
