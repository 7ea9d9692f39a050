import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contracts';
import type { NodeRun } from './harness.mts';
import type { Fate, Passing, Proxy } from './proxy.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

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
	let started: NodesWorld | undefined;
	let clock: ReturnType<typeof fastClock> | undefined;
	const world = (): NodesWorld => {
		if (started === undefined) throw new Error('The world starts before the first test');
		return started;
	};
	beforeAll(async () => {
		started = await startNodesWorld();
	});
	afterAll(async () => await started?.close());
	let credential: NodesWorld['credentials'][string];
	beforeEach(async () => {
		clock = fastClock();
		credential = { ...world().credentials.oktaUsersApi };
		await world().okta.reset();
	});
	afterEach(() => {
		clock?.restore();
		world().credentials.oktaUsersApi = credential;
	});

	return {
		world,
		/** Waits of the run, in milliseconds. */
		waits: () => clock?.waits ?? [],
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
