import type { INode } from 'n8n-workflow';

import { hubBase } from '../../nodes/TargetUsers/systems/hub/base';
import { newAccessToken } from '../../nodes/TargetUsers/systems/okta/accessToken';
import { oktaBase } from '../../nodes/TargetUsers/systems/okta/base';
import { scimBase } from '../../nodes/TargetUsers/systems/scim/service';
import { checkedBaseUrl, faultOfUrl } from '../../nodes/shared/baseUrl';
import { startNodesWorld, type NodesWorld } from './world.mts';

const node = { name: 'Get users' } as INode;
const check = (url: string) => checkedBaseUrl(node, 'YouTrack', url);

describe('The address in a credential', () => {
	test.each([
		'https://example.youtrack.cloud/hub/api/rest',
		'https://10.1.2.3:8443/api',
		'http://localhost:4011',
		'http://127.0.0.1:4011/hub',
		'http://[::1]',
		'http://[::1]:4011',
		'http://127.1:4011',
		'http://127.0.0.1.:4011',
		'HTTP://LOCALHOST:4011',
		'https://b\u00fccher.example',
		'https://example.com.',
	])('%s is taken as it is', (url) => {
		expect(check(url)).toBe(url);
	});

	test.each([
		['http://example.com', 'must begin with https://'],
		['http://127.example.com', 'must begin with https://'],
		['http://localhost.example.com', 'must begin with https://'],
		['http://10.1.2.3', 'must begin with https://'],
		['http://127.0.0.1.evil.example', 'must begin with https://'],
		['http://127.0.0.1.nip.io.', 'must begin with https://'],
		// The parser takes line breaks out, and so does whoever sends
		['http://127.0.0.1\r\n.evil.example', 'must begin with https://'],
		// Systems without a rule for these names ask DNS
		['http://sandbox.localhost:4011', 'must begin with https://'],
		['http://localhost.', 'must begin with https://'],
		['http://localhost\u3002evil.example', 'must begin with https://'],
		['http://loc\u0430lhost', 'must begin with https://'],
		['http://128.0.0.1', 'must begin with https://'],
		['http://0.0.0.0', 'must begin with https://'],
		['http://[::]', 'must begin with https://'],
		['http://[::ffff:127.0.0.1]', 'must begin with https://'],
		['http://evil.example#@127.0.0.1', 'must begin with https://'],
		['http://evil.example\\@127.0.0.1', 'must begin with https://'],
		['http://127.0.0.1:80:secret@evil.example', 'must not hold a user name or password'],
		['http://secret:secret@127.0.0.1', 'must not hold a user name or password'],
		['https://secret@example.com', 'must not hold a user name or password'],
		['https://:secret@example.com', 'must not hold a user name or password'],
		['ftp://example.com', 'must begin with https://'],
		['file:///etc/passwd', 'must begin with https://'],
		['javascript:alert(1)', 'must begin with https://'],
		['https://user:secret@example.com', 'must not hold a user name or password'],
		['https://', 'is no address'],
		// Parsed, these are hosts named hub and evil.example
		['https:/hub/api/rest', 'is no address'],
		['https:///hub/api/rest', 'is no address'],
		['https:\\\\evil.example', 'is no address'],
		['example', 'is no address'],
		['', 'is no address'],
	])('%s is refused, and never repeated', (url, fault) => {
		expect(() => check(url)).toThrow(`The address in the credential for YouTrack ${fault}`);
		expect(() => check(url)).not.toThrow('secret');
	});
});

test('an address with letters such as ü is taken however often it was looked at', () => {
	const url = 'https://b\u00fccher.example';
	const isTaken = () => faultOfUrl(url) === undefined;
	// More than Node needs before it compiles a function
	const looks = Array.from({ length: 50_000 }, isTaken);
	expect(looks.indexOf(false)).toBe(-1);
});

test('a client secret goes to no token URL in plain text, whoever asks for a token', async () => {
	const asked: unknown[] = [];
	const helpers = {
		httpRequest: async (options: { url: string }) => {
			asked.push(options.url);
			return { body: { access_token: 'token' } };
		},
	} as unknown as Parameters<typeof newAccessToken>[0];
	const at = async (tokenUrl: string) =>
		await newAccessToken(helpers, { tokenUrl, clientId: 'app', clientAuthentication: 'secret' });
	expect(await at('http://okta.example.com/token')).toBeUndefined();
	expect(await at('https://okta.example.com/token')).toBe('token');
	expect(asked).toEqual(['https://okta.example.com/token']);
});

describe('each service', () => {
	let world: NodesWorld;
	beforeAll(async () => {
		world = await startNodesWorld();
	});
	afterAll(async () => await world.close());

	test.each([
		['wixCrmApi', { advanced: true, baseUrl: 'http://wix.example.com' }],
		['youTrackHubApi', { url: 'http://youtrack.example.com' }],
		['oktaUsersApi', { url: 'http://okta.example.com' }],
		['oktaUsersApi', { authentication: 'oAuth2', tokenUrl: 'http://okta.example.com/token' }],
		['scimUsersApi', { baseUrl: 'http://scim.example.com' }],
	] as const)('%s sends nothing in plain text', async (name, data) => {
		const before = world.credentials[name] ?? {};
		world.credentials[name] = { ...before, token: 'a-token', apiKey: 'a-key', ...data };
		try {
			const systems = { youTrackHubApi: 'youTrack', oktaUsersApi: 'okta', scimUsersApi: 'scim' };
			const getAll = { operation: 'getAll', limit: 1 };
			const run =
				name === 'wixCrmApi'
					? world.wixCrm({ resource: 'contact', ...getAll })
					: world.targetUsers({ system: systems[name], resource: 'user', ...getAll });
			expect((await run).error?.message).toContain('must begin with https://');
		} finally {
			world.credentials[name] = before;
		}
	});
});

test.each(['', ' ', '/', 'https://', 'https:///'])(
	'of nothing (%j) no system makes an address',
	(nothing) => {
		for (const baseOf of [hubBase, oktaBase, scimBase]) {
			expect(() => new URL(baseOf(nothing))).toThrow('Invalid URL');
		}
	},
);
