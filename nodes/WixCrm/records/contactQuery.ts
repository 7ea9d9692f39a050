import type { Api } from '../../shared/Api';
import type { Attempt, Call } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { wixPage } from '../transport/wixPage';
import { askOnePage } from './onePage';
import { objectAt } from './parts';
import { itemsOf } from './primaryItem';

export const contactPageIn = wixPage('contacts', 'pagingMetadata');

interface OnePage {
	filter: JsonObject;
	/** Contacts at most, up to 1,000. */
	limit: number;
	fieldsets: string[];
	/** In addition to the fieldsets. */
	fields?: string[];
}

/** The first page of a contacts query, the longest known contacts first. It may lag behind writes by some seconds. */
export async function queryContactsOnce(api: Api, page: OnePage): Promise<Attempt<JsonObject[]>> {
	const { filter, limit, fieldsets, fields } = page;
	const query: JsonObject = {
		filter,
		sort: [{ fieldName: 'createdDate', order: 'ASC' }],
		paging: { limit, offset: 0 },
		fieldsets,
		...(fields ? { fields } : {}),
	};
	const path = '/contacts/v4/contacts/query';
	const call: Call = { method: 'POST', path, body: { query }, repeatable: true };
	return await askOnePage(api, call, contactPageIn);
}

/** Whether Wix's `$in` heeds case is not documented, so the usual spellings are all asked for. */
export function spellingsOf(address: string): string[] {
	const text = address.trim();
	return [...new Set([text, text.toLowerCase(), comparisonKey(text, 'email')])];
}

/** The comparison keys of all addresses of a contact, to tell its hits from those that only look alike. */
export function addressKeysOf(contact: JsonObject): Set<string> {
	const emails = itemsOf(objectAt(contact, 'info').emails);
	return new Set(emails.map((item) => comparisonKey(item.email, 'email')));
}
