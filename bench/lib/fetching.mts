import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';

export interface BenchNode {
	/** By name; those that are left out have their default. */
	parameters?: Record<string, unknown>;
	/** What the node's credential holds. */
	credential?: ICredentialDataDecryptedObject;
	/** The header that n8n would make of it. */
	authorization?: string;
}

/** Sends what n8n would send, to a sandbox server; retries and credentials are not what is counted. */
async function send(
	options: IHttpRequestOptions,
	authorization: string,
): Promise<IN8nHttpFullResponse> {
	const url = new URL(options.url);
	for (const [name, value] of Object.entries(options.qs ?? {}))
		url.searchParams.set(name, String(value));
	const response = await fetch(url, {
		...(options.method && { method: options.method }),
		headers: {
			...(options.headers as Record<string, string>),
			authorization,
			'wix-site-id': 'site',
			'content-type': 'application/json',
		},
		...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
	});
	return {
		statusCode: response.status,
		headers: Object.fromEntries(response.headers),
		body: await response.text(),
	};
}

/** As much of a node's context as the service nodes use, with `items` as the node's input. */
export function fetchingContext(
	items: readonly JsonObject[],
	{ parameters = {}, credential = {}, authorization = 'key-of-bench' }: BenchNode = {},
): IExecuteFunctions {
	const input: INodeExecutionData[] = items.map((json) => ({ json }));
	const context = {
		getInputData: () => input,
		getNode: () => ({ name: 'Bench' }),
		getNodeParameter: (name: string, _itemIndex: number, fallback?: unknown) =>
			parameters[name] ?? fallback,
		getCredentials: async () => credential,
		continueOnFail: () => false,
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
				await send(options, authorization),
		},
	};
	return context as unknown as IExecuteFunctions;
}
