import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';

/** A fixture of the project, by its path below test/fixtures. */
export const fixture = (path: string): JsonObject => {
	const value = JSON.parse(readFileSync(join(__dirname, '../fixtures', path), 'utf8')) as JsonValue;
	if (!isJsonObject(value)) throw new Error(`${path} holds no object.`);
	return value;
};

const kindOf = (value: JsonValue): string =>
	value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;

/** Every place where both have a value of different kinds; the first item of a list stands for all. */
export function differences(expected: JsonValue, actual: JsonValue, path = '$'): string[] {
	if (kindOf(expected) !== kindOf(actual)) {
		return [`${path}: ${kindOf(actual)} instead of ${kindOf(expected)}`];
	}
	if (Array.isArray(expected) && Array.isArray(actual)) {
		const [first, second] = [expected[0], actual[0]];
		return first === undefined || second === undefined
			? []
			: differences(first, second, `${path}[]`);
	}
	if (!isJsonObject(expected) || !isJsonObject(actual)) return [];
	return Object.entries(expected).flatMap(([key, value]) => {
		const other = actual[key];
		return other === undefined ? [] : differences(value, other, `${path}.${key}`);
	});
}

/** The keys of `expected` that `actual` lacks, with the keys of objects inside. */
export function missing(expected: JsonValue, actual: JsonValue, path = '$'): string[] {
	if (Array.isArray(expected) && Array.isArray(actual)) {
		const [first, second] = [expected[0], actual[0]];
		return first === undefined || second === undefined ? [] : missing(first, second, `${path}[]`);
	}
	if (!isJsonObject(expected) || !isJsonObject(actual)) return [];
	return Object.entries(expected).flatMap(([key, value]) => {
		const other = actual[key];
		return other === undefined ? [`${path}.${key}`] : missing(value, other, `${path}.${key}`);
	});
}

/** The objects of a list in a fixture. */
export function listAtFixture(path: string, key: string): JsonObject[] {
	const list = fixture(path)[key];
	return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
