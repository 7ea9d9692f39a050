import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { addressesHidden, addressesOf } from './find';
import { listUsers } from './listUsers';
import { oncePerRun } from './oncePerRun';
import type { UserSystem } from './UserSystem';
import { emptyAnswer } from '../../shared/failures';

/** So many users are looked at before one is created; all of them where none of these shows an address. */
const sample = 100;

/**
 * Whether these users look as if the credential may not see addresses: there are others than its owner, and none of them
 * shows one.
 */
export async function hidesAddresses(
	system: UserSystem,
	api: Api,
	users: readonly JsonObject[],
): Promise<boolean> {
	const showing = users.filter((user) => addressesOf(system, user).length > 0);
	if (users.length === 0 || showing.length > 1) return false;
	const own = await system.ownId?.(api);
	const others = users.filter(({ id }) => id !== own);
	return others.length > 0 && showing.every(({ id }) => id === own);
}

/**
 * Before a search that found nobody is believed: the credential can see addresses at all. Looked at once in a run; the
 * failure is `addressesHidden` where it cannot.
 */
export const checkAddressesShow = oncePerRun(
	async (api: Api, system: UserSystem): Promise<Attempt<undefined>> => {
		for (const limit of [sample, Infinity]) {
			const { records, fault, failure } = await listUsers(system, api, {}, limit, 'syncFields', 0);
			if (fault !== undefined && records.length === 0) {
				return { ok: false, failure: failure ?? emptyAnswer };
			}
			if (!(await hidesAddresses(system, api, records))) return { ok: true, value: undefined };
			if (records.length < limit) break;
		}
		return { ok: false, failure: addressesHidden };
	},
);
