import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { runNode, type TestCredentials } from '../nodes/harness.mts';
import { byId } from '../nodes/wixRun.mts';
import { fastClock } from '../nodes/world.mts';

/** What came in, as it came in. */
let requests: IncomingMessage[];
let server: Server;
let url: string;
let answer: { headers: Record<string, string>; body: unknown };
let clock: ReturnType<typeof fastClock>;

beforeAll(async () => {
	clock = fastClock();
	server = createServer((request, response) => {
		requests.push(request);
		response.writeHead(200, { 'content-type': 'application/json', ...answer.headers });
		response.end(JSON.stringify(answer.body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	clock.restore();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
	requests = [];
	answer = { headers: {}, body: { id: 'u1', contact: { id: 'u1' }, userName: 'u', emails: [] } };
});

const namesIn = () =>
	requests.flatMap(({ rawHeaders }) => rawHeaders.map((text) => text.toLowerCase()));

const oktaWith = (data: TestCredentials[string]) => ({
	oktaUsersApi: { url, authentication: 'apiToken', apiToken: 'token', accessToken: '', ...data },
});
const credentials: Array<[what: string, system: string, make: (evil: string) => TestCredentials]> =
	[
		[
			'the API key of Wix',
			'',
			(apiKey) => ({ wixCrmApi: { apiKey, siteId: 's', advanced: true, baseUrl: url } }),
		],
		[
			'the site of Wix',
			'',
			(siteId) => ({ wixCrmApi: { apiKey: 'k', siteId, advanced: true, baseUrl: url } }),
		],
		['the token of YouTrack', 'youTrack', (token) => ({ youTrackHubApi: { url, token } })],
		['the token of Okta', 'okta', (apiToken) => oktaWith({ apiToken })],
		[
			'the access token of Okta',
			'okta',
			(accessToken) => oktaWith({ authentication: 'oAuth2', accessToken }),
		],
		['the token of SCIM', 'scim', (token) => ({ scimUsersApi: { baseUrl: url, token } })],
	];
const breaks = ['\r\nX-Injected: 1', '\nX-Injected: 1', '\rX-Injected: 1', '\u0000X-Injected: 1'];

describe.each(credentials)('%s', (_, system, make) => {
	const get = (given: TestCredentials) =>
		system === ''
			? runNode(
					{
						type: 'n8n-nodes-wix-user-sync.wixCrm',
						parameters: { resource: 'contact', operation: 'get', contactId: byId('u1') },
					},
					given,
				)
			: runNode(
					{
						type: 'n8n-nodes-wix-user-sync.targetUsers',
						parameters: { system, resource: 'user', operation: 'get', userId: byId('u1') },
					},
					given,
				);

	it('reaches the server as it is', async () => {
		await get(make('plain-value'));
		expect(namesIn().some((text) => text.includes('plain-value'))).toBe(true);
	});

	it.each(breaks)('with %j makes no second header', async (evil) => {
		const { error } = await get(make(`value${evil}`));
		expect(namesIn()).not.toContain('x-injected');
		expect(`${error?.message} ${error?.description}`).not.toMatch(/Injected|value\s/);
	});
});

const itMakesNone = (
	done: { message?: string; description?: string | null | undefined } | undefined,
) => {
	expect(namesIn()).not.toContain('x-injected');
	expect(`${done?.message} ${done?.description}`).not.toMatch(/Injected|value\s/);
};
const list = { system: 'okta', resource: 'user', operation: 'getAll', limit: 1 };
const targetUsers = 'n8n-nodes-wix-user-sync.targetUsers';
const byOAuth = (data: TestCredentials[string]) =>
	oktaWith({
		...{ authentication: 'oAuth2', clientAuthentication: 'secret', tokenUrl: `${url}/token` },
		...{ clientId: 'app', clientSecret: 'secret', scope: 'okta.users.read', ...data },
	});

describe('an app of Okta', () => {
	const fields = ['clientId', 'clientSecret', 'scope', 'tokenUrl', 'url'];

	it('asks for its token, and comes with it', async () => {
		answer.body = { access_token: 'plain-value' };
		await runNode({ type: targetUsers, parameters: list }, byOAuth({}));
		expect(requests.map(({ method }) => method)).toContain('POST');
		expect(namesIn()).toContain('bearer plain-value');
	});

	it.each(fields.flatMap((field) => breaks.map((evil) => [field, evil])))(
		'whose %s ends with %j makes no second header',
		async (field, evil) => {
			answer.body = { access_token: 'token' };
			const plain: Record<string, string> = { tokenUrl: `${url}/token`, url };
			const given = byOAuth({ [field]: `${plain[field] ?? 'value'}${evil}` });
			itMakesNone((await runNode({ type: targetUsers, parameters: list }, given)).error);
		},
	);

	it.each(breaks)('whose token comes with %j makes no second header', async (evil) => {
		answer.body = { access_token: `value${evil}` };
		itMakesNone((await runNode({ type: targetUsers, parameters: list }, byOAuth({}))).error);
		expect(requests.length).toBeGreaterThan(0);
	});
});

describe('what a server sends to see it again', () => {
	it.each([...breaks, '\u20ac'])(
		'a version of a SCIM user with %j makes no header',
		async (evil) => {
			const meta = { version: `W/"1"${evil}` };
			answer.body = { id: 'u1', userName: 'u', active: true, meta };
			const parameters = { system: 'scim', resource: 'user', operation: 'update' };
			const { error } = await runNode(
				{
					type: targetUsers,
					parameters: { ...parameters, userId: byId('u1'), updateFields: { displayName: 'new' } },
				},
				{ scimUsersApi: { baseUrl: url, token: 'token' } },
			);
			itMakesNone(error);
			expect(requests.map(({ method }) => method)).toContain('PATCH');
		},
	);
});
