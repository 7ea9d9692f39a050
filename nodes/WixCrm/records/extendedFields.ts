import { NodeOperationError } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { apiRequestAllItems, type Listed, type OffsetListing, wixPage } from '../transport';

/** Extended fields of the site; Wix's own page size for them is 100. */
const listing: OffsetListing = {
	noun: 'extended fields',
	pageIn: wixPage('fields'),
	largestPage: 100,
	idOf: ({ key }) => String(key),
	page: ({ limit, offset }) => ({
		method: 'GET',
		path: '/contacts/v4/extended-fields',
		query: { 'paging.limit': limit, 'paging.offset': offset },
		repeatable: true,
	}),
};

const known = new WeakMap<Api, JsonObject[]>();

/** All extended fields of the site, asked for once in a run. Throws what went wrong. */
export async function extendedFieldsOf(api: Api, itemIndex: number): Promise<JsonObject[]> {
	const before = known.get(api);
	if (before !== undefined) return before;
	const listed: Listed = await apiRequestAllItems(api, listing, Infinity, itemIndex);
	if (listed.fault !== undefined) throw listed.fault;
	known.set(api, listed.records);
	return listed.records;
}

export const isWritable = ({ fieldType }: JsonObject): boolean => fieldType === 'USER_DEFINED';

/** Where a contact holds the value of the extended field with `key`; keys hold dots. */
export const extendedFieldPath = (key: string): string =>
	`info.extendedFields.items['${key.replace(/[\\']/g, '\\$&')}']`;

function faultOf(dataType: JsonValue | undefined, text: string): string | undefined {
	switch (dataType) {
		case 'NUMBER':
			return Number.isFinite(Number(text)) ? undefined : 'takes a number';
		case 'DATE':
			return /^\d{4}-\d{2}-\d{2}/.test(text) ? undefined : 'takes a date such as 2026-05-30';
		case 'URL':
			return /^https?:\/\//i.test(text)
				? undefined
				: 'takes a whole URL, beginning with https:// or http://';
		default:
			return undefined;
	}
}

/**
 * `value` as the extended field with `key` holds it: a number, a date without a time, or a text. A blank value clears the field.
 * Throws when the site has no such field, or when the value does not fit it.
 */
export async function extendedValue(
	api: Api,
	key: string,
	value: unknown,
	itemIndex: number,
): Promise<{ field: JsonObject; value: JsonValue }> {
	const node = api.caller.getNode();
	const fields = await extendedFieldsOf(api, itemIndex);
	const field = fields.find((one) => one.key === key);
	if (field === undefined) {
		throw new NodeOperationError(node, `This site has no extended field '${key}'`, {
			itemIndex,
			description: 'Choose the field from the list: Wix makes up the keys, they cannot be guessed.',
		});
	}
	const text = String(value ?? '').trim();
	if (text === '') return { field, value: '' };
	const { dataType } = field;
	const fault = faultOf(dataType, text);
	if (fault !== undefined) {
		throw new NodeOperationError(node, `The extended field '${key}' ${fault}`, {
			itemIndex,
			description: 'Give a value of the kind that this field has in the Wix dashboard.',
		});
	}
	if (dataType === 'NUMBER') return { field, value: Number(text) };
	return { field, value: dataType === 'DATE' ? text.slice(0, 10) : text };
}
