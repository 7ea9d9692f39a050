import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { applicationError } from './errors.mts';

export type Operator =
	| '$eq'
	| '$ne'
	| '$in'
	| '$nin'
	| '$exists'
	| '$startsWith'
	| '$gt'
	| '$gte'
	| '$lt'
	| '$lte'
	| '$hasSome'
	| '$hasAll'
	| '$isEmpty';

/** One filterable field: which values a record holds there, and what Wix lets a caller ask about them. */
export interface FieldSpec<T> {
	kind: 'text' | 'email' | 'date' | 'number';
	operators: readonly Operator[];
	sortable: boolean;
	oneOf?: readonly string[];
	values: (record: T) => JsonValue[];
}

export type FieldTable<T> = (name: string) => FieldSpec<T> | undefined;
type Predicate<T> = (record: T) => boolean;

const fail = (code: string, message: string) => applicationError(400, code, message);
const isList = (operator: Operator) => ['$in', '$nin', '$hasSome', '$hasAll'].includes(operator);

function checkValue<T>(name: string, spec: FieldSpec<T>, value: JsonValue): void {
	const wanted = spec.kind === 'number' ? 'number' : 'string';
	if (value === null || typeof value !== wanted) {
		throw fail('UNSUPPORTED_FILTER_VALUE_TYPE', `Field ${name} takes a ${wanted}.`);
	}
	const isBadDate = spec.kind === 'date' && Number.isNaN(Date.parse(String(value)));
	if (isBadDate || (spec.oneOf && !spec.oneOf.includes(String(value)))) {
		throw fail('UNSUPPORTED_FILTER_VALUE', `The value for field ${name} is not supported.`);
	}
}

function compareKey<T>(spec: FieldSpec<T>, value: JsonValue, foldCase: boolean): string | number {
	if (spec.kind === 'date') return Date.parse(String(value));
	if (typeof value === 'number') return value;
	const text = String(value);
	return foldCase && spec.kind === 'email' ? text.toLowerCase() : text;
}

function condition<T>(
	name: string,
	spec: FieldSpec<T>,
	operator: Operator,
	value: JsonValue,
	foldCase: boolean,
): Predicate<T> {
	if (operator === '$exists' || operator === '$isEmpty') {
		if (typeof value !== 'boolean') {
			throw fail(
				'UNSUPPORTED_FILTER_VALUE_TYPE',
				`${operator} of field ${name} takes true or false.`,
			);
		}
		const wanted = operator === '$exists' ? value : !value;
		return (record) => spec.values(record).length > 0 === wanted;
	}
	const asked = isList(operator) ? value : [value];
	if (!Array.isArray(asked)) {
		throw fail('UNSUPPORTED_FILTER_VALUE_TYPE', `${operator} of field ${name} takes a list.`);
	}
	for (const entry of asked) checkValue(name, spec, entry);
	const keys = asked.map((entry) => compareKey(spec, entry, foldCase));
	const first = keys[0] ?? '';
	const held = (record: T) => spec.values(record).map((entry) => compareKey(spec, entry, foldCase));
	switch (operator) {
		case '$eq':
		case '$in':
		case '$hasSome':
			return (record) => held(record).some((key) => keys.includes(key));
		case '$ne':
		case '$nin':
			return (record) => !held(record).some((key) => keys.includes(key));
		case '$hasAll':
			return (record) => {
				const present = held(record);
				return keys.every((key) => present.includes(key));
			};
		case '$startsWith': {
			const start = String(first).toLowerCase();
			return (record) => held(record).some((key) => String(key).toLowerCase().startsWith(start));
		}
		case '$gt':
			return (record) => held(record).some((key) => key > first);
		case '$gte':
			return (record) => held(record).some((key) => key >= first);
		case '$lt':
			return (record) => held(record).some((key) => key < first);
		case '$lte':
			return (record) => held(record).some((key) => key <= first);
	}
}

function fieldCondition<T>(
	name: string,
	asked: JsonValue,
	table: FieldTable<T>,
	foldCase: boolean,
): Predicate<T> {
	const spec = table(name);
	if (!spec) {
		throw fail('UNSUPPORTED_FILTER_FIELD_UNKNOWN', `Field ${name} is not declared as filterable.`);
	}
	const conditions: JsonObject = isJsonObject(asked) ? asked : { $eq: asked };
	const predicates = Object.entries(conditions).map(([operator, value]) => {
		const known = spec.operators.find((candidate) => candidate === operator);
		if (!known) {
			throw fail(
				'UNSUPPORTED_FILTER_OPERATOR',
				`Operator ${operator} is not supported for field ${name}.`,
			);
		}
		return condition(name, spec, known, value, foldCase);
	});
	if (predicates.length === 0) throw fail('MALFORMED_FILTER', `Field ${name} has no condition.`);
	return (record) => predicates.every((predicate) => predicate(record));
}

/** Turns a Wix filter into a test of one record; throws the 400 that Wix would answer. `foldCase`: addresses match in any case. */
export function compileFilter<T>(
	filter: JsonValue | undefined,
	table: FieldTable<T>,
	foldCase: boolean,
): Predicate<T> {
	if (filter === undefined || filter === null) return () => true;
	if (!isJsonObject(filter)) throw fail('MALFORMED_FILTER', 'The filter must be an object.');
	const predicates = Object.entries(filter).map(([name, asked]): Predicate<T> => {
		if (name === '$and' || name === '$or') {
			if (!Array.isArray(asked)) throw fail('MALFORMED_FILTER', `${name} takes a list of filters.`);
			const parts = asked.map((part) => compileFilter(part, table, foldCase));
			return name === '$and'
				? (record) => parts.every((part) => part(record))
				: (record) => parts.some((part) => part(record));
		}
		if (name === '$not') {
			const part = compileFilter(asked, table, foldCase);
			return (record) => !part(record);
		}
		if (name.startsWith('$')) throw fail('UNSUPPORTED_FILTER', `${name} is not supported.`);
		return fieldCondition(name, asked, table, foldCase);
	});
	return (record) => predicates.every((predicate) => predicate(record));
}

/** The addresses one of which a record must hold to pass: then an index can answer instead of a scan. */
export function addressesAsked(
	filter: JsonValue | undefined,
	fields: readonly string[],
): string[] | undefined {
	if (!isJsonObject(filter)) return undefined;
	for (const field of fields) {
		const asked = filter[field];
		const wanted = isJsonObject(asked) ? (asked.$eq ?? asked.$in) : asked;
		const texts = Array.isArray(wanted) ? wanted : [wanted];
		if (wanted === undefined) continue;
		const keys = texts.flatMap((text) =>
			typeof text === 'string' ? text.trim().toLowerCase() : [],
		);
		if (keys.length === texts.length) return keys;
	}
	return undefined;
}
