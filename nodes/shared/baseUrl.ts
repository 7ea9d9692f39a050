import { NodeOperationError, type INode } from 'n8n-workflow';

import { parsedUrl } from './parsedUrl';

/** Names of this very machine, as URL parsing leaves them. Not those below localhost: many systems ask DNS for them. */
const isLoopback = (host: string) =>
	host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** What whoever wants plain http has to know. */
export const httpsOnly = 'Plain http is taken for servers on the same machine only.';

/** Why no secret may be sent to this address, as the end of a sentence; undefined where it may. */
export function faultOfUrl(text: string): string | undefined {
	const url = parsedUrl(text);
	if (url === undefined) return 'is no address';
	if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
	const isSecure =
		url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
	if (!isSecure) return 'must begin with https://';
	// The parser takes the path for the host where there is none: `https:///hub` would be a host named hub.
	return /^\s*\w+:\/\/[^/\\]/.test(text) ? undefined : 'is no address';
}

/**
 * The address of a service, as a credential gives it. A secret is sent with each call, so it has to be encrypted, unless it
 * does not leave the machine.
 * @param serviceName as people know it
 * @throws NodeOperationError for anything else than https (or http to this machine), and for what is no address
 */
export function checkedBaseUrl(node: INode, serviceName: string, text: string): string {
	const fault = faultOfUrl(text);
	if (fault === undefined) return text;
	throw new NodeOperationError(node, `The address in the credential for ${serviceName} ${fault}`, {
		description: `Correct it in the credential, for example https://example.com. ${httpsOnly}`,
	});
}
