import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Behaviour } from '../control/behaviour.mts';
import { applicationError, validationError } from './errors.mts';
import type { FieldTable } from './filters.mts';

export interface Page {
	limit: number;
	offset: number;
}

function whole(value: JsonValue | undefined, fallback: number, field: string): number {
	if (value === undefined || value === null) return fallback;
	const number = typeof value === 'string' && value !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) {
		throw validationError(field, 'must be a whole number from 0 on', 'MIN');
	}
	return number;
}

/** `paging` of a query, or of a list's parameters (texts): default 50 (contacts), at most `maximum`. */
export function readPage(paging: JsonValue | undefined, fallback: number, maximum: number): Page {
	const { limit, offset } = isJsonObject(paging) ? paging : {};
	const page = {
		limit: whole(limit, fallback, 'paging.limit'),
		offset: whole(offset, 0, 'paging.offset'),
	};
	if (page.limit > maximum) {
		throw applicationError(400, 'ILLEGAL_LIMIT', `The limit must not exceed ${maximum}.`);
	}
	return page;
}

export interface Order {
	fieldName: string;
	descending: boolean;
}

/** At most one sort object, as a list or bare. */
export function readOrder(sort: JsonValue | undefined, field: string): Order | undefined {
	const entries = Array.isArray(sort) ? sort : sort === undefined || sort === null ? [] : [sort];
	if (entries.length > 1) throw validationError(field, 'has more than 1 item', 'MAX_SIZE');
	const [entry] = entries;
	if (entry === undefined) return undefined;
	if (!isJsonObject(entry) || typeof entry.fieldName !== 'string') {
		throw validationError(`${field}.fieldName`, 'must be a string', 'TYPE');
	}
	const order = entry.order ?? 'ASC';
	if (order !== 'ASC' && order !== 'DESC') {
		throw validationError(`${field}.order`, 'must be one of ASC, DESC', 'ENUM');
	}
	return { fieldName: entry.fieldName, descending: order === 'DESC' };
}

/** A new array of `rows` in the order asked for; rows without the value come last. Throws for a field that does not sort. */
export function sortRows<T>(rows: T[], order: Order | undefined, table: FieldTable<T>): T[] {
	if (!order) return rows;
	const spec = table(order.fieldName);
	if (!spec?.sortable) {
		throw applicationError(
			400,
			'UNSUPPORTED_SORT_FIELD',
			`Sorting by ${order.fieldName} is not supported.`,
		);
	}
	const keyed = rows.map((row) => ({ row, key: spec.values(row)[0] }));
	const sign = order.descending ? -1 : 1;
	keyed.sort((a, b) => {
		if (a.key === undefined || b.key === undefined) {
			return Number(a.key === undefined) - Number(b.key === undefined);
		}
		if (a.key === b.key) return 0;
		return (a.key ?? '') < (b.key ?? '') ? -sign : sign;
	});
	return keyed.map(({ row }) => row);
}

/** The paging part of an answer; by a switch without a total, told so (`tooManyToCount`) or not. */
export function pageInfo(
	count: number,
	page: Page,
	total: number,
	{ tooManyToCount, omitTotal }: Behaviour,
): JsonObject {
	return {
		count,
		offset: page.offset,
		...(tooManyToCount || omitTotal ? {} : { total }),
		tooManyToCount,
	};
}
