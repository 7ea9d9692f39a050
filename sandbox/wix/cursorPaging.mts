import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { applicationError, validationError } from './errors.mts';
import type { FieldTable } from './filters.mts';
import { readOrder, type Order } from './paging.mts';

const defaultLimit = 50;
const maxLimit = 100;

/** What a cursor stands for: the query and the place after the last record shown. */
interface Cursor {
	query: JsonObject;
	after: JsonValue[];
}

export interface CursorPage {
	limit: number;
	/** The query to answer: of the call, or of its cursor. */
	query: JsonObject;
	after?: JsonValue[];
}

const pack = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function unpack(text: string): Cursor {
	try {
		const value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as JsonValue;
		if (isJsonObject(value) && isJsonObject(value.query) && Array.isArray(value.after)) {
			return { query: value.query, after: value.after };
		}
	} catch {
		// Answered below, like any other text that is no cursor.
	}
	throw validationError('cursorPaging.cursor', 'is no valid cursor', 'FORMAT');
}

/** `cursorPaging` of a query. With a cursor the call must not filter or sort again: the cursor holds that. */
export function readCursorPage(query: JsonObject): CursorPage {
	const { cursorPaging, ...rest } = query;
	const { limit = defaultLimit, cursor } = isJsonObject(cursorPaging) ? cursorPaging : {};
	if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
		throw validationError('cursorPaging.limit', `must be from 1 to ${maxLimit}`, 'MAX', {
			threshold: maxLimit,
		});
	}
	if (typeof cursor !== 'string' || cursor === '') return { limit, query: rest };
	if (rest.filter || (Array.isArray(rest.sort) ? rest.sort.length > 0 : rest.sort)) {
		throw validationError('cursorPaging.cursor', 'goes without filter and sort', 'OTHER');
	}
	return { limit, ...unpack(cursor) };
}

/** Up to `most` sort objects. */
export function readOrders(sort: JsonValue | undefined, field: string, most: number): Order[] {
	const entries = Array.isArray(sort) ? sort : sort ? [sort] : [];
	if (entries.length > most)
		throw validationError(field, `has more than ${most} items`, 'MAX_SIZE');
	return entries.flatMap((entry) => readOrder(entry, field) ?? []);
}

type Keyed<T> = { row: T; keys: JsonValue[] };

function compareKeys(a: JsonValue[], b: JsonValue[], signs: number[]): number {
	for (const [index, sign] of signs.entries()) {
		const [left, right] = [a[index] ?? null, b[index] ?? null];
		if (left === right) continue;
		if (left === null || right === null) return left === null ? 1 : -1;
		return left < right ? -sign : sign;
	}
	return 0;
}

/** Rows in a total order (the id decides at last), each with the keys that a cursor needs. */
export function orderRows<T extends { id: string }>(
	rows: Iterable<T>,
	orders: readonly Order[],
	table: FieldTable<T>,
): T[] {
	for (const { fieldName } of orders) {
		if (table(fieldName)?.sortable) continue;
		throw applicationError(400, 'UNSUPPORTED_SORT_FIELD', `Field ${fieldName} is not sortable.`);
	}
	const keyed = [...rows].map((row) => ({ row, keys: keysOf(row, orders, table) }));
	const signs = signsOf(orders);
	keyed.sort((a: Keyed<T>, b: Keyed<T>) => compareKeys(a.keys, b.keys, signs));
	return keyed.map(({ row }) => row);
}

const signsOf = (orders: readonly Order[]) => [
	...orders.map(({ descending }) => (descending ? -1 : 1)),
	1,
];

function keysOf<T extends { id: string }>(
	row: T,
	orders: readonly Order[],
	table: FieldTable<T>,
): JsonValue[] {
	const keys = orders.map(({ fieldName }) => table(fieldName)?.values(row)[0] ?? null);
	return [...keys, row.id];
}

/** The place of the first row that does not pass, where all that pass stand in front. */
function firstNot<T>(rows: readonly T[], passes: (row: T) => boolean): number {
	let [low, high] = [0, rows.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		const row = rows[middle];
		if (row !== undefined && passes(row)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** One page of ordered rows and its `pagingMetadata`. */
export function cutPage<T extends { id: string }>(
	rows: readonly T[],
	page: CursorPage,
	orders: readonly Order[],
	table: FieldTable<T>,
): { rows: T[]; metadata: JsonObject } {
	const signs = signsOf(orders);
	const { after, limit, query } = page;
	const isBefore = (row: T) =>
		after !== undefined && compareKeys(keysOf(row, orders, table), after, signs) <= 0;
	const first = firstNot(rows, isBefore);
	const shown = rows.slice(first, first + limit);
	const last = shown.at(-1);
	const hasNext = first + limit < rows.length;
	const next = hasNext && last ? pack({ query, after: keysOf(last, orders, table) }) : undefined;
	return {
		rows: shown,
		metadata: { count: shown.length, cursors: next ? { next } : {}, hasNext },
	};
}
