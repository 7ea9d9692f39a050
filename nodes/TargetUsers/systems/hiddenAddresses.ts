import type { Api } from '../../shared/Api';
import type { Attempt } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contracts';
import { addressesHidden, addressesOf } from './find';
import { listUsers } from './listUsers';
import type { UserSystem } from './UserSystem';

/** So many users are looked at before one is created. */
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

const looked = new WeakMap<Api, Promise<Attempt<undefined>>>();

async function look(system: UserSystem, api: Api): Promise<Attempt<undefined>> {
	const { records, failure } = await listUsers(system, api, {}, sample, 'syncFields', 0);
	if (failure !== undefined && records.length === 0) return { ok: false, failure };
	return (await hidesAddresses(system, api, records))
		? { ok: false, failure: addressesHidden }
		: { ok: true, value: undefined };
}

/**
 * Before a search that found nobody is believed: the credential can see addresses at all. Looked at once in a run; the
 * failure is `addressesHidden` where it cannot.
 */
export async function checkAddressesShow(
	system: UserSystem,
	api: Api,
): Promise<Attempt<undefined>> {
	let outcome = looked.get(api);
	if (outcome === undefined) {
		outcome = look(system, api);
		looked.set(api, outcome);
	}
	return await outcome;
}
