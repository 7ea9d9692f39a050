import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { credentialOf, panels } from './systems';

/** Which system the users live in: the first parameter of the node and of its trigger. */
export const systemField: INodeProperties = {
	displayName: 'System',
	name: 'system',
	type: 'options',
	noDataExpression: true,
	options: panels.map(({ option }) => option),
	default: 'youTrack',
	description: 'Where the users live',
};

/** The credential of each system, shown only for it. */
export const systemCredentials: INodeCredentialDescription[] = credentialOf.map(
	({ system, credential }) => ({
		name: credential,
		required: true,
		displayOptions: { show: { system: [system] } },
	}),
);
