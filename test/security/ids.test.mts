import type { INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { runNode, type NodeRun, type TestCredentials } from '../nodes/harness.mts';
import { startProxy, type Passing } from '../nodes/proxy.mts';
import { byId } from '../nodes/wixRun.mts';
import { fastClock } from '../nodes/world.mts';

let sandbox: Sandbox;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	sandbox = await startSandbox();
	clock = fastClock();
});
afterAll(async () => {
	clock.restore();
	await sandbox.close();
});

const ids: Array<[what: string, id: string]> = [
	['up', '..'],
	['here', '.'],
	['up and along', '../../members'],
	['up, encoded', '%2e%2e'],
	['up and along, encoded', '..%2f..%2fmembers'],
	['a query', 'c1?x=1'],
	['a fragment', 'c1#x'],
	['a step', 'c1/merge'],
	['a backslash', '..\\..\\members'],
	['matrix parameters', '..;/members'],
	['another host', '//outside.test/x'],
	['an address', 'https://outside.test/x'],
	['a slash', '/'],
	['a line break', 'c1\r\nX-Injected: 1'],
	['a NUL', 'c1\u0000'],
	['a prototype', '__proto__'],
	['a constructor', 'constructor'],
	['long', 'x'.repeat(10_000)],
];

interface Target {
	name: string;
	type: string;
	/** Where records are: no call may leave it. */
	below: string;
	server: () => string;
	credentials: (url: string) => TestCredentials;
	/** The id comes by an expression: what is typed, n8n's panel checks already. */
	parameters: (operation: string) => INodeParameters;
	operations: string[];
}

const wix = (resource: string, below: string, operations: string[]): Target => ({
	name: `Wix CRM, ${resource}`,
	type: 'n8n-nodes-wix-user-sync.wixCrm',
	below,
	server: () => sandbox.wixUrl,
	credentials: (baseUrl) => ({
		wixCrmApi: { apiKey: 'key', siteId: 'site', advanced: true, baseUrl },
	}),
	parameters: (operation) => ({
		...{ resource, operation, labelKeys: ['custom.one'], sourceContactIds: 'c2' },
		...{ updateFields: { firstName: 'New' }, displayName: 'New', newLoginEmail: 'n@example.com' },
		[resource === 'label' ? 'labelKey' : `${resource}Id`]: byId('={{ $json.id }}'),
	}),
	operations,
});

const users = (
	system: string,
	below: string,
	server: () => string,
	credentials: Target['credentials'],
): Target => ({
	name: `Target Users, ${system}`,
	type: 'n8n-nodes-wix-user-sync.targetUsers',
	...{ below, server, credentials },
	parameters: (operation) => ({
		...{
			system,
			resource: 'user',
			operation,
			userId: byId('={{ $json.id }}'),
			successorId: byId('u2'),
		},
		updateFields: { email: 'n@example.com' },
	}),
	operations: ['get', 'update', 'deactivate', 'delete'],
});

const targets: Target[] = [
	wix('contact', '/contacts/v4/contacts/', ['get', 'update', 'delete', 'merge', 'addLabels']),
	wix('member', '/members/v1/members/', ['get', 'update', 'delete', 'approve', 'disconnect']),
	wix('label', '/contacts/v4/labels/', ['get', 'update', 'delete']),
	users(
		'youTrack',
		'/users/',
		() => sandbox.youTrackUrl,
		(url) => ({ youTrackHubApi: { url, token: 'token' } }),
	),
	users(
		'okta',
		'/api/v1/users/',
		() => sandbox.oktaUrl,
		(url) => ({
			oktaUsersApi: { url, authentication: 'apiToken', apiToken: 'token', accessToken: '' },
		}),
	),
	users(
		'scim',
		'/scim/v2/Users/',
		() => new URL(sandbox.scimUrl).origin,
		(url) => ({ scimUsersApi: { baseUrl: `${url}/scim/v2`, token: 'token' } }),
	),
];

async function callsOf(target: Target, operation: string, id: string) {
	const proxy = await startProxy(target.server(), () => undefined);
	const node = { type: target.type, parameters: target.parameters(operation) };
	const done: NodeRun = await runNode(node, target.credentials(proxy.url), [{ id }]).finally(
		async () => await proxy.close(),
	);
	return { done, calls: proxy.calls };
}

/** Calls that name no record: a look at the whole list, which tells a missing user from hidden ones, or at the server. */
const namesNobody = ({ method, url }: Passing, below: string) =>
	method === 'GET' &&
	(url.split('?')[0].endsWith(below.slice(0, -1)) || /\/(?:ServiceProviderConfig|me)\b/.test(url));

describe.each(targets)('$name', (target) => {
	it.each(ids)('an id that is %s stays one step of the path', async (_, id) => {
		for (const operation of target.operations) {
			const { done, calls } = await callsOf(target, operation, id);
			expect(done.error?.message).toMatch(/\S/);
			for (const call of calls.filter((each) => !namesNobody(each, target.below))) {
				const path = call.url.split('?')[0];
				const [, rest = ''] = path.split(target.below);
				expect({
					operation,
					path: path.slice(0, 80),
					isBelow: path.includes(target.below),
				}).toEqual({
					operation,
					path: path.slice(0, 80),
					isBelow: true,
				});
				expect(decodeURIComponent(rest.split('/')[0])).toBe(id);
				expect(call.headers).not.toHaveProperty('x-injected');
			}
		}
	});
});
