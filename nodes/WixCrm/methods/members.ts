import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { JsonObject } from '../../shared/contract';
import { memberError } from '../records/memberFailures';
import { queryMembers } from '../records/memberPages';
import { objectAt } from '../records/parts';
import { wixApi } from '../transport';

const pageSize = 50;

/** Wix's own limit for a search text. */
const longestSearch = 100;

function labelOf(member: JsonObject): string {
	const contact = objectAt(member, 'contact');
	const profile = objectAt(member, 'profile');
	const isFilled = (part: unknown) => typeof part === 'string' && part !== '';
	const person = [contact.firstName, contact.lastName].filter(isFilled).join(' ');
	const parts = [person || profile.nickname, member.loginEmail].filter(isFilled);
	return parts.length === 0 ? String(member.id) : parts.join(' · ');
}

/** Members for the picker: the newest first, or those with the typed text in the login email or a name. */
export async function searchMembers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const api = await wixApi(this);
	const offset = Number(paginationToken ?? 0);
	const expression = (filter ?? '').trim().slice(0, longestSearch);
	const fields = ['loginEmail', 'contact.firstName', 'contact.lastName', 'profile.nickname'];
	const query = {
		filter: {},
		sort: { fieldName: 'createdDate', order: 'DESC' as const },
		...(expression === '' ? {} : { search: { expression, fields } }),
	};
	const page = await queryMembers(api, query, { limit: pageSize, offset });
	if (!page.ok) throw memberError(api, page.failure, 0);
	const results = page.value.map((member) => ({ name: labelOf(member), value: String(member.id) }));
	const isFull = page.value.length === pageSize;
	return { results, ...(isFull ? { paginationToken: String(offset + pageSize) } : {}) };
}
