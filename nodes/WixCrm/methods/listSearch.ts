import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { JsonObject } from '../../shared/contract';
import { queryContacts } from '../records/contactPages';
import { objectAt } from '../records/parts';
import { wixApi } from '../transport';

const pageSize = 50;

function labelOf(contact: JsonObject): string {
	const name = objectAt(objectAt(contact, 'info'), 'name');
	const primary = objectAt(contact, 'primaryInfo');
	const person = [name.first, name.last].filter((part) => typeof part === 'string' && part !== '');
	const reached = [primary.email, primary.phone].find(
		(part) => typeof part === 'string' && part !== '',
	);
	const parts = [person.join(' '), reached].filter(
		(part) => typeof part === 'string' && part !== '',
	);
	return parts.length === 0 ? String(contact.id) : parts.join(' · ');
}

/** Contacts for the picker: the newest first, or those whose address or name starts with what was typed. */
export async function searchContacts(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const api = await wixApi(this);
	const offset = Number(paginationToken ?? 0);
	const typed = filter?.trim() ?? '';
	const filters =
		typed === ''
			? [{}]
			: ['primaryInfo.email', 'info.name.first', 'info.name.last'].map((field) => ({
					[field]: { $startsWith: typed },
				}));
	const found = new Map<string, INodeListSearchItems>();
	let isFull = false;
	for (const one of filters) {
		const query = {
			filter: one,
			sort: { fieldName: 'createdDate', order: 'DESC' as const },
			fieldsets: ['BASIC'],
		};
		const page = await queryContacts(api, query, { limit: pageSize, offset }, 0);
		isFull ||= page.length === pageSize;
		for (const contact of page) {
			found.set(String(contact.id), { name: labelOf(contact), value: String(contact.id) });
		}
	}
	return {
		results: [...found.values()],
		...(isFull ? { paginationToken: String(offset + pageSize) } : {}),
	};
}
