import type { JsonObject } from '../../nodes/shared/contract/index';
import {
	ApiError,
	ControlError,
	type Answer,
	type ApiRequest,
	type Route,
} from '../control/http.mts';
import type { Service } from '../control/service.mts';
import { authorize, mePath } from './authorize.mts';
import { editUser } from './edit.mts';
import { plainFailure } from './errors.mts';
import { importUsers } from './importState.mts';
import { mergeByApi, mergeUsers } from './merge.mts';
import type { User } from './types.mts';
import { getMe, getUser, listUsers } from './userReads.mts';
import { UserStore } from './userStore.mts';
import { createUser, deleteUser, updateUser } from './userWrites.mts';

const users = '/hub/api/rest/users';

function youTrackRoutes(store: UserStore): Route[] {
	const route = (
		method: Route['method'],
		path: string,
		handler: (store: UserStore, request: ApiRequest) => Answer,
	): Route => ({ method, path, handle: (request) => handler(store, request) });
	return [
		route('GET', users, listUsers),
		route('POST', users, createUser),
		route('GET', mePath, getMe),
		route('POST', `${users}/merge`, mergeByApi),
		route('GET', `${users}/:id`, getUser),
		route('POST', `${users}/:id`, updateUser),
		route('DELETE', `${users}/:id`, deleteUser),
	];
}

function remove(store: UserStore, id: string): boolean {
	const user = store.users.get(id);
	if (user) store.remove(user);
	return user !== undefined;
}

function merge(store: UserStore, targetId: string, sourceIds: string[]): JsonObject {
	try {
		return mergeUsers(store, targetId, sourceIds);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const status = error.answer.status === 404 ? 404 : 400;
		throw new ControlError(
			status,
			`These users cannot be merged: ${JSON.stringify(error.answer.body)}`,
		);
	}
}

/** The YouTrack server: the users of the JetBrains Hub inside it, also below a context path. */
export function youTrackService(people: readonly User[], seed: number): Service {
	const store = new UserStore(seed);
	store.load(people);
	return {
		name: 'youtrack',
		routes: youTrackRoutes(store),
		optionalPrefix: '/youtrack',
		authorize: (request) => authorize(request, store.behaviour),
		failure: plainFailure,
		headers: () => ({}),
		canConflict: () => false,
		setBehaviour: (behaviour) => {
			store.behaviour = behaviour;
		},
		state: () => ({ users: [...store.users.all()] }),
		replaceState: (state) => importUsers(store, state),
		edit: (id, path, value) => editUser(store, id, path, value),
		remove: (id) => remove(store, id),
		merge: (targetId, sourceIds) => merge(store, targetId, sourceIds),
		reset: () => store.load(people),
	};
}
