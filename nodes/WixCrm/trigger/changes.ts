import type { Api } from '../../shared/Api';
import type { JsonObject } from '../../shared/contract';
import type { Stamped } from '../../shared/polling/window';
import { contactListing } from '../records/contactPages';
import { listLatestMembers } from '../records/memberPages';
import { apiRequestAllItems, type Listed } from '../transport';
import { isAboutMembers, isUntouched, stampOf, type TriggerEvent } from './events';

/**
 * Contacts that were created or changed from `since` on. By the date of the change contacts can be filtered, not sorted;
 * by the date of creation they can be read to the end while they are edited.
 */
async function contactsSince(api: Api, event: TriggerEvent, since: number): Promise<Listed> {
	const filter = { [stampOf(event)]: { $gte: new Date(since).toISOString() } };
	const listing = contactListing({
		filter,
		sort: { fieldName: 'createdDate', order: 'ASC' },
		fieldsets: ['FULL'],
	});
	return await apiRequestAllItems(api, listing, Infinity, 0);
}

/**
 * Members cannot be filtered by date: they are read from the newest on, until one is older than `since`. Where a site refuses
 * or ignores that order, all of them are read.
 */
async function membersSince(api: Api, event: TriggerEvent, since: number): Promise<Listed> {
	const stamp = stampOf(event);
	return await listLatestMembers(api, stamp, (member) => Date.parse(String(member[stamp])) < since);
}

/** What happened from `since` on, milliseconds since 1970. Throws what kept the list from being read whole. */
export async function changesSince(
	api: Api,
	event: TriggerEvent,
	since: number,
): Promise<Stamped[]> {
	const { records, fault } = isAboutMembers(event)
		? await membersSince(api, event, since)
		: await contactsSince(api, event, since);
	if (fault !== undefined) throw fault;
	return records.flatMap((record) => stamped(event, record, since) ?? []);
}

function stamped(event: TriggerEvent, record: JsonObject, since: number): Stamped | undefined {
	const at = Date.parse(String(record[stampOf(event)]));
	if (Number.isNaN(at) || at < since) return undefined;
	const isCreation = event.endsWith('Created');
	return {
		id: String(record.id),
		version: isCreation ? 'created' : String(record.revision ?? record.updatedDate),
		at,
		isWanted: !event.endsWith('Updated') || !isUntouched(record),
		record,
	};
}
