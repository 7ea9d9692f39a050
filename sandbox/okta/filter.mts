import type { JsonValue } from '../../nodes/shared/contract/index';
import { parsePath, valueAt } from '../../nodes/shared/paths';
import { invalidSearch } from './errors.mts';
import { compile, type Condition } from './expression.mts';
import { emailKey, idKey, loginKey, type User } from './types.mts';

const dateForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;
const orders = new Map<string, (difference: number) => boolean>([
	['eq', (difference) => difference === 0],
	['gt', (difference) => difference > 0],
	['ge', (difference) => difference >= 0],
	['lt', (difference) => difference < 0],
	['le', (difference) => difference <= 0],
]);
const filterFields = [
	'status',
	'id',
	'profile.login',
	'profile.email',
	'profile.firstName',
	'profile.lastName',
];
const searchFields = ['status', 'id', 'type.id'];
const dateFields = ['created', 'activated', 'statusChanged', 'lastUpdated'];
/** `co` asks more of the index than the other operators, so only these have it. */
const containsFields = filterFields.filter((field) => field.startsWith('profile.'));

const unsupported = (field: string, operator: string) =>
	invalidSearch(`The operator ${operator} is not supported for the attribute ${field}.`);

/** The keys by which the users that have this value are found without a look at all of them. */
function keysFor(field: string, value: string): string[] | undefined {
	if (field === 'id') return [idKey(value)];
	if (field === 'profile.login') return [loginKey(value)];
	if (field === 'profile.email') return [emailKey(value)];
	return undefined;
}

function reader(field: string): (user: User) => JsonValue | undefined {
	const segments = parsePath(field) ?? [];
	return (user) => valueAt(user, segments);
}

function dateCondition(field: string, operator: string, text: string): Condition {
	if (!dateForm.test(text)) throw invalidSearch(`"${text}" is no date.`);
	const fits = orders.get(operator);
	if (!fits) throw unsupported(field, operator);
	const at = Date.parse(text);
	const read = reader(field);
	return {
		test: (user) => {
			const value = read(user);
			return typeof value === 'string' && fits(Date.parse(value) - at);
		},
	};
}

function filterComparison(field: string, operator: string, value = ''): Condition {
	if (field === 'lastUpdated' && operator !== 'pr') return dateCondition(field, operator, value);
	if (!filterFields.includes(field) || operator !== 'eq') throw unsupported(field, operator);
	const read = reader(field);
	const keys = keysFor(field, value);
	return { test: (user) => read(user) === value, ...(keys ? { keys } : {}) };
}

const texts = (value: JsonValue | undefined): string[] => {
	if (Array.isArray(value)) return value.flatMap(texts);
	if (value === undefined || value === null || typeof value === 'object') return [];
	return [String(value).toLowerCase()];
};

function textFits(
	field: string,
	operator: string,
	wanted: string,
): ((held: string) => boolean) | undefined {
	if (operator === 'sw') return (held) => held.startsWith(wanted);
	if (operator === 'co' && containsFields.includes(field)) return (held) => held.includes(wanted);
	const fits = orders.get(operator);
	return fits && ((held) => fits(held < wanted ? -1 : held > wanted ? 1 : 0));
}

function searchComparison(field: string, operator: string, value = ''): Condition {
	const isKnown =
		dateFields.includes(field) || searchFields.includes(field) || /^profile\.\w+$/.test(field);
	if (!isKnown) throw unsupported(field, operator);
	const read = reader(field);
	if (operator === 'pr') return { test: (user) => texts(read(user)).some((text) => text !== '') };
	if (dateFields.includes(field)) return dateCondition(field, operator, value);
	const fits = textFits(field, operator, value.toLowerCase());
	if (!fits) throw unsupported(field, operator);
	const keys = operator === 'eq' ? keysFor(field, value) : undefined;
	return { test: (user) => texts(read(user)).some(fits), ...(keys ? { keys } : {}) };
}

/** `filter`: few attributes, `eq` only (dates also gt, ge, lt, le), values with heed of case, and always up to date. */
export const compileFilter = (text: string): Condition => compile(text, filterComparison);

/** `search`: any attribute, more operators, values without heed of case, and as old as the search index. */
export const compileSearch = (text: string): Condition => compile(text, searchComparison);
