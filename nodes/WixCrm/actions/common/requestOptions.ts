import type { INodeProperties } from 'n8n-workflow';

import { defaultPace } from '../../transport';

/** How the node treats Wix's servers, whatever it does there. */
export const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'requestOptions',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: defaultPace,
			description:
				'How many requests this node may send in a minute, evenly spread over it. 0 for as many as Wix answers.',
		},
	],
};
