import type { INodeProperties } from 'n8n-workflow';

import { shownByOperation, type Operations } from '../operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export const operations: Operations = { create, delete: remove, get, getAll, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['label'] } },
		options: [
			{
				name: 'Create or Get',
				value: 'create',
				action: 'Create or get a label',
				description: 'Get the label with this name, or create it if there is none',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a label',
				description: 'Delete a label for good, and take it off all contacts',
			},
			{ name: 'Get', value: 'get', action: 'Get a label' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many labels' },
			{ name: 'Update', value: 'update', action: 'Update a label', description: 'Rename a label' },
		],
		default: 'getAll',
	},
	...shownByOperation('label', operations),
];
