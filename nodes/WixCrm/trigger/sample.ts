import type { Api } from '../../shared/Api';
import type { JsonObject } from '../../shared/contract';
import { contactListing } from '../records/contactPages';
import { queryMembers } from '../records/memberPages';
import { apiRequestAllItems } from '../transport';
import { isAboutMembers, stampOf, type TriggerEvent } from './events';

/** The latest record of the kind that the event is about, for a test in the editor; contacts can only be had by their creation. */
export async function sampleOf(api: Api, event: TriggerEvent): Promise<JsonObject[]> {
	if (isAboutMembers(event)) {
		const sort = { fieldName: stampOf(event), order: 'DESC' as const };
		const paging = { limit: 1, offset: 0 };
		const sorted = await queryMembers(api, { filter: {}, sort }, paging);
		const found = sorted.ok ? sorted : await queryMembers(api, { filter: {} }, paging);
		if (!found.ok) throw api.toError(found.failure, 0);
		return found.value;
	}
	const sort = { fieldName: 'createdDate', order: 'DESC' as const };
	const listing = contactListing({ filter: {}, sort, fieldsets: ['FULL'] });
	const { records, fault } = await apiRequestAllItems(api, listing, 1, 0);
	if (fault !== undefined) throw fault;
	return records;
}
