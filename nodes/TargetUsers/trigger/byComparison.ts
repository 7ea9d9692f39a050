import type { IPollFunctions } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { JsonObject } from '../../shared/contract';
import {
	fingerprint,
	packFingerprints,
	unpackFingerprints,
} from '../../shared/polling/fingerprints';
import { memoryOf, type Memory } from '../../shared/polling/memory';
import { inTurn } from '../../shared/polling/turns';
import { addressesHidden } from '../systems/find';
import { hidesAddresses } from '../systems/hiddenAddresses';
import { listUsers } from '../systems/listUsers';
import type { UserSystem } from '../systems/UserSystem';
import type { UserEvent } from './events';

/** All users; throws what kept them from being read whole, or from being seen with their addresses. */
async function everybody(system: UserSystem, api: Api): Promise<JsonObject[]> {
	const { records, fault } = await listUsers(system, api, {}, Infinity, 'full', 0);
	if (fault !== undefined) throw fault;
	if (await hidesAddresses(system, api, records)) throw api.toError(addressesHidden, 0);
	return records;
}

/**
 * Users by comparison with what they were at the last poll, for a system that does not say when they were changed. What
 * counts is what the presets read. `most` are delivered; the rest keep their old fingerprint, so that the next poll finds them.
 */
export async function pollByComparison(
	context: IPollFunctions,
	system: UserSystem,
	api: Api,
	event: UserEvent,
	most: number,
): Promise<JsonObject[]> {
	const memory = memoryOf(context, 'fingerprints');
	return await inTurn(context, memory, async () => {
		const users = await everybody(system, api);
		return compared(memory, system, users, event, most);
	});
}

function compared(
	memory: Memory,
	system: UserSystem,
	users: readonly JsonObject[],
	event: UserEvent,
	most: number,
): JsonObject[] {
	const remembered = memory.read();
	const before = typeof remembered === 'string' ? unpackFingerprints(remembered) : undefined;
	const after = new Map<string, string>();
	const fresh: JsonObject[] = [];
	for (const user of users) {
		const { id, values } = fingerprint(String(user.id), JSON.stringify(system.syncFields(user)));
		const old = before?.get(id);
		const isNew = before !== undefined && old === undefined;
		const isChanged = old !== undefined && old !== values;
		const isWanted = (isNew && event !== 'userUpdated') || (isChanged && event !== 'userCreated');
		if (isWanted && fresh.length >= most) {
			if (old !== undefined) after.set(id, old);
			continue;
		}
		if (isWanted) fresh.push(user);
		after.set(id, values);
	}
	memory.write(packFingerprints(after));
	return fresh;
}
