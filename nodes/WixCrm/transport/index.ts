import type { IDataObject } from 'n8n-workflow';

import { Api } from '../../shared/Api';
import type { Call, Caller } from '../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';
import { wixService } from './wixService';

const defaultBaseUrl = 'https://www.wixapis.com';

/** Wix's own limit for one page of contacts. */
export const largestPage = 1000;

async function baseUrlOf(caller: Caller): Promise<string> {
	const { advanced, baseUrl } = await caller.getCredentials<{
		advanced?: boolean;
		baseUrl?: string;
	}>(wixService.credential);
	const own = advanced === true && typeof baseUrl === 'string' ? baseUrl.trim() : '';
	return (own === '' ? defaultBaseUrl : own).replace(/\/+$/, '');
}

export async function wixApi(caller: Caller): Promise<Api> {
	return new Api(caller, wixService, await baseUrlOf(caller));
}

export async function apiRequest(
	api: Api,
	call: Call,
	itemIndex: number,
	subject?: string,
): Promise<JsonValue | undefined> {
	return await api.request(call, itemIndex, subject);
}

export interface ContactQuery {
	filter: IDataObject;
	sort: { fieldName: string; order: 'ASC' | 'DESC' };
	fields?: string[];
	fieldsets: string[];
	search?: string;
}

export async function queryContacts(
	api: Api,
	query: ContactQuery,
	paging: { limit: number; offset: number },
	itemIndex: number,
): Promise<JsonObject[]> {
	const { search, filter, sort, fields, fieldsets } = query;
	const body = {
		query: { filter, sort: [sort], paging, fieldsets, ...(fields ? { fields } : {}) },
		...(search ? { search } : {}),
	} as JsonObject;
	const call: Call = {
		method: 'POST',
		path: '/contacts/v4/contacts/query',
		body,
		repeatable: true,
	};
	const answer = await apiRequest(api, call, itemIndex);
	return isJsonObject(answer) && Array.isArray(answer.contacts)
		? answer.contacts.filter(isJsonObject)
		: [];
}

/**
 * All contacts that `query` finds, or the first `limit`. Pages follow one fixed order; a contact that moves to a later page
 * while they are read comes once only. Ends at the first short page: the total is not always told.
 */
export async function apiRequestAllItems(
	api: Api,
	query: ContactQuery,
	limit: number,
	itemIndex: number,
): Promise<JsonObject[]> {
	const byId = new Map<string, JsonObject>();
	for (let offset = 0; byId.size < limit; offset += largestPage) {
		const pageSize = Math.min(largestPage, limit - byId.size);
		const page = await queryContacts(api, query, { limit: pageSize, offset }, itemIndex);
		for (const contact of page) {
			const id = String(contact.id);
			if (!byId.has(id)) byId.set(id, contact);
		}
		if (page.length < pageSize) break;
	}
	return [...byId.values()].slice(0, limit);
}
