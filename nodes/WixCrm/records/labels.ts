import type { Api } from '../../shared/Api';
import type { JsonObject } from '../../shared/contract';
import { pathStep } from '../../shared/recordId';
import { apiRequestAllItems, type OffsetListing, wixPage } from '../transport';

export const labels = '/contacts/v4/labels';
export const labelPath = (key: string): string => `${labels}/${pathStep(key)}`;

/** The labels of the site; Wix's own page size for them is 2,000 at most. */
export const labelListing: OffsetListing = {
	noun: 'labels',
	pageIn: wixPage('labels'),
	largestPage: 2000,
	idOf: ({ key }) => String(key),
	page: ({ limit, offset }) => ({
		method: 'GET',
		path: labels,
		query: { 'paging.limit': limit, 'paging.offset': offset },
		repeatable: true,
	}),
};

/** All labels, for the pickers. Throws what went wrong. */
export async function allLabels(api: Api): Promise<JsonObject[]> {
	const { records, fault } = await apiRequestAllItems(api, labelListing, Infinity, 0);
	if (fault !== undefined) throw fault;
	return records;
}
