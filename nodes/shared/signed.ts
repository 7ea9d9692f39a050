import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { faultOfUrl, httpsOnly } from './baseUrl';

/** Secrets of a credential as the headers that carry them. */
type HeadersOf = (credentials: ICredentialDataDecryptedObject) => IDataObject;

/** Where a request goes; as n8n's HTTP Request node puts it, too. */
function addressOf(request: IHttpRequestOptions & { uri?: string }): string {
	const { baseURL = '', url, uri = url } = request;
	return /^[a-z][a-z\d+.-]*:/i.test(uri) ? uri : baseURL + uri;
}

/**
 * How a credential signs a request: the nodes' own calls, and n8n's connection test, which no node sees before it is sent.
 * A function, because expressions need n8n's evaluator for them, which two polls of one workflow at the same moment take away
 * from one another (n8n 2.41): the later one could not sign its calls any more.
 * @throws UserError where the secret would leave the machine in plain text
 */
export const signedWith =
	(headersOf: HeadersOf) =>
	async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const fault = faultOfUrl(addressOf(request));
		if (fault !== undefined) {
			throw new UserError(`The address in this credential ${fault}. ${httpsOnly}`);
		}
		return { ...request, headers: { ...request.headers, ...headersOf(credentials) } };
	};
