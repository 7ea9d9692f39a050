import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { timeIn } from './time';

/** The text of a value that a person typed or picked, or that an expression gave; '' for none. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return String(value);
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

/** The texts of a list, or of one text with commas. */
export function textsOf(value: unknown): string[] {
	const list = Array.isArray(value) ? value : textOf(value).split(',');
	return list.map(textOf).filter((entry) => entry !== '');
}

/** The time in `value` as ISO text in UTC; a time without a zone is one of the workflow's zone. Throws for what is no date. */
export function isoTime(
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
