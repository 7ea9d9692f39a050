import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contracts';
import { comparisonKey } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { itemsOf } from './primaryItem';
import { emptyAnswer } from '../../shared/failures';

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
	const answer = await api.ask({
		method: 'POST',
		path: '/contacts/v4/contacts/query',
		body: { query },
		repeatable: true,
	});
	if (!answer.ok) return answer;
	const { body } = answer.value;
	if (!isJsonObject(body) || !Array.isArray(body.contacts))
		return { ok: false, failure: emptyAnswer };
	return { ok: true, value: body.contacts.filter(isJsonObject) };
}

/** Whether Wix's `$in` heeds case is not documented, so the usual spellings are all asked for. */
export function spellingsOf(address: string): string[] {
	const text = address.trim();
	return [...new Set([text, text.toLowerCase(), comparisonKey(text, 'email')])];
}

/** The comparison keys of all addresses of a contact, to tell its hits from those that only look alike. */
export function addressKeysOf(contact: JsonObject): Set<string> {
	const emails = itemsOf(isJsonObject(contact.info) ? contact.info.emails : undefined);
	return new Set(emails.map((item) => comparisonKey(item.email, 'email')));
}
