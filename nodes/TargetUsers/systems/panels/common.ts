import type { INodeProperties } from 'n8n-workflow';

/** For a directory in which really nobody has an address. */
export const acceptHidden: INodeProperties = {
	displayName: 'Accept Hidden Addresses',
	name: 'acceptHidden',
	type: 'boolean',
	default: false,
	description:
		'Whether to go on when no user but the account itself shows an address, instead of taking that for a missing permission',
};

/** An address, its example as n8n shows it everywhere. */
export const address = (
	displayName: string,
	name: string,
	description: string,
): INodeProperties => ({
	...text(displayName, name, description),
	placeholder: 'name@email.com',
});

export const text = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	description,
});
