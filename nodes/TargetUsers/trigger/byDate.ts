import { NodeOperationError } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import { clock } from '../../shared/clock';
import type { JsonObject } from '../../shared/contract';
import type { Source } from '../../shared/polling/poll';
import type { Stamped } from '../../shared/polling/window';
import { listUsers } from '../systems/listUsers';
import type { UserSystem } from '../systems/UserSystem';
import type { UserEvent } from './events';

/** A user that is made gets both dates at once, or nearly so; milliseconds. */
const sameMoment = 1_000;

/** A system that says when its users were changed. */
type DatedSystem = UserSystem & Required<Pick<UserSystem, 'stampsOf'>>;

export const isDated = (system: UserSystem): system is DatedSystem => system.stampsOf !== undefined;

function stamped(
	system: DatedSystem,
	event: UserEvent,
	user: JsonObject,
	since: number,
): Stamped | undefined {
	const { created, updated } = system.stampsOf(user);
	const at = Date.parse(event === 'userCreated' ? created : updated);
	if (Number.isNaN(at) || at < since) return undefined;
	const isUntouched = Math.abs(Date.parse(updated) - Date.parse(created)) < sameMoment;
	return {
		id: String(user.id),
		version: event === 'userCreated' ? 'created' : updated,
		at,
		isWanted: event !== 'userUpdated' || !isUntouched,
		record: user,
	};
}

/** Users by the dates that their system gives them. A server that cannot be asked for later ones is read whole. */
export function sourceByDate(system: DatedSystem, api: Api, event: UserEvent): Source {
	const users = async (filters: { updatedAfter?: string }) =>
		await listUsers(system, api, filters, Infinity, 'full', 0);
	return {
		changesSince: async (since) => {
			// Systems compare by "greater than"
			const asked = await users({ updatedAfter: new Date(since - 1).toISOString() });
			const isRefused = asked.failure?.kind === 'status' && asked.failure.code === 'invalidFilter';
			const { records, fault } = isRefused ? await users({}) : asked;
			if (fault !== undefined) throw fault;
			const isUndated = records.some((user) => system.stampsOf(user).updated === '');
			if (isUndated) {
				throw new NodeOperationError(
					api.caller.getNode(),
					`${system.name} does not say when users were changed`,
					{ description: "Set the option 'Detect Changes By' to 'Comparison of All Users'." },
				);
			}
			return records.flatMap((user) => stamped(system, event, user, since) ?? []);
		},
		now: async () => {
			const { fault } = await listUsers(system, api, {}, 1, 'syncFields', 0);
			if (fault !== undefined && api.serverTime === undefined) throw fault;
			return api.serverTime ?? clock.now();
		},
	};
}
