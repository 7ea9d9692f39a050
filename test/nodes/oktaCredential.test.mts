import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';

import { atLeast, valueNamed } from '../../runtime/entries.mts';
import { OktaUsersApi } from '../../credentials/OktaUsersApi.credentials';
import { oktaBase, oktaTokenUrl } from '../../nodes/TargetUsers/systems/okta/base';
import { sandboxClock } from '../../sandbox/control/clock.mts';
import { evaluateWithCredentials } from './harness.mts';
import { byId, idsOf, oktaId, oktaUser, oktaWorld } from './oktaRun.mts';
import type { Passing } from './proxy.mts';

const okta = new OktaUsersApi();
const { world, run, put, requests, answer, through, use } = oktaWorld();

const list = async () => await run('getAll', { returnAll: true });
const stored = () => valueNamed(world().credentials, 'oktaUsersApi');
const tokenRoute = 'POST /oauth2/v1/token';
const listRoute = 'GET /api/v1/users';
const calls = async () => {
	const { byRoute } = await requests();
	return [byRoute[tokenRoute] ?? 0, byRoute[listRoute] ?? 0];
};

describe('the URL as people paste it', () => {
	test.each([
		['https://example.okta.com', 'https://example.okta.com/api/v1'],
		[' https://example.okta.com/ ', 'https://example.okta.com/api/v1'],
		['example.okta.com', 'https://example.okta.com/api/v1'],
		['https://example-admin.okta.com/admin/dashboard', 'https://example.okta.com/api/v1'],
		[
			'https://dev-123-admin.oktapreview.com/admin/users#x',
			'https://dev-123.oktapreview.com/api/v1',
		],
		[
			'https://my-admin-org.okta-emea.com/app/UserHome?x=1',
			'https://my-admin-org.okta-emea.com/api/v1',
		],
		['https://login-admin.example.com/', 'https://login-admin.example.com/api/v1'],
		['https://example.okta.com/api/v1/', 'https://example.okta.com/api/v1'],
		['https://example.okta.com/api/v1/users?limit=1', 'https://example.okta.com/api/v1'],
		['http://127.0.0.1:4012', 'http://127.0.0.1:4012/api/v1'],
		['https://gateway.example.com/okta/api/v1', 'https://gateway.example.com/okta/api/v1'],
	])('%s', (url, base) => {
		expect(oktaBase(url)).toBe(base);
		expect(evaluateWithCredentials(String(okta.test.request.baseURL), { url })).toBe(base);
		expect(oktaTokenUrl(url)).toBe(base.replace('/api/v1', '/oauth2/v1/token'));
	});
});

describe('an API token', () => {
	test('goes out as SSWS, and no access token is asked for', async () => {
		await put([oktaUser('ada', 'ada@example.com')]);
		const seen: Passing[] = [];
		const done = await through(
			(call) => void seen.push(call),
			async () => await list(),
		);
		expect(idsOf(done)).toEqual([oktaId('ada')]);
		expect(seen.map(({ headers }) => headers.authorization)).toEqual(['SSWS token-of-test']);
		expect(await calls()).toEqual([0, 1]);
	});

	test('secrets are password fields, and the test asks for one user', () => {
		const secrets = ['accessToken', 'apiToken', 'clientSecret', 'privateKey'];
		const shown = okta.properties.filter(({ typeOptions }) => typeOptions?.password === true);
		expect(shown.map(({ name }) => name).sort()).toEqual(secrets);
		expect(okta.test.request).toMatchObject({ url: '/users', qs: { limit: 1 } });
	});
});

describe('client credentials', () => {
	const hour = 3_600_000;
	const client = {
		authentication: 'oAuth2',
		clientId: 'app',
		clientAuthentication: 'secret',
		clientSecret: 'secret-of-test',
		scope: 'okta.users.read okta.users.manage',
		tokenUrl: '',
		accessToken: '',
	};
	beforeEach(async () => {
		await put([oktaUser('ada', 'ada@example.com')]);
		use(client);
	});

	test('the first call gets an access token, later runs use it', async () => {
		for (const total of [1, 2]) {
			const done = await list();
			expect(done.error).toBeUndefined();
			expect(idsOf(done)).toEqual([oktaId('ada')]);
			expect(await calls()).toEqual([1, total]);
		}
		expect(stored().accessToken).toMatch(/^ott\w+$/);
	});

	test('a token that has ended is renewed once, and the run goes on', async () => {
		await list();
		const before = stored().accessToken;
		sandboxClock.advance(hour);
		const done = await list();
		expect(done.error).toBeUndefined();
		expect(idsOf(done)).toEqual([oktaId('ada')]);
		// The refusal, the same again so that n8n sees it, and the call with the new token.
		expect(await calls()).toEqual([2, 4]);
		expect(stored().accessToken).not.toBe(before);
	});

	test('a long run sees its token end more than once', async () => {
		const userId = byId(oktaId('ada'));
		const done = await through(
			() => sandboxClock.advance(hour / 4),
			async () => {
				use({
					...stored(),
					...client,
					url: stored().url,
					tokenUrl: `${world().sandbox.oktaUrl}/oauth2/v1/token`,
				});
				return await run(
					'get',
					{ userId },
					Array.from({ length: 12 }, () => ({})),
				);
			},
		);
		expect(done.error).toBeUndefined();
		expect(done.json).toHaveLength(12);
		expect((await calls())[0]).toBeGreaterThan(2);
	});

	test('a write that the end of the token refused is made once', async () => {
		await list();
		sandboxClock.advance(hour);
		const done = await run('create', { email: 'new@example.com' });
		expect(done.error).toBeUndefined();
		const { users } = await world().okta.state();
		expect(users).toHaveLength(2);
	});

	test.each([
		['an unknown client', { clientId: 'invalid' }],
		['a scope that there is not', { scope: 'openid' }],
		['a key that is none', { clientAuthentication: 'privateKey', privateKey: 'secret-of-test' }],
		['no key', { clientAuthentication: 'privateKey' }],
	])('%s is told as what it is', async (_what, settings) => {
		use({ ...client, ...settings });
		const { error } = await list();
		expect(error?.message).toContain('Okta does not accept the OAuth client (HTTP 401');
		expect(error?.description).toMatch(
			/client ID, its key or secret, the token URL and the scopes/,
		);
		expect(`${error?.message} ${error?.description}`).not.toContain('secret-of-test');
	});

	test('an app without the scope to write', async () => {
		use({ ...client, scope: 'okta.users.read' });
		const { error } = await run('create', { email: 'new@example.com' });
		expect(error?.message).toContain('Okta does not permit this (HTTP 403, code E0000006');
		expect(error?.description).toContain('okta.users.manage');
	});

	test('a token endpoint that is down for a while stops no run', async () => {
		await answer({ method: 'POST', path: '/oauth2', status: 503 });
		const done = await list();
		expect(done.error).toBeUndefined();
		expect(await calls()).toEqual([2, 1]);
	});

	test('the secret goes to the token URL alone, as Basic', async () => {
		const seen: Passing[] = [];
		await through(
			(call) => void seen.push(call),
			async () => {
				use({ ...client, url: stored().url, clientId: 'a:b', clientSecret: 'c d' });
				await list();
			},
		);
		expect(seen.map(({ url }) => url.split('?')[0])).toEqual(['/oauth2/v1/token', '/api/v1/users']);
		const [asked, listed] = atLeast(seen, 2);
		const basic = valueNamed(asked.headers, 'authorization').replace('Basic ', '');
		expect(Buffer.from(basic, 'base64').toString()).toBe('a%3Ab:c%20d');
		expect(Object.fromEntries(new URLSearchParams(asked.body))).toEqual({
			grant_type: 'client_credentials',
			scope: client.scope,
		});
		expect(listed.headers.authorization).toMatch(/^Bearer ott\w+$/);
	});

	test('another token URL', async () => {
		use({ ...client, tokenUrl: ` ${world().sandbox.oktaUrl}/oauth2/default/v1/token ` });
		expect((await list()).error).toBeUndefined();
		expect((await requests()).byRoute['POST /oauth2/default/v1/token']).toBe(1);
	});
});

describe('a private key', () => {
	const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	const jwk = pair.privateKey.export({ format: 'jwk' });

	/** Header and claims of a JWT that `publicKey` proves. */
	function proved(jwt: string, publicKey: KeyObject) {
		const [header, claims, signature] = atLeast(jwt.split('.'), 3);
		const isProved = verify(
			'sha256',
			Buffer.from(`${header}.${claims}`),
			publicKey,
			Buffer.from(signature, 'base64url'),
		);
		const [readHeader, readClaims] = [header, claims].map(
			(part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>,
		);
		return { isProved, header: readHeader, claims: readClaims };
	}

	test.each([
		['as PEM', pem, '', undefined],
		['as PEM in one line', pem.replace(/\n/g, ' '), 'key-1', 'key-1'],
		['as PEM with written line ends', pem.replace(/\n/g, '\\n'), '', undefined],
		['as JWK', JSON.stringify({ ...jwk, kid: 'key-2' }), '', 'key-2'],
		[
			'as JWK for another use',
			JSON.stringify({ ...jwk, alg: 'RS512', use: 'sig', key_ops: ['verify'] }),
			'',
			undefined,
		],
		['as JWK under another name', JSON.stringify({ ...jwk, kid: 'key-2' }), 'key-1', 'key-1'],
	])('%s proves the app', async (_how, privateKey, keyId, kid) => {
		await put([oktaUser('ada', 'ada@example.com')]);
		const bodies: string[] = [];
		const tokenUrl = await through(
			({ url, body }) => void (url.startsWith('/oauth2') && bodies.push(body)),
			async (proxy) => {
				use({
					url: proxy.url,
					authentication: 'oAuth2',
					clientId: 'app',
					clientAuthentication: 'privateKey',
					privateKey,
					keyId,
					scope: 'okta.users.read',
				});
				expect(idsOf(await list())).toEqual([oktaId('ada')]);
				return `${proxy.url}/oauth2/v1/token`;
			},
		);
		const { client_assertion: jwt = '', ...form } = Object.fromEntries(
			new URLSearchParams(bodies[0]),
		);
		expect(form).toEqual({
			grant_type: 'client_credentials',
			scope: 'okta.users.read',
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
		});
		const { isProved, header, claims } = proved(jwt, createPublicKey(pair.privateKey));
		expect(isProved).toBe(true);
		expect(header).toEqual({ alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) });
		const now = Date.parse('2026-11-23T10:00:00.000Z') / 1000;
		expect(claims).toEqual({
			iss: 'app',
			sub: 'app',
			aud: tokenUrl,
			iat: now,
			exp: now + 300,
			jti: expect.stringMatching(/^[\da-f-]{36}$/),
		});
	});
});
