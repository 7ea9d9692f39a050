import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';
import type { Fate, Passing, Proxy } from './proxy.mts';
import { throughProxy } from './world.mts';

/** A user as short as the sandbox takes it, with a proved address. */
export const user = (id: string, email?: string, more: JsonObject = {}): JsonObject => ({
	id,
	login: `login-${id}`,
	name: `Name ${id}`,
	profile: email ? { email: { type: 'EmailJSON', verified: true, email } } : {},
	...more,
});

export const crowdId = (index: number) => `u${String(index).padStart(5, '0')}`;

/** So many of them, each with an address, in the order of their ids. */
export const crowd = (count: number): JsonObject[] =>
	Array.from({ length: count }, (_, index) => user(crowdId(index), `p${index}@example.com`));

/** The account that every token of the sandbox acts for. */
export const tokenOwner = user('00000000-0000-4000-8000-0000000000a1', 'owner@example.com', {
	login: 'sync.service',
});

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const ids = (json: IDataObject[]) => json.map(({ id }) => id);

export const goOn = { onError: 'continueRegularOutput' };

/** The YouTrack server of the sandbox for the tests of one file, and the node that talks to it. Waiting takes no time. */
export function youTrackWorld() {
	const { world, waits } = freshWorld(async (fresh) => await fresh.hub.reset());

	return {
		world,
		hub: () => world().hub,
		waits,
		run: async (
			operation: string,
			parameters: INodeParameters = {},
			input?: IDataObject[],
			more?: IDataObject,
		) =>
			await world().targetUsers(
				{ system: 'youTrack', resource: 'user', operation, ...parameters },
				input,
				more,
			),
		put: async (users: JsonObject[]) => await world().hub.put({ users }),
		users: async () => (await world().hub.state()).users,
		stored: async (id: string) =>
			valueNamed(await world().hub.state(), 'users').find((one) => one.id === id),
		writes: async () => (await world().hub.requests()).writes,
		/** Puts a proxy in front of the server for the time of `work`. */
		through: async <T,>(
			decide: (call: Passing) => Fate | Promise<Fate>,
			work: (proxy: Proxy) => Promise<T>,
		) => await throughProxy(world(), 'users', decide, work),
		/** With another token for the time of `work`. */
		withToken: async <T,>(token: string, work: () => Promise<T>): Promise<T> => {
			const { credentials } = world();
			const before = valueNamed(credentials, 'youTrackHubApi');
			credentials.youTrackHubApi = { ...before, token };
			try {
				return await work();
			} finally {
				credentials.youTrackHubApi = before;
			}
		},
	};
}
