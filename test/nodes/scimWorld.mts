import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contracts';
import { startProxy, type Fate, type Passing, type Proxy } from './proxy.mts';
import { controlOf, fastClock, startNodesWorld, type NodesWorld } from './world.mts';

/** A user as short as the sandbox takes it, with one address marked primary. */
export const person = (id: string, email?: string, more: JsonObject = {}): JsonObject => ({
	id,
	userName: `login-${id}`,
	displayName: `Name ${id}`,
	...(email === undefined ? {} : { emails: [{ value: email, type: 'work', primary: true }] }),
	...more,
});

/** So many of them, each with an address. */
export const crowd = (count: number): JsonObject[] =>
	Array.from({ length: count }, (_, index) =>
		person(`u${String(index).padStart(5, '0')}`, `p${index}@example.com`),
	);

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const ids = (json: IDataObject[]) => json.map(({ id }) => id);

/** The JSON bodies of the calls of one method. */
export const bodiesOf = (proxy: Proxy, method: string): JsonObject[] =>
	proxy.calls
		.filter((call) => call.method === method)
		.map(({ body }) => JSON.parse(body) as JsonObject);

/** The SCIM server of the sandbox for the tests of one file, and the node that talks to it. Waiting takes no time. */
export function scimWorld() {
	let started: NodesWorld | undefined;
	let clock: ReturnType<typeof fastClock> | undefined;
	const world = (): NodesWorld => {
		if (started === undefined) throw new Error('The world starts before the first test');
		return started;
	};
	const origin = () => new URL(world().sandbox.scimUrl).origin;
	const control = () => controlOf(origin());
	beforeAll(async () => {
		started = await startNodesWorld();
		started.credentials.scimUsersApi = { baseUrl: started.sandbox.scimUrl, token: 'token-of-test' };
	});
	afterAll(async () => await started?.close());
	beforeEach(async () => {
		clock = fastClock();
		await control().reset();
	});
	afterEach(() => clock?.restore());

	/** With other data in the credential for the time of `work`. */
	const withCredential = async <T,>(data: IDataObject, work: () => Promise<T>): Promise<T> => {
		const { credentials } = world();
		const before = valueNamed(credentials, 'scimUsersApi');
		credentials.scimUsersApi = { ...before, ...data } as typeof before;
		try {
			return await work();
		} finally {
			credentials.scimUsersApi = before;
		}
	};

	return {
		world,
		control,
		withCredential,
		/** Waits of the run, in milliseconds. */
		waits: () => clock?.waits ?? [],
		run: async (
			operation: string,
			parameters: INodeParameters = {},
			input?: IDataObject[],
			more?: IDataObject,
		) =>
			await world().targetUsers(
				{ system: 'scim', resource: 'user', operation, ...parameters },
				input,
				more,
			),
		put: async (users: JsonObject[]) => await control().put({ users }),
		behave: async (switches: JsonObject) => await control().behave(switches),
		stored: async (id: string) =>
			valueNamed(await control().state(), 'users').find((one) => one.id === id),
		/** How often each route was called. */
		calls: async () => (await control().requests()).byRoute,
		/** Puts a proxy in front of the server for the time of `work`. */
		through: async <T,>(
			decide: (call: Passing) => Fate | Promise<Fate>,
			work: (proxy: Proxy) => Promise<T>,
		): Promise<T> => {
			const proxy = await startProxy(origin(), decide);
			const baseUrl = `${proxy.url}/scim/v2`;
			try {
				return await withCredential({ baseUrl }, async () => await work(proxy));
			} finally {
				await proxy.close();
			}
		},
	};
}
