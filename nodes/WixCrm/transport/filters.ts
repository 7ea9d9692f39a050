import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { timeIn } from './time';

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	// A date picked in the editor can arrive as a date object that knows its ISO form.
	if (
		value !== null &&
		typeof value === 'object' &&
		'toISO' in value &&
		typeof value.toISO === 'function'
	) {
		return String(value.toISO());
	}
	return value instanceof Date ? value.toISOString() : '';
}

function isoTime(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	itemIndex: number,
): string {
	const time = timeIn(textOf(value), context.getTimezone());
	if (!Number.isNaN(time)) return new Date(time).toISOString();
	throw new NodeOperationError(context.getNode(), `The filter '${label}' is no date`, {
		itemIndex,
		description: 'Give a date and time such as 2026-05-30T16:00:00Z.',
	});
}

/** The filters of Get Many in Wix's query language; wrappers such as `items` vanish from the names there. */
export function filterFrom(
	context: IExecuteFunctions,
	filters: IDataObject,
	itemIndex: number,
): IDataObject {
	const filter: IDataObject = {};
	const { createdAfter, updatedAfter } = filters;
	if (createdAfter)
		filter.createdDate = { $gte: isoTime(context, createdAfter, 'Created After', itemIndex) };
	if (updatedAfter)
		filter.updatedDate = { $gte: isoTime(context, updatedAfter, 'Updated After', itemIndex) };
	const email = textOf(filters.email);
	// Whether `$eq` heeds case is not documented: ask for both spellings.
	if (email) filter['info.emails.email'] = { $in: [...new Set([email, email.toLowerCase()])] };
	const first = textOf(filters.firstName);
	if (first) filter['info.name.first'] = { $startsWith: first };
	const last = textOf(filters.lastName);
	if (last) filter['info.name.last'] = { $startsWith: last };
	const label = textOf(filters.label);
	if (label) filter['info.labelKeys'] = { $hasSome: [label] };
	return filter;
}
