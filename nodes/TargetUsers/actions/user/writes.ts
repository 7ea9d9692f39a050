import { type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { ApiFailure, Attempt } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { leavesOpen } from '../../../shared/failures';
import { isBlank } from '../../../shared/normalize';
import { rewriteWhileSame } from '../../../shared/apply/rewriteWhileSame';
import { usersHolding, usersWithLogin } from '../../systems/find';
import type { UserSystem } from '../../systems/UserSystem';
import { userStore } from '../../systems/userStore';
import { typedText } from '../../systems/values';
import { notFound, project } from './parameters';
import { editedMeanwhile } from '../../../shared/itemErrors';

/** Why a user could not be created, and whether it may be there all the same. */
export function notCreated(api: Api, failure: ApiFailure, itemIndex: number) {
	const error = api.toError(failure, itemIndex, 'New user');
	if (leavesOpen(failure)) {
		error.description = 'The user may have been created all the same: look before running again.';
	}
	if (failure.otherId !== undefined) {
		error.message = `${error.message}: user ${failure.otherId} has it`;
	}
	return error;
}

/** The one user who has what was set for a new one, where the answer did not tell who that is. */
async function onlyHolder(
	system: UserSystem,
	api: Api,
	set: JsonObject,
): Promise<Attempt<JsonObject | undefined>> {
	const { [system.fields.email]: address, [system.fields.login]: login } = set;
	const found = isBlank(address)
		? await usersWithLogin(system, api, typedText(login))
		: await usersHolding(system, api, String(address));
	if (!found.ok) return found;
	return { ok: true, value: found.value.length === 1 ? found.value[0] : undefined };
}

/** Creates a user who holds `set`, and returns the user as it is there then. `options` are those of the system's panel. */
export async function createUser(
	system: UserSystem,
	api: Api,
	set: JsonObject,
	options: IDataObject,
): Promise<Attempt<JsonObject>> {
	const made = await system.create(api, system.withIdentity(set, { login: '', name: '' }), options);
	if (!made.ok) return made;
	const { id, user } = made.value;
	if (user !== undefined) return { ok: true, value: user };
	const read = id === undefined ? await onlyHolder(system, api, set) : await system.get(api, id);
	return { ok: true, value: (read.ok && read.value) || (id === undefined ? {} : { id }) };
}

/** Writes `set` into a user, over nobody's edit in between; the item shows the user as it is then. */
export async function updateUser(
	context: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	id: string,
	set: JsonObject,
	itemIndex: number,
): Promise<INodeExecutionData> {
	const done = await rewriteWhileSame(userStore(system, api), id, set, {});
	switch (done.outcome) {
		case 'written':
			return { json: project(system, done.record, 'full') };
		case 'gone':
			throw notFound(context, system, id, itemIndex);
		case 'edited':
			throw editedMeanwhile(context.getNode(), 'user', id, done.path, itemIndex);
		case 'failed':
			throw api.toError(done.failure, itemIndex, `User ${id}`);
	}
}
