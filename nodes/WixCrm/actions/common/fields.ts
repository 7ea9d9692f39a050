import type { INodeProperties } from 'n8n-workflow';

/** Ascending or descending, inside a collection 'Sort'. */
export const sortOrderField: INodeProperties = {
	displayName: 'Direction',
	name: 'order',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'ASC' },
		{ name: 'Descending', value: 'DESC' },
	],
	default: 'ASC',
};
