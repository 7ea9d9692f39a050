import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { runNode, type NodeRun, type TestCredentials } from '../nodes/harness.mts';
import { startProxy, type Passing } from '../nodes/proxy.mts';
import { byId } from '../nodes/wixRun.mts';
import { rowFor } from '../nodes/rows.mts';
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
	['up, half encoded', '.%2e'],
	['up, twice encoded', '%252e%252e'],
	['up, in full width', '\uff0e\uff0e'],
	['up and along, in full width', '\uff0e\uff0e\uff0fmembers'],
	['up, by one dot leader of two', '\u2025'],
	['turned around', '\u202e../'],
	['the longest possible', 'x'.repeat(500)],
	['a prototype', '__proto__'],
	['a constructor', 'constructor'],
];

/** No record of any system can have one of these. */
const impossible: Array<[what: string, id: string]> = [
	['a line break', 'c1\r\nX-Injected: 1'],
	['a NUL', 'c1\u0000x'],
	['a backspace', 'c1\u0008'],
	['a control character of the second set', 'c1\u0085x'],
	['the first half of a character', 'c1\ud83d'],
	['the second half of a character', 'c1\ude00x'],
	['both halves the wrong way round', '\ude00\ud83d'],
	['half of one among dots', '..\ud800'],
	['too long', 'x'.repeat(501)],
	['of 10 kB', `${'x'.repeat(5_000)}/../${'y'.repeat(5_000)}`],
	['of 10 kB, of emoji', '\u{1f600}'.repeat(5_000)],
];

/** What an impossible one is called; it is never repeated. */
const fault =
	/^[^\p{C}]{1,60} (?:is longer than 500 characters|holds characters that no ID can hold)$/u;

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
	/** Whose rows it takes, where it takes any. */
	changes?: { side: 'wix' | 'users' };
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
	...(resource === 'label' ? {} : { changes: { side: 'wix' as const } }),
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
	changes: { side: 'users' as const },
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

/** Of an item that failed. */
const saidOf = (done: NodeRun, index = 0): string =>
	String(done.json[index]?.error ?? done.json[index]?.message ?? '');

/** Runs an operation on these input items, the rest after one that fails, too. */
async function callsOf(
	target: Target,
	operation: string,
	items: IDataObject[],
	more: INodeParameters = {},
) {
	const proxy = await startProxy(target.server(), () => undefined);
	const node = {
		...{ type: target.type, onError: 'continueRegularOutput' as const },
		parameters: { ...target.parameters(operation), ...more },
	};
	const done: NodeRun = await runNode(node, target.credentials(proxy.url), items).finally(
		async () => await proxy.close(),
	);
	return { done, calls: proxy.calls };
}

/** Calls that name no record: a look at the whole list, which tells a missing user from hidden ones, or at the server. */
const namesNobody = ({ method, url }: Passing, below: string) =>
	method === 'GET' &&
	(entryAt(url.split('?'), 0).endsWith(below.slice(0, -1)) ||
		/\/(?:ServiceProviderConfig|me)\b/.test(url));

const control = /[\p{Cc}\p{Cs}]/u;

describe.each(targets)('$name', (target) => {
	it.each(ids)('an id that is %s stays one step of the path', async (_, id) => {
		for (const operation of target.operations) {
			const { done, calls } = await callsOf(target, operation, [{ id }]);
			expect(saidOf(done)).toMatch(/\S/);
			expect(saidOf(done)).not.toMatch(control);
			for (const call of calls.filter((each) => !namesNobody(each, target.below))) {
				const path = entryAt(call.url.split('?'), 0);
				const [, rest = ''] = path.split(target.below);
				const isBelow = path.includes(target.below);
				expect({ operation, path, isBelow }).toEqual({ operation, path, isBelow: true });
				expect(decodeURIComponent(entryAt(rest.split('/'), 0))).toBe(id);
				expect(call.headers).not.toHaveProperty('x-injected');
			}
		}
	});

	it.each(impossible)('an id that is %s is refused by itself, unsent', async (_, id) => {
		for (const operation of target.operations) {
			const { done, calls } = await callsOf(target, operation, [{ id }, { id: 'u1' }]);
			expect({ operation, said: saidOf(done) }).toEqual({
				operation,
				said: expect.stringMatching(fault),
			});
			expect(calls.filter((each) => each.url.length > 300)).toEqual([]);
			// The next item is tried all the same
			expect(calls.some(({ url }) => url.includes('u1'))).toBe(true);
			expect(saidOf(done, 1)).not.toMatch(fault);
		}
	});

	if (target.changes === undefined) return;
	const { side } = target.changes;

	it.each(impossible)('a row with an id that is %s is refused, unsent', async (_, id) => {
		const given = [id, 'u1'].map((each) => rowFor(side, { operation: 'verify', recordId: each }));
		const { done, calls } = await callsOf(target, 'applyChanges', given);
		expect(saidOf(done)).toMatch(
			/^This item '\w+:\d+' is no link row: its '\w+Id' (?:is longer|holds characters)/,
		);
		expect(saidOf(done)).not.toMatch(control);
		expect(saidOf(done).length).toBeLessThan(150);
		expect(calls.every(({ url }) => url.length < 300)).toBe(true);
		// The next item is tried all the same
		expect(calls.length).toBeGreaterThan(0);
	});
});

describe('ids beside that of the record', () => {
	const [contacts] = targets;
	const hub = targets.find(({ name }) => name.endsWith('youTrack'));
	const places: Array<[Target | undefined, string, string, (id: string) => INodeParameters]> = [
		[contacts, 'merge', 'Contacts to Merge Into It', (sourceContactIds) => ({ sourceContactIds })],
		[contacts, 'addLabels', 'Label Names or IDs', (key) => ({ labelKeys: ['custom.one', key] })],
		[contacts, 'removeLabels', 'Label Names or IDs', (key) => ({ labelKeys: [key] })],
		[hub, 'merge', 'Users to Merge Into It', (sourceUserIds) => ({ sourceUserIds })],
		[hub, 'delete', 'Successor', (id) => ({ successorId: byId(id) })],
	];

	it.each(places)('%#: %s in %s', async (target, operation, label, place) => {
		if (target === undefined) throw new Error('No such system');
		for (const id of ['c\ud800', 'c\u0000c', 'x'.repeat(10_000)]) {
			const { done, calls } = await callsOf(target, operation, [{ id: 'u1' }], place(id));
			expect(saidOf(done)).toMatch(fault);
			expect(saidOf(done)).toContain(`'${label}'`);
			expect(calls).toEqual([]);
		}
	});
});

it.each(['a\ud800', 'a\u0000b', 'x'.repeat(10_000)])(
	'an impossible id that a system itself gives leads to no call, and to a short message',
	async (id) => {
		const user = { id, login: 'a', name: 'A', profile: { email: { email: 'a@example.com' } } };
		const asked: string[] = [];
		const proxy = await startProxy(sandbox.youTrackUrl, ({ url, method }) => {
			asked.push(`${method} ${url.split('?')[0]}`);
			return { status: 200, body: JSON.stringify({ users: [user], total: 1 }) };
		});
		const parameters = { system: 'youTrack', resource: 'user', operation: 'upsert' };
		const done = await runNode(
			{
				...{ type: 'n8n-nodes-wix-user-sync.targetUsers', onError: 'continueRegularOutput' },
				parameters: { ...parameters, email: 'a@example.com', additionalFields: { name: 'New' } },
			},
			{ youTrackHubApi: { url: proxy.url, token: 'token' } },
		).finally(async () => await proxy.close());
		expect(saidOf(done)).toMatch(
			/^User [^\p{Cc}\p{Cs}]{1,610}: No record of YouTrack can have this ID/u,
		);
		expect(saidOf(done).length).toBeLessThan(800);
		expect(asked.filter((call) => !call.endsWith('/users'))).toEqual([]);
	},
);
