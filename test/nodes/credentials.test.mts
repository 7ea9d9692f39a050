import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { WixCrmApi } from '../../credentials/WixCrmApi.credentials';
import { YouTrackHubApi } from '../../credentials/YouTrackHubApi.credentials';
import { hubBase } from '../../nodes/TargetUsers/systems/hub/base';
import { credentialTypes, headersOf, signed } from './credentialsHelper.mts';
import { evaluateWithCredentials } from './harness.mts';

const wix = new WixCrmApi();
const hub = new YouTrackHubApi();

describe('the YouTrack URL as people paste it', () => {
	const cases: Array<[string, string]> = [
		['https://acme.youtrack.cloud', 'https://acme.youtrack.cloud/hub/api/rest'],
		[' https://acme.youtrack.cloud/ ', 'https://acme.youtrack.cloud/hub/api/rest'],
		['acme.youtrack.cloud', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/hub', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/hub/', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://example.com:8443/youtrack/', 'https://example.com:8443/youtrack/hub/api/rest'],
		['http://example.com/youtrack/hub', 'http://example.com/youtrack/hub/api/rest'],
		['https://example.com/hub/api/rest/', 'https://example.com/hub/api/rest'],
		['https://hub.example.com/api/rest', 'https://hub.example.com/api/rest'],
		['https://acme.youtrack.cloud/?q=1#top', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/users/1-23', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/users', 'https://acme.youtrack.cloud/hub/api/rest'],
		[
			'https://acme.youtrack.cloud/admin/hub/users/7b-1',
			'https://acme.youtrack.cloud/hub/api/rest',
		],
		['https://acme.youtrack.cloud/issues?q=%23me', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/issue/AB-1/a-title', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/dashboard?id=1-2', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/api', 'https://acme.youtrack.cloud/hub/api/rest'],
		[
			'https://acme.youtrack.cloud/hub/users/7b-1?tab=x',
			'https://acme.youtrack.cloud/hub/api/rest',
		],
		['https://acme.youtrack.cloud/hub/auth/login', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/hub/rest/', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://acme.youtrack.cloud/hub/api/rest/users', 'https://acme.youtrack.cloud/hub/api/rest'],
		['https://example.com/youtrack/issues', 'https://example.com/youtrack/hub/api/rest'],
		['https://example.com/youtrack/admin/hub/users', 'https://example.com/youtrack/hub/api/rest'],
		['https://example.com/tools/youtrack/', 'https://example.com/tools/youtrack/hub/api/rest'],
		['http://issues:8080/', 'http://issues:8080/hub/api/rest'],
		['https://issues.example.com/', 'https://issues.example.com/hub/api/rest'],
		['https://example.com/projects/hub/api/rest', 'https://example.com/projects/hub/api/rest'],
		['https://hub.example.com', 'https://hub.example.com/api/rest'],
		['https://hub.example.com/users/7b-1', 'https://hub.example.com/api/rest'],
		['hub.example.com:8443/', 'https://hub.example.com:8443/api/rest'],
		['https://hub.example.com/hub', 'https://hub.example.com/hub/api/rest'],
		['https://hub.example.com/youtrack', 'https://hub.example.com/youtrack/hub/api/rest'],
		['https://acme.myjetbrains.com/youtrack/issues', 'https://acme.myjetbrains.com/hub/api/rest'],
		['https://acme.myjetbrains.com/hub', 'https://acme.myjetbrains.com/hub/api/rest'],
	];
	test.each(cases)('%s', (url, base) => {
		expect(hubBase(url)).toBe(base);
		const tested = evaluateWithCredentials(String(hub.test.request.baseURL), { url, token: 't' });
		expect(tested).toBe(base);
	});

	test('the node and the connection test agree on whatever is pasted, and what they made of it stays', () => {
		const part = fc.constantFrom('hub', 'api', 'rest', 'admin', 'users', 'youtrack', 'issues', 'x');
		const pasted = fc
			.tuple(
				fc.constantFrom('', 'http://', 'https://', ' HTTPS://'),
				fc.constantFrom('hub', 'hub.example.com', 'acme.myjetbrains.com', 'a.example:81', 'users'),
				fc.array(part, { maxLength: 5 }),
				fc.constantFrom('', '/', '//', '?a=b/hub', '#/users', '/ '),
			)
			.map(([scheme, host, path, end]) => `${scheme}${[host, ...path].join('/')}${end}`);
		fc.assert(
			fc.property(pasted, (url) => {
				const base = hubBase(url);
				const tested = evaluateWithCredentials(String(hub.test.request.baseURL), {
					url,
					token: 't',
				});
				expect(tested).toBe(base);
				expect(base).toMatch(/^https?:\/\/[^/?#\s]+(\/[^/?#\s]+)*\/api\/rest$/i);
				expect(hubBase(base)).toBe(base);
			}),
		);
	});
});

describe('the base URL of Wix', () => {
	const own = 'http://127.0.0.1:4010/';
	const cases: Array<[string, { advanced?: boolean; baseUrl?: string }, string]> = [
		['hidden means default', { advanced: false, baseUrl: own }, 'https://www.wixapis.com'],
		['never shown', {}, 'https://www.wixapis.com'],
		['shown', { advanced: true, baseUrl: own }, 'http://127.0.0.1:4010'],
		['emptied', { advanced: true, baseUrl: '' }, 'https://www.wixapis.com'],
	];
	test.each(cases)('%s', (_name, data, base) => {
		const tested = evaluateWithCredentials(String(wix.test.request.baseURL), {
			...data,
			apiKey: 'k',
		});
		expect(tested).toBe(base);
	});
});

test('secrets are password fields, and the guest is refused by the connection test', () => {
	const secret = (properties: typeof wix.properties, name: string) =>
		properties.find((property) => property.name === name)?.typeOptions?.password;
	expect(secret(wix.properties, 'apiKey')).toBe(true);
	expect(secret(hub.properties, 'token')).toBe(true);
	expect(hub.test.rules).toMatchObject([
		{ type: 'responseSuccessBody', properties: { key: 'guest', value: true } },
	]);
});

test('the key is sent raw, the token as Bearer; other headers stay', async () => {
	expect(await headersOf(wix, { apiKey: 'IST.abc', siteId: 's1' })).toEqual({
		Accept: 'a',
		Authorization: 'IST.abc',
		'wix-site-id': 's1',
	});
	expect(await headersOf(hub, { token: 'perm:abc' })).toEqual({
		Accept: 'a',
		Authorization: 'Bearer perm:abc',
	});
});

describe('no credential signs a request that would carry its secret in plain text', () => {
	const request = { url: '/users', headers: {} };
	test.each(Object.entries(credentialTypes))('%s', async (_name, credential) => {
		const sign = async (options: IHttpRequestOptions & { uri?: string }) =>
			await signed(credential, { apiKey: 'secret', token: 'secret', apiToken: 'secret' }, options);
		for (const refused of [
			{ ...request, baseURL: 'http://example.com' },
			{ ...request, url: 'http://example.com/users' },
			{ ...request, url: 'http://example.com/users', baseURL: 'https://example.com' },
			{ headers: {}, uri: 'http://example.com/users' } as never,
			{ ...request, baseURL: 'not an address' },
		]) {
			await expect(sign(refused)).rejects.toThrow(/^The address in this credential (must|is no)/);
		}
		for (const taken of [
			{ ...request, baseURL: 'https://example.com' },
			{ ...request, baseURL: 'http://127.0.0.1:4010' },
			{ headers: {}, uri: 'https://example.com/users' } as never,
		]) {
			expect(JSON.stringify((await sign(taken)).headers)).toContain('secret');
		}
	});
});
