import { ControlError, type Answer, type ApiRequest, type Route } from '../control/http.mts';
import type { Service } from '../control/service.mts';
import { authorize } from './authorize.mts';
import { editUser } from './edit.mts';
import { plainFailure } from './errors.mts';
import { seededOktaIds } from './ids.mts';
import { importUsers } from './importState.mts';
import { activate, deactivate, deleteUser, reactivate, suspend, unsuspend } from './lifecycle.mts';
import { TokenIssuer, tokenPaths } from './oauth.mts';
import { rateHeaders, throttleHeaders } from './rateHeaders.mts';
import { usersPath as users, type User } from './types.mts';
import { getMe, getUser, listUsers } from './userReads.mts';
import { UserStore } from './userStore.mts';
import { createUser, replaceUser, updateUser } from './userWrites.mts';

function oktaRoutes(store: UserStore, issuer: TokenIssuer): Route[] {
	const route = (
		method: Route['method'],
		path: string,
		handler: (store: UserStore, request: ApiRequest) => Answer,
	): Route => ({ method, path, handle: (request) => handler(store, request) });
	const lifecycle = { activate, deactivate, reactivate, suspend, unsuspend };
	return [
		...tokenPaths.map((path): Route => ({
			method: 'POST',
			path,
			handle: (request) => issuer.answer(request),
			readOnly: true,
			form: true,
		})),
		route('GET', users, listUsers),
		route('POST', users, createUser),
		route('GET', `${users}/me`, (all, request) => getMe(all, issuer, request)),
		route('GET', `${users}/:id`, getUser),
		route('POST', `${users}/:id`, updateUser),
		route('PUT', `${users}/:id`, replaceUser),
		route('DELETE', `${users}/:id`, deleteUser),
		...Object.entries(lifecycle).map(([name, handler]) =>
			route('POST', `${users}/:id/lifecycle/${name}`, handler),
		),
	];
}

function remove(store: UserStore, id: string): boolean {
	const isKnown = store.users.get(id) !== undefined;
	store.users.delete(id);
	return isKnown;
}

/** The Okta server: the users of one organization, and the tokens of its apps. `people` is asked for when the first call needs them. */
export function oktaService(people: () => readonly User[], seed: number): Service {
	const store = new UserStore(people, seed);
	const issuer = new TokenIssuer(seed + 1);
	const mintRequestId = seededOktaIds(seed + 2);
	return {
		name: 'okta',
		routes: oktaRoutes(store, issuer),
		authorize: (request) => authorize(issuer, request),
		failure: plainFailure,
		headers: (rate) => ({
			'x-okta-request-id': mintRequestId('req'),
			...rateHeaders(store.behaviour, rate),
		}),
		throttleHeaders: (seconds) => throttleHeaders(store.behaviour, seconds),
		canConflict: () => false,
		setBehaviour: (behaviour) => {
			store.behaviour = behaviour;
		},
		state: () => ({ users: [...store.users.all()] }),
		replaceState: (state) => importUsers(store, state),
		edit: (id, path, value) => editUser(store, id, path, value),
		remove: (id) => remove(store, id),
		merge: () => {
			throw new ControlError(400, 'Okta does not merge users.');
		},
		reset: () => store.reset(people),
	};
}
