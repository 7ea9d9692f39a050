import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { Api, type ApiSettings } from '../../shared/Api';
import type { Call, Caller } from '../../shared/apiTypes';
import type { JsonValue } from '../../shared/contract';
import { Pacer } from '../../shared/pacer';
import { wixService } from './wixService';

export { pagingLimits, readAll as apiRequestAllItems } from '../../shared/listing';
export type { CursorListing, Listed, Listing, OffsetListing } from '../../shared/listing';
export { wixPage } from './wixPage';

const defaultBaseUrl = 'https://www.wixapis.com';

/** Requests per minute when nobody chose otherwise: a little below the 200 that Wix once named as its limit. */
export const defaultPace = 180;

async function baseUrlOf(caller: Caller): Promise<string> {
	const { advanced, baseUrl } = await caller.getCredentials<{
		advanced?: boolean;
		baseUrl?: string;
	}>(wixService.credential);
	const own = advanced === true && typeof baseUrl === 'string' ? baseUrl.trim() : '';
	return (own === '' ? defaultBaseUrl : own).replace(/\/+$/, '');
}

/** For the pickers in the editor: not paced. */
export async function wixApi(caller: Caller, settings: ApiSettings = {}): Promise<Api> {
	return new Api(caller, wixService, await baseUrlOf(caller), settings);
}

function paceOf(context: IExecuteFunctions): number {
	const options = context.getNodeParameter('requestOptions', 0, {}) as IDataObject;
	const pace = Number(options.requestsPerMinute ?? defaultPace);
	if (pace >= 0 && Number.isFinite(pace)) return pace;
	throw new NodeOperationError(
		context.getNode(),
		"The parameter 'Requests per Minute' is no number of requests",
		{ itemIndex: 0, description: 'Give a number such as 180, or 0 not to be held back.' },
	);
}

/** One for a whole run of the node, so that all of its items share one pace. */
export async function wixApiForRun(context: IExecuteFunctions): Promise<Api> {
	const pace = paceOf(context);
	return await wixApi(context, pace === 0 ? {} : { pacer: new Pacer(pace) });
}

/** One call; throws a NodeApiError that names `subject` (a record, by kind and id). */
export async function apiRequest(
	api: Api,
	call: Call,
	itemIndex: number,
	subject?: string,
): Promise<JsonValue | undefined> {
	return await api.request(call, itemIndex, subject);
}
