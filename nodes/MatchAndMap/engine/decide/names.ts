import type { DataFlow, JsonObject, JsonValue, Side } from '../../../shared/contract';
import { parsePath, valueAt } from '../../../shared/paths';
import type { SideRecord } from '../read';

const nameFields: Record<DataFlow['wixEntity'], { first: string; last: string }> = {
	contact: { first: 'info.name.first', last: 'info.name.last' },
	member: { first: 'contact.firstName', last: 'contact.lastName' },
};

/**
 * What a new record needs beyond the rules. On the users side: `name`, and `login`, which is the address, so that the
 * system's unique key keeps a second one from being made. On the Wix side: first and last name.
 */
export function defaultsFor(
	side: Side,
	source: SideRecord,
	address: string,
	entity: DataFlow['wixEntity'],
): JsonObject {
	return side === 'users' ? userDefaults(source, address, entity) : wixDefaults(source, entity);
}

function userDefaults(
	source: SideRecord,
	address: string,
	entity: DataFlow['wixEntity'],
): JsonObject {
	const { first, last } = nameFields[entity];
	const names = [textAt(source, first), textAt(source, last), textAt(source, 'profile.nickname')];
	const name =
		[names[0], names[1]].filter((part) => part !== '').join(' ') || names[2] || localPart(address);
	return address === '' ? { name } : { name, login: address };
}

function wixDefaults(source: SideRecord, entity: DataFlow['wixEntity']): JsonObject {
	const name = textAt(source, 'name') || fullName(source);
	if (name === '') return {};
	const space = name.indexOf(' ');
	const { first, last } = nameFields[entity];
	return space < 0
		? { [first]: name }
		: { [first]: name.slice(0, space), [last]: name.slice(space + 1).trim() };
}

const fullName = (source: SideRecord) =>
	[textAt(source, 'profile.firstName'), textAt(source, 'profile.lastName')]
		.filter((part) => part !== '')
		.join(' ');

const localPart = (address: string) => address.slice(0, Math.max(address.lastIndexOf('@'), 0));

function textAt(source: SideRecord, path: string): string {
	const value: JsonValue | undefined = valueAt(source.record, parsePath(path) ?? []);
	return typeof value === 'string' ? value.trim() : '';
}
