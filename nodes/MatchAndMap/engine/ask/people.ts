import type { JsonObject, JsonValue, Side } from '../../../shared/contract';
import { isBlank } from '../../../shared/normalize';
import { valueAt } from '../../../shared/paths';

const longestValue = 120;

export const sideName: Readonly<Record<Side, string>> = { wix: 'Wix', users: 'the users system' };

/** A value as a person reads it, cut if it is very long. */
export function shown(value: JsonValue | undefined): string {
	if (isBlank(value)) return 'nothing';
	const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
	return `'${text.length > longestValue ? `${text.slice(0, longestValue)}…` : text}'`;
}

/** A text without what would break a line. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

export const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The parts as one phrase; those beyond `most` are counted. */
export function listed(parts: readonly string[], most = 5): string {
	const named = parts.slice(0, most);
	const more = parts.length - named.length;
	if (more > 0) return `${named.join(', ')} and ${more} more`;
	return named.length < 2
		? named.join('')
		: `${named.slice(0, -1).join(', ')} and ${named[named.length - 1]}`;
}

const namePaths = [
	['name'],
	['info', 'name', 'first'],
	['info', 'name', 'last'],
	['contact', 'firstName'],
	['contact', 'lastName'],
	['profile', 'firstName'],
	['profile', 'lastName'],
];

/** What a person is called in its own system, as far as the record shows it. */
export function nameIn(record: JsonObject): string {
	const names = namePaths.map((path) => valueAt(record, path));
	const texts = names.filter((name): name is string => typeof name === 'string' && !isBlank(name));
	return texts.map((text) => text.trim()).join(' ');
}

/** What the run has read of a record: what the person is called, and what the fields of the rules hold. */
export interface Held {
	name: string;
	fields: ReadonlyArray<{ path: string; value: JsonValue; isAddress: boolean }>;
}

export type LookUp = (side: Side, id: string) => Held | undefined;

/** A record as a person knows it: name and address; `remembered` stands for one that this run has not read. */
export function personOf(held: Held | undefined, remembered = ''): string {
	const addresses = (held?.fields ?? [])
		.filter(({ isAddress, value }) => isAddress && !isBlank(value))
		.map(({ value }) => String(value));
	const address = [...new Set(addresses)].join(', ') || remembered;
	const name = held?.name ?? '';
	if (name === '') return address || 'somebody without a name or address';
	return address === '' ? name : `${name} (${address})`;
}

/** A record as an answer names it. */
export interface Named {
	id: string;
	name: string;
}

export const named = (lookUp: LookUp, side: Side, id: string): Named => ({
	id,
	name: personOf(lookUp(side, id)),
});

/** `1 user`, `2 users`. */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
