import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { Call } from '../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../shared/contract';
import type { OffsetListing } from '../transport';
import { contactPageIn } from './contactQuery';
import { askOnePage } from './onePage';

/** Wix's own limit for one page of contacts. */
export const largestPage = 1000;

export interface ContactQuery {
	filter: IDataObject;
	sort: { fieldName: string; order: 'ASC' | 'DESC' };
	fields?: string[];
	fieldsets: string[];
	search?: string;
}

function pageCall(
	{ search, filter, sort, fields, fieldsets }: ContactQuery,
	paging: { limit: number; offset: number },
): Call {
	const body = {
		query: { filter, sort: [sort], paging, fieldsets, ...(fields ? { fields } : {}) },
		...(search ? { search } : {}),
	} as JsonObject;
	return { method: 'POST', path: '/contacts/v4/contacts/query', body, repeatable: true };
}

/** One page of contacts. Throws what went wrong, also an answer that holds no list. */
export async function queryContacts(
	api: Api,
	query: ContactQuery,
	paging: { limit: number; offset: number },
	itemIndex: number,
): Promise<JsonObject[]> {
	const page = await askOnePage(api, pageCall(query, paging), contactPageIn);
	if (!page.ok) throw api.toError(page.failure, itemIndex);
	return page.value;
}

/** Dates come in milliseconds; where Wix keeps them finer, the millisecond after takes in all of this one. */
const endOf = (date: string): string => new Date(Date.parse(date) + 1).toISOString();

function from(query: ContactQuery, since: string): ContactQuery {
	const created = query.filter.createdDate as IDataObject | undefined;
	const edge = query.sort.order === 'ASC' ? { $gte: since } : { $lte: endOf(since) };
	return { ...query, filter: { ...query.filter, createdDate: { ...created, ...edge } } };
}

const createdDateOf = ({ createdDate }: { createdDate?: JsonValue }) =>
	typeof createdDate === 'string' && !Number.isNaN(Date.parse(createdDate))
		? createdDate
		: undefined;

/** What `query` finds. In the order of creation a deep listing goes on by date; the answers must then hold `createdDate`. */
export function contactListing(query: ContactQuery): OffsetListing {
	const isByCreation = query.sort.fieldName === 'createdDate';
	return {
		noun: 'contacts',
		pageIn: contactPageIn,
		largestPage,
		page: (paging, since) => pageCall(since === undefined ? query : from(query, since), paging),
		...(isByCreation ? { watermarkOf: createdDateOf } : {}),
	};
}
