import { WixCrmApi } from '../../credentials/WixCrmApi.credentials';
import { YouTrackHubApi } from '../../credentials/YouTrackHubApi.credentials';
import { hubBase } from '../../nodes/TargetUsers/systems/youTrack';
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
	];
	test.each(cases)('%s', (url, base) => {
		expect(hubBase(url)).toBe(base);
		const tested = evaluateWithCredentials(String(hub.test.request.baseURL), { url, token: 't' });
		expect(tested).toBe(base);
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

test('the key is sent raw, the token as Bearer', () => {
	const headersOf = (credential: typeof wix | typeof hub, data: Record<string, string>) =>
		Object.fromEntries(
			Object.entries(credential.authenticate.properties.headers ?? {}).map(([name, value]) => [
				name,
				evaluateWithCredentials(String(value), data),
			]),
		);
	expect(headersOf(wix, { apiKey: 'IST.abc', siteId: 's1' })).toEqual({
		Authorization: 'IST.abc',
		'wix-site-id': 's1',
	});
	expect(headersOf(hub, { token: 'perm:abc' })).toEqual({ Authorization: 'Bearer perm:abc' });
});
