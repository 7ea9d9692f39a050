import { Schemas, Types } from 'scimmy';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { refusal } from './refusal.mts';
import { textFor } from './filterText.mts';

/** Attributes that are compared as they are, whatever the case of the others means. */
const exact = new Set(['id', 'externalid', 'meta']);

export const isExact = (attribute: string): boolean => exact.has(attribute.toLowerCase());

/** A copy with every text in it changed. */
export function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
	if (typeof value === 'string') return change(value);
	if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, change));
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, mapTexts(entry, change)]),
	);
}

/** True for a list of values; an extension counts as one object. */
function isMultiValued(name: string): boolean {
	try {
		const attribute = Schemas.User.definition.attribute(name);
		return 'config' in attribute && attribute.config.multiValued === true;
	} catch {
		throw refusal(400, `Users have no attribute "${name}".`, 'invalidFilter');
	}
}

/** `emails eq "x"` means the values of the addresses. */
function onValues(name: string, condition: JsonValue): JsonValue {
	return isMultiValued(name) && Array.isArray(condition) ? { value: condition } : condition;
}

/** Conditions by attribute, with those on attributes of an extension below the extension, where a user has them. */
function nested(conditions: readonly [string, JsonValue][]): JsonObject {
	const result: JsonObject = {};
	for (const [name, condition] of conditions) {
		const end = name.lastIndexOf(':');
		if (end < 0) {
			result[name] = condition;
			continue;
		}
		const extension = name.slice(0, end);
		const others = result[extension];
		const own = { [name.slice(end + 1)]: condition };
		result[extension] = isJsonObject(others) ? { ...others, ...own } : own;
	}
	return result;
}

/**
 * The alternatives of a filter that scimmy has parsed, each one an object of conditions by attribute (`{userName: ["eq", "x"]}`),
 * with the texts that were set aside put back. Without `caseExact` the texts are folded to lower case.
 */
export function alternativesOf(
	filter: Types.Filter,
	values: readonly string[],
	caseExact: boolean,
): JsonObject[] {
	const restored = ([name, condition]: [string, JsonValue]): [string, JsonValue] => {
		const isFolded = !caseExact && !isExact(name);
		const change = (text: string) => {
			const original = textFor(text, values);
			return isFolded ? original.toLowerCase() : original;
		};
		return [name, mapTexts(onValues(name, condition), change)];
	};
	const alternatives = [...filter] as JsonObject[];
	return alternatives.map((alternative) => nested(Object.entries(alternative).map(restored)));
}
