import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';
import type { NodeRun } from './harness.mts';
import type { Fate, Passing, Proxy } from './proxy.mts';
import { throughProxy, type NodesWorld } from './world.mts';

/** An id as Okta's are. */
export const oktaId = (name: string | number): string => `00u${String(name).padStart(17, '0')}`;

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A user as short as the sandbox takes it, found by `name` in its id and login. */
export const oktaUser = (
	name: string | number,
	email: string,
	{ profile, ...more }: JsonObject = {},
): JsonObject => ({
	id: oktaId(name),
	status: 'ACTIVE',
	...more,
	profile: {
		login: `login-${name}@login.example`,
		email,
		firstName: `First-${name}`,
		lastName: `Last-${name}`,
		...(profile as JsonObject | undefined),
	},
});

export const profileOf = (user: JsonObject | undefined): JsonObject =>
	(user?.profile ?? {}) as JsonObject;

export const idsOf = ({ json }: NodeRun) => json.map(({ id }) => id);

/** Sets up, for the tests of one file, Okta's server and a node that speaks to it. Waiting takes no time. */
export function oktaWorld() {
	const { world, waits } = freshWorld(async (fresh) => await fresh.okta.reset());
	let credential: NodesWorld['credentials'][string];
	beforeEach(() => {
		credential = { ...world().credentials.oktaUsersApi };
	});
	afterEach(() => {
		world().credentials.oktaUsersApi = credential;
	});

	return {
		world,
		waits,
		run: async (
			operation: string,
			parameters: INodeParameters,
			input?: IDataObject[],
			more?: IDataObject,
		) =>
			await world().targetUsers(
				{ system: 'okta', resource: 'user', operation, ...parameters },
				input,
				more,
			),
		put: async (users: JsonObject[]) => await world().okta.put({ users }),
		stored: async (name: string | number) =>
			valueNamed(await world().okta.state(), 'users').find(({ id }) => id === oktaId(name)),
		requests: async () => await world().okta.requests(),
		answer: async (plan: JsonObject) =>
			await world().okta.answer({ path: '/api/v1/users', method: 'GET', ...plan }),
		/** Other settings of the credential, for one test. */
		use: (settings: IDataObject) => {
			world().credentials.oktaUsersApi = { ...credential, ...settings } as typeof credential;
		},
		through: async <T,>(
			decide: (call: Passing) => Fate | Promise<Fate>,
			work: (proxy: Proxy) => Promise<T>,
		) => await throughProxy(world(), 'okta', decide, work),
	};
}
