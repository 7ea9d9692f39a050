import { contacts, contactsV5, extendedFields, labels } from '@wix/crm';
import { authentication, members } from '@wix/members';
import { ApiKeyStrategy, createClient } from '@wix/sdk';

/** Wix's own client; only the host of each call is turned to the sandbox. */
export function wixClient(baseUrl: string, apiKey = 'key') {
	const { host } = new URL(baseUrl);
	const toSandbox: typeof fetch = (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		expect(url.origin).toBe('https://www.wixapis.com');
		url.protocol = 'http:';
		url.host = host;
		return fetch(url, init);
	};
	return createClient({
		auth: ApiKeyStrategy({ apiKey, siteId: 'site' }),
		modules: { authentication, contacts, contactsV5, extendedFields, labels, members },
		fetch: toSandbox,
	});
}

export type WixClient = ReturnType<typeof wixClient>;

/** How an error of the client carries Wix's code. */
export const coded = (code: string | number, data: object = {}) => ({
	details: { applicationError: { code, ...(Object.keys(data).length > 0 ? { data } : {}) } },
});
