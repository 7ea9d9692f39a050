import type { INodeProperties } from 'n8n-workflow';

/** Where a panel has the credential: below the parameter that decides on it. n8n would put it on top. */
export const credentialPlace: INodeProperties = {
	displayName: 'Credential',
	name: 'credentials',
	type: 'credentials',
	default: '',
};
