import { ApiError, ControlError, type Answer, type Route } from '../control/http.mts';
import type { Service } from '../control/service.mts';
import { refusalOf } from './authorize.mts';
import { editUser } from './edit.mts';
import { scimAnswer } from './errors.mts';
import { importUsers } from './importState.mts';
import { asSwitchedError } from './liberties.mts';
import { scimBasePath, type ScimUser } from './types.mts';
import { answerUserCall } from './userCalls.mts';
import { UserStore } from './userStore.mts';

function answerOf(error: unknown): Answer {
	if (error instanceof ApiError) return error.answer;
	throw error;
}

type Path = Pick<Route, 'method' | 'path' | 'readOnly'>;

/** What scimmy-routers answers. Groups are not declared to it. */
const paths: Path[] = [
	{ method: 'GET', path: '/Users' },
	{ method: 'POST', path: '/Users' },
	{ method: 'POST', path: '/Users/.search', readOnly: true },
	{ method: 'GET', path: '/Users/:id' },
	{ method: 'PUT', path: '/Users/:id' },
	{ method: 'PATCH', path: '/Users/:id' },
	{ method: 'DELETE', path: '/Users/:id' },
	{ method: 'POST', path: '/.search', readOnly: true },
	{ method: 'POST', path: '/Bulk' },
	{ method: 'GET', path: '/Me' },
	{ method: 'GET', path: '/ServiceProviderConfig' },
	{ method: 'GET', path: '/ResourceTypes' },
	{ method: 'GET', path: '/ResourceTypes/:id' },
	{ method: 'GET', path: '/Schemas' },
	{ method: 'GET', path: '/Schemas/:id' },
];

const scimTypes: Record<number, string> = { 400: 'invalidSyntax' };

/** The SCIM 2.0 server: scimmy-routers over a store of users, below `/scim/v2` and below the root. `people` is asked for when the first call needs them. */
export function scimService(people: () => readonly ScimUser[], seed: number): Service {
	const store = new UserStore(people, seed);
	const finish = (answer: Answer): Answer => ({
		contentType: store.behaviour.scimContentType,
		...asSwitchedError(answer, store.behaviour),
	});
	const routes = paths.map((path): Route => {
		const route: Route = {
			...path,
			handle: async (request) =>
				finish(await answerUserCall(store, route, request).catch(answerOf)),
		};
		return route;
	});
	return {
		name: 'scim',
		basePath: scimBasePath,
		routes,
		authorize: (request) => {
			const refusal = refusalOf(request);
			if (refusal) throw new ApiError(finish(refusal));
		},
		failure: (status, message) => finish(scimAnswer(status, message, scimTypes[status])),
		headers: () => ({}),
		canConflict: ({ method }) => store.behaviour.scimVersions && /^(PUT|PATCH)$/.test(method),
		provokeConflict: ({ params }) => {
			const user = store.ready().users.get(params.id ?? '');
			if (user) store.touch(user);
		},
		setBehaviour: (behaviour) => {
			store.behaviour = behaviour;
		},
		state: () => ({ users: store.ready().all() }),
		replaceState: (state) => importUsers(store, state),
		edit: (id, path, value) => editUser(store.ready(), id, path, value),
		remove: (id) => store.ready().forget(id),
		merge: () => {
			throw new ControlError(400, 'SCIM does not merge users.');
		},
		reset: () => store.reset(),
	};
}
