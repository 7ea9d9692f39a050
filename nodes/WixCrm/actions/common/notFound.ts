import { NodeApiError } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';

/** That the record is not there, as Wix itself said. `noun`: the kind of record, "contact". */
export function notFound(api: Api, noun: string, id: string, itemIndex: number): NodeApiError {
	const requestId = api.lastRequestId;
	return new NodeApiError(
		api.caller.getNode(),
		{ message: 'not found' },
		{
			message: `Wix has no ${noun} ${id}`,
			description: `It was deleted, or it belongs to another site. Check the ID, and the site ID in the credential.${requestId ? ` (HTTP 404, request id ${requestId})` : ''}`,
			httpCode: '404',
			itemIndex,
		},
	);
}
