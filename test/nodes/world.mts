import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import { timeLimit } from '../../nodes/shared/Api';
import { clock } from '../../nodes/shared/clock';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/startSandbox.mts';
import { startProxy, type Fate, type Passing, type Proxy } from './proxy.mts';
import { runNode, type NodeRun, type TestCredentials } from './harness.mts';

async function json<T>(url: string, method = 'GET', body?: unknown): Promise<T> {
	const response = await fetch(url, {
		method,
		headers: { 'content-type': 'application/json' },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	if (!response.ok)
		throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
	return (await response.json()) as T;
}

export interface Requests {
	total: number;
	writes: number;
	byRoute: Record<string, number>;
}

/** Lists by name; each server has some of them. */
type SandboxState = Record<'contacts' | 'members' | 'users', JsonObject[]> &
	Record<string, JsonObject[]>;

/** The control surface of one sandbox server. */
export function controlOf(base: string) {
	return {
		state: async () => await json<SandboxState>(`${base}/sandbox/state`),
		put: async (state: JsonObject) => await json(`${base}/sandbox/state`, 'PUT', state),
		edit: async (id: string, path: string, value: unknown) =>
			await json(`${base}/sandbox/edit`, 'POST', { id, path, value }),
		requests: async () => await json<Requests>(`${base}/sandbox/requests`),
		faults: async (faults: JsonObject) => await json(`${base}/sandbox/faults`, 'POST', faults),
		answer: async (plan: JsonObject) => await json(`${base}/sandbox/answer`, 'POST', plan),
		limits: async (limits: JsonObject) => await json(`${base}/sandbox/limits`, 'POST', limits),
		behave: async (switches: JsonObject) => await json(`${base}/sandbox/behave`, 'POST', switches),
		merge: async (targetId: string, sourceIds: string[]) =>
			await json(`${base}/sandbox/merge`, 'POST', { targetId, sourceIds }),
		remove: async (id: string) => await json(`${base}/sandbox/delete`, 'POST', { id }),
		reset: async () => await json(`${base}/sandbox/reset`, 'POST', {}),
	};
}

export interface NodesWorld {
	sandbox: Sandbox;
	credentials: TestCredentials;
	wix: ReturnType<typeof controlOf>;
	hub: ReturnType<typeof controlOf>;
	okta: ReturnType<typeof controlOf>;
	wixCrm(parameters: INodeParameters, input?: IDataObject[], more?: IDataObject): Promise<NodeRun>;
	targetUsers(
		parameters: INodeParameters,
		input?: IDataObject[],
		more?: IDataObject,
	): Promise<NodeRun>;
	close(): Promise<void>;
}

export async function startNodesWorld(options: SandboxOptions = {}): Promise<NodesWorld> {
	const sandbox = await startSandbox(options);
	const credentials: TestCredentials = {
		wixCrmApi: { apiKey: 'key-of-test', siteId: 'site', advanced: true, baseUrl: sandbox.wixUrl },
		youTrackHubApi: { url: sandbox.youTrackUrl, token: 'token-of-test' },
		oktaUsersApi: {
			url: sandbox.oktaUrl,
			authentication: 'apiToken',
			apiToken: 'token-of-test',
			accessToken: '',
		},
	};
	const world: NodesWorld = {
		sandbox,
		credentials,
		wix: controlOf(sandbox.wixUrl),
		hub: controlOf(sandbox.youTrackUrl),
		okta: controlOf(sandbox.oktaUrl),
		wixCrm: async (parameters, input, more) =>
			await runNode(
				{ type: 'n8n-nodes-wix-user-sync.wixCrm', parameters, ...more },
				world.credentials,
				input,
			),
		targetUsers: async (parameters, input, more) =>
			await runNode(
				{ type: 'n8n-nodes-wix-user-sync.targetUsers', parameters, ...more },
				world.credentials,
				input,
			),
		close: sandbox.close,
	};
	return world;
}

/** Of each side: its credential, and where that says which server is meant. */
const sides = {
	wix: { credential: 'wixCrmApi', setting: 'baseUrl', server: 'wixUrl' },
	users: { credential: 'youTrackHubApi', setting: 'url', server: 'youTrackUrl' },
	okta: { credential: 'oktaUsersApi', setting: 'url', server: 'oktaUrl' },
} as const;

/** Puts a proxy in front of one server for the time of `work`. */
export async function throughProxy<T>(
	world: NodesWorld,
	side: keyof typeof sides,
	decide: (call: Passing) => Fate | Promise<Fate>,
	work: (proxy: Proxy) => Promise<T>,
): Promise<T> {
	const { credential, setting, server } = sides[side];
	const direct = valueNamed(world.credentials, credential);
	const proxy = await startProxy(world.sandbox[server], decide);
	world.credentials[credential] = { ...direct, [setting]: proxy.url };
	try {
		return await work(proxy);
	} finally {
		world.credentials[credential] = direct;
		await proxy.close();
	}
}

/** Lets waiting take no time and remembers how long it would have been, in milliseconds. */
export function fastClock(): { waits: number[]; restore: () => void } {
	const real = { ...clock };
	const limit = timeLimit.milliseconds;
	const waits: number[] = [];
	let time = Date.parse('2026-11-23T10:00:00.000Z');
	clock.sleep = async (milliseconds) => {
		waits.push(milliseconds);
		time += milliseconds;
	};
	clock.now = () => time;
	clock.random = () => 0;
	return {
		waits,
		restore: () => {
			Object.assign(clock, real);
			timeLimit.milliseconds = limit;
		},
	};
}
