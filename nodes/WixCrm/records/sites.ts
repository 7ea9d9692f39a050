import type { IDataObject } from 'n8n-workflow';

import type { Caller } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { wixPage, type CursorListing } from '../transport';
import { wixService } from '../transport/wixService';

/** The account ID in the credential; '' when there is none. */
export async function accountIdOf(caller: Caller): Promise<string> {
	const { accountId } = await caller.getCredentials<{ accountId?: string }>(wixService.credential);
	return String(accountId ?? '').trim();
}

/** The kinds of sites that hold contacts; Wix lists only the first unless it is asked for others. */
export const allNamespaces = ['WIX', 'HEADLESS'];

export interface SiteQuery {
	namespaces: string[];
	order: 'ASC' | 'DESC';
}

/**
 * The sites of an account, by their creation.
 * https://dev.wix.com/docs/rest/account-level/sites/sites/query-sites
 */
export function siteListing(accountId: string, { namespaces, order }: SiteQuery): CursorListing {
	const first: IDataObject = {
		filter: { namespace: { $in: namespaces } },
		sort: [{ fieldName: 'createdDate', order }],
	};
	return {
		noun: 'sites',
		pageIn: wixPage('sites'),
		largestPage: 100,
		// The cursor stands for filter and sort.
		pageAfter: (limit, cursor) => ({
			method: 'POST',
			path: '/site-list/v2/sites/query',
			headers: { 'wix-account-id': accountId },
			body: {
				query:
					cursor === undefined
						? { ...first, cursorPaging: { limit } }
						: { cursorPaging: { limit, cursor } },
			} as JsonObject,
			repeatable: true,
		}),
	};
}
