import type { INodeProperties } from 'n8n-workflow';

import { extendedFieldField } from '../common/dynamic';
import { sortOrderField } from '../common/fields';
import { outputFields } from './fields';
import { filterFields } from './filterFields';
import { returnAllFields } from '../../../shared/parameters/returnAll';

export const getAllDescription: INodeProperties[] = [
	...returnAllFields,
	...outputFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'All of them must hold',
		options: filterFields,
	},
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'collection',
		placeholder: 'Add Sort',
		default: {},
		description:
			'Oldest first when nothing is chosen. While contacts are being changed, only a list in the order of creation is sure to be complete.',
		options: [
			sortOrderField,
			{
				...extendedFieldField('getExtendedFields'),
				displayName: 'Extended Field Name or ID',
				name: 'extendedField',
				description:
					'Sort by this field of the site instead. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Field',
				name: 'fieldName',
				type: 'options',
				options: [
					{ name: 'Birthdate', value: 'info.birthdate' },
					{ name: 'Company', value: 'info.company' },
					{ name: 'Created', value: 'createdDate' },
					{ name: 'Email', value: 'primaryInfo.email' },
					{ name: 'First Name', value: 'info.name.first' },
					{ name: 'Job Title', value: 'info.jobTitle' },
					{ name: 'Last Activity', value: 'lastActivity.activityDate' },
					{ name: 'Last Name', value: 'info.name.last' },
					{ name: 'Phone', value: 'primaryPhone.formattedPhone' },
				],
				default: 'createdDate',
			},
		],
	},
];
