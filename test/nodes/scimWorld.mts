import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';
import { startProxy, type Fate, type Passing, type Proxy } from './proxy.mts';
import { controlOf } from './world.mts';

/** One address, marked primary. */
export const primary = (value: string) => ({ emails: [{ value, type: 'work', primary: true }] });

/** A user as short as the sandbox takes it, with one address marked primary. */
export const person = (id: string, email?: string, more: JsonObject = {}): JsonObject => ({
	id,
	userName: `login-${id}`,
	displayName: `Name ${id}`,
	...(email === undefined ? {} : primary(email)),
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
	const { world, waits } = freshWorld(async () => await control().reset());
	const origin = () => new URL(world().sandbox.scimUrl).origin;
	const control = () => controlOf(origin());
	beforeAll(() => {
		const { credentials, sandbox } = world();
		credentials.scimUsersApi = { baseUrl: sandbox.scimUrl, token: 'token-of-test' };
	});

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
		waits,
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
		writes: async () => (await control().requests()).writes,
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
