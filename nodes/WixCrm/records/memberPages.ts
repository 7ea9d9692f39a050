import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { Attempt, Call } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { apiRequestAllItems, type Listed, type OffsetListing, wixPage } from '../transport';
import { askOnePage } from './onePage';

/** Wix's own limit for one page of members. */
export const largestPage = 100;

const oldestFirst = { fieldName: 'createdDate', order: 'ASC' } as const;

export interface MemberQuery {
	filter: IDataObject;
	/** Undefined: in whatever order Wix has them. */
	sort?: { fieldName: string; order: 'ASC' | 'DESC' };
	search?: { expression: string; fields: string[] };
}

/** The sort key is `sorting` here, and `fieldsets` stands beside `query`; only FULL is sure to show the login email. */
function pageCall(
	{ filter, sort, search }: MemberQuery,
	paging: { limit: number; offset: number },
): Call {
	const body = {
		query: { filter, paging, ...(sort ? { sorting: [sort] } : {}) },
		fieldsets: ['FULL'],
		...(search ? { search } : {}),
	} as JsonObject;
	return { method: 'POST', path: '/members/v1/members/query', body, repeatable: true };
}

const pageIn = wixPage('members');

/** One page of what `query` finds. */
export async function queryMembers(
	api: Api,
	query: MemberQuery,
	paging: { limit: number; offset: number },
): Promise<Attempt<JsonObject[]>> {
	return await askOnePage(api, pageCall(query, paging), pageIn);
}

const listingOf = (query: MemberQuery): OffsetListing => ({
	noun: 'members',
	pageIn,
	largestPage,
	page: (paging) => pageCall(query, paging),
});

const refusesOrder = ({ records, fault }: Listed): boolean =>
	records.length === 0 && fault !== undefined && 'httpCode' in fault && fault.httpCode === '400';

/**
 * All members that `query` finds, or the first `limit`; the oldest first when no order is asked for. Sorting is an older
 * part of this API: where a site refuses that order, it is left out.
 */
export async function listMembers(
	api: Api,
	query: MemberQuery,
	limit: number,
	itemIndex: number,
): Promise<Listed> {
	const listing = listingOf({ sort: oldestFirst, ...query });
	const listed = await apiRequestAllItems(api, listing, limit, itemIndex);
	if (query.sort !== undefined || !refusesOrder(listed)) return listed;
	return await apiRequestAllItems(api, listingOf(query), limit, itemIndex);
}

/** Whether each record's date is the one before it or earlier. */
function falls(records: readonly JsonObject[], stamp: string): boolean {
	let before: string | undefined;
	return records.every((record) => {
		const date = String(record[stamp]);
		const isInOrder = before === undefined || date <= before;
		before = date;
		return isInOrder;
	});
}

/**
 * Members from the one with the latest date on, as far as one for which `isEnough` holds. All members, in any order, where a
 * site refuses that order or does not keep to it.
 */
export async function listLatestMembers(
	api: Api,
	stamp: 'createdDate' | 'updatedDate',
	isEnough: (member: JsonObject) => boolean,
): Promise<Listed> {
	const latestFirst = listingOf({ filter: {}, sort: { fieldName: stamp, order: 'DESC' } });
	const listed = await apiRequestAllItems(api, { ...latestFirst, isEnough }, Infinity, 0);
	const isInOrder = !refusesOrder(listed) && falls(listed.records, stamp);
	return isInOrder ? listed : await apiRequestAllItems(api, listingOf({ filter: {} }), Infinity, 0);
}
