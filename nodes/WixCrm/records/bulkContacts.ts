import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { BulkOutcome, BulkWriter } from '../../shared/apply/BulkWriter';
import type { JsonObject } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { outcomesIn } from './bulkResults';
import { addressKeysOf, queryContactsOnce, spellingsOf } from './contactQuery';
import { valuesOfNew } from './contactStore';
import { v5ContactFor } from './contactV5';
import { emptyAnswer } from '../../shared/failures';

/** Wix takes up to 100 contacts in one bulk call; twice as many in a query keep the reads at no more than the writes. */
const mostWritten = 100;
const mostLookedAt = 2 * mostWritten;

/** Wix's own limit for one page of contacts. */
const largestPage = 1000;

async function readContacts(
	api: Api,
	ids: readonly string[],
): Promise<Attempt<Map<string, JsonObject>>> {
	const known = new Map<string, JsonObject>();
	// What an empty list of ids would find is not documented.
	if (ids.length === 0) return { ok: true, value: known };
	const found = await queryContactsOnce(api, {
		filter: { id: { $in: [...ids] } },
		limit: ids.length,
		fieldsets: ['FULL'],
	});
	if (!found.ok) return found;
	for (const contact of found.value) known.set(String(contact.id), contact);
	return { ok: true, value: known };
}

async function holdersOf(
	api: Api,
	addresses: readonly string[],
): Promise<Attempt<Map<string, string[]>>> {
	const holders = new Map(
		addresses.map((address): [string, string[]] => [comparisonKey(address, 'email'), []]),
	);
	if (holders.size === 0) return { ok: true, value: holders };
	const found = await queryContactsOnce(api, {
		filter: { 'info.emails.email': { $in: [...new Set(addresses.flatMap(spellingsOf))] } },
		limit: largestPage,
		fieldsets: ['BASIC'],
		fields: ['info.emails'],
	});
	if (!found.ok) return found;
	// A full page may hide further holders.
	if (found.value.length >= largestPage) return { ok: false, failure: emptyAnswer };
	for (const contact of found.value) {
		for (const key of addressKeysOf(contact)) holders.get(key)?.push(String(contact.id));
	}
	return { ok: true, value: holders };
}

/** https://dev.wix.com/docs/api-reference/crm/members-contacts/contacts/contacts-v5.md: bulk create and bulk update, not atomic. */
async function send(
	api: Api,
	action: 'create' | 'update',
	contacts: JsonObject[],
	expectedIds: ReadonlyArray<string | undefined>,
): Promise<Attempt<BulkOutcome[]>> {
	const answer = await api.ask({
		method: 'POST',
		path: `/contacts/v5/bulk/contacts/${action}`,
		body: { contacts, returnEntity: true, allowDuplicates: false },
		repeatable: false,
	});
	if (!answer.ok) return answer;
	const outcomes = outcomesIn(answer.value.body, expectedIds);
	return outcomes === undefined
		? { ok: false, failure: emptyAnswer }
		: { ok: true, value: outcomes };
}

/**
 * Reads by v4, whose answer shows everything that v5 might lose, and writes by v5 under the revision that was read: they are
 * two views of one contact. A revision that v5 counts otherwise is refused, and then the single v4 call does the work.
 */
export function bulkContacts(api: Api): BulkWriter {
	return {
		mostLookedAt,
		mostWritten,
		read: async (ids) => await readContacts(api, ids),
		holdersOf: async (addresses) => await holdersOf(api, addresses),
		canWrite: (contact, set) => v5ContactFor(contact, set) !== undefined,
		write: async (parts) => {
			const ids = parts.map(({ record }) => String(record.id));
			const contacts = parts.map(({ record, set }) => ({
				contact: {
					id: String(record.id),
					revision: String(record.revision),
					...v5ContactFor(record, set),
				},
			}));
			return await send(api, 'update', contacts, ids);
		},
		canCreate: (set, defaults) => v5ContactFor({}, valuesOfNew(set, defaults)) !== undefined,
		create: async (parts) => {
			const contacts = parts.map(
				({ set, defaults }) => v5ContactFor({}, valuesOfNew(set, defaults)) ?? {},
			);
			return await send(
				api,
				'create',
				contacts,
				parts.map(() => undefined),
			);
		},
	};
}
