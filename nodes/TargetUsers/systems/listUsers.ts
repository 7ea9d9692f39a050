import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import { readAll, type Listed } from '../../shared/listing';
import type { Output, UserSystem } from './UserSystem';

/** All users that fit the filters, or the first `limit`, each once; in the system's second way where it refuses its first. */
export async function listUsers(
	system: UserSystem,
	api: Api,
	filters: IDataObject,
	limit: number,
	output: Output,
	itemIndex: number,
): Promise<Listed> {
	const denied = await system.faultOfAccess?.(api);
	if (denied !== undefined) {
		return { records: [], fault: api.toError(denied, itemIndex), failure: denied };
	}
	const listed = await readAll(api, system.listing(filters, output), limit, itemIndex);
	if (listed.failure === undefined || listed.records.length > 0) return listed;
	const other = system.listingAfter?.(listed.failure, filters, output);
	return other === undefined ? listed : await readAll(api, other, limit, itemIndex);
}
