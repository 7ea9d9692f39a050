import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { credentialPlace } from '../shared/parameters/credentialPlace';
import { credentialOf, panels } from './systems';

const system: INodeProperties = {
	displayName: 'System',
	name: 'system',
	type: 'options',
	noDataExpression: true,
	options: panels.map(({ option }) => option),
	default: 'youTrack',
	description: 'Where the users live',
};

/** Which system the users live in, and its credential: the first parameters of the node and of its trigger. */
export const systemFields: INodeProperties[] = [system, credentialPlace];

/**
 * The credential of each system, shown only for it. n8n's editor hides a parameter by whose plain name credentials are chosen,
 * and offers it in the dialog of a new credential alone; it stays in the panel where it is named by its path.
 */
export const systemCredentials: INodeCredentialDescription[] = credentialOf.map(
	({ system, credential }) => ({
		name: credential,
		required: true,
		displayOptions: { show: { '/system': [system] } },
	}),
);
