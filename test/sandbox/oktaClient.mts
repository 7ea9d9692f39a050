import { Client, DefaultRequestExecutor } from '@okta/okta-sdk-nodejs';

export type OktaClient = InstanceType<typeof Client>;

/** Okta's own client at the sandbox, without its cache, so that each read asks the server. */
export const oktaClient = (orgUrl: string, more: ConstructorParameters<typeof Client>[0] = {}) =>
	new Client({ orgUrl, token: 'token', cacheMiddleware: null, ...more });

/** The same as an app that proves itself by its private key; it fetches its access tokens itself. */
export const oktaApp = (orgUrl: string, clientId: string, privateKey: string, scopes: string[]) =>
	oktaClient(orgUrl, { authorizationMode: 'PrivateKey', clientId, privateKey, scopes });

/** What the client waits by when the server answers 429: `waited` is told the milliseconds before each wait. */
export function waitingExecutor(waited: (milliseconds: number) => void): DefaultRequestExecutor {
	const executor = new DefaultRequestExecutor();
	executor.on('backoff', (_request, _response, _id, milliseconds) => waited(milliseconds));
	return executor;
}

/** All items of a collection, by its own iterator. */
export async function collect<T>(collection: {
	[Symbol.asyncIterator]: () => AsyncIterator<T | null>;
}): Promise<T[]> {
	const items: T[] = [];
	for await (const item of collection) if (item) items.push(item);
	return items;
}
