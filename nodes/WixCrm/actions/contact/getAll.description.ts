import type { INodeProperties } from 'n8n-workflow';

import { outputField } from './fields';

export const getAllDescription: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	outputField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description: 'Only contacts made at or after this time',
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				placeholder: 'name@email.com',
				default: '',
				description: 'Only contacts that hold this address, as the primary one or as another',
			},
			{
				displayName: 'First Name Starts With',
				name: 'firstName',
				type: 'string',
				default: '',
			},
			{
				displayName: 'Label',
				name: 'label',
				type: 'string',
				default: '',
				placeholder: 'e.g. custom.newsletter',
				description: 'Only contacts that bear the label with this key',
			},
			{
				displayName: 'Last Name Starts With',
				name: 'lastName',
				type: 'string',
				default: '',
			},
			{
				displayName: 'Updated After',
				name: 'updatedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only contacts changed at or after this time',
			},
		],
	},
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'collection',
		placeholder: 'Add Sort',
		default: {},
		description: 'Oldest first when nothing is chosen',
		options: [
			{
				displayName: 'Direction',
				name: 'order',
				type: 'options',
				options: [
					{ name: 'Ascending', value: 'ASC' },
					{ name: 'Descending', value: 'DESC' },
				],
				default: 'ASC',
			},
			{
				displayName: 'Field',
				name: 'fieldName',
				type: 'options',
				options: [
					{ name: 'Company', value: 'info.company' },
					{ name: 'Created', value: 'createdDate' },
					{ name: 'Email', value: 'primaryInfo.email' },
					{ name: 'First Name', value: 'info.name.first' },
					{ name: 'Last Activity', value: 'lastActivity.activityDate' },
					{ name: 'Last Name', value: 'info.name.last' },
				],
				default: 'createdDate',
			},
		],
	},
];
