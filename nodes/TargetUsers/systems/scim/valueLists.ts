import type { JsonObject, JsonValue } from '../../../shared/contract';
import { isBlank } from '../../../shared/normalize';
import { isJsonObject } from '../../../shared/paths';

/** Attributes that hold several values, each `{value, type?, primary?}`. */
export type ValueList = 'emails' | 'phoneNumbers';

/** As the server has them: objects, or plain texts on servers that take it less strictly. */
export function entriesOf(user: JsonObject, list: ValueList): JsonValue[] {
	const entries = user[list];
	if (Array.isArray(entries)) return entries;
	return isBlank(entries) ? [] : [entries];
}

export const valueIn = (entry: JsonValue | undefined): JsonValue =>
	(isJsonObject(entry) ? entry.value : entry) ?? null;

const part = (entry: JsonValue, name: 'type' | 'primary'): string =>
	isJsonObject(entry) ? String(entry[name] ?? '').toLowerCase() : '';

/**
 * Where the value is that stands for a user's address: the one marked primary (RFC 7643 section 2.4: at most one is). The RFC
 * leaves open what counts without a mark; here it is the only one, else the first of type work, else the first. Entries without
 * a value count only where there are no others. -1 when there is none.
 */
export function primaryIndex(entries: readonly JsonValue[]): number {
	const filled = entries.some((entry) => !isBlank(valueIn(entry)));
	const find = (fits: (entry: JsonValue) => boolean) =>
		entries.findIndex((entry) => (!filled || !isBlank(valueIn(entry))) && fits(entry));
	const marked = find((entry) => part(entry, 'primary') === 'true');
	if (marked >= 0) return marked;
	const work = find((entry) => part(entry, 'type') === 'work');
	return work >= 0 ? work : find(() => true);
}

/** The value that counts; null when there is none. */
export function primaryOf(user: JsonObject, list: ValueList): JsonValue {
	const entries = entriesOf(user, list);
	return valueIn(entries[primaryIndex(entries)]);
}

/** All values but the one that counts. */
export function othersOf(user: JsonObject, list: ValueList): JsonValue[] {
	const entries = entriesOf(user, list);
	const primary = primaryIndex(entries);
	return entries.filter((_, index) => index !== primary).map(valueIn);
}

/** `entries` with another value in the place of the one that counts; everything else about it stays, and so do the others. */
export function withPrimary(entries: readonly JsonValue[], value: JsonValue): JsonValue[] {
	const primary = primaryIndex(entries);
	if (primary < 0) return [{ value, type: 'work', primary: true }];
	return entries.map((entry, index) => {
		if (index !== primary) return entry;
		return isJsonObject(entry) ? { ...entry, value } : value;
	});
}

/** The path of a PATCH that selects the value that counts and no other; undefined where its type does not tell it apart. */
export function pathOfPrimary(list: ValueList, entries: readonly JsonValue[]): string | undefined {
	const entry = entries[primaryIndex(entries)];
	if (!isJsonObject(entry) || typeof entry.type !== 'string' || entry.type === '') return undefined;
	const type = part(entry, 'type');
	const isAlone = entries.filter((other) => part(other, 'type') === type).length === 1;
	return isAlone ? `${list}[type eq ${JSON.stringify(entry.type)}].value` : undefined;
}
