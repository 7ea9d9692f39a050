import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import * as applyChange from './applyChange.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as update from './update.operation';

export { create, remove, get, getAll, update, applyChange };

const shownFor = (operation: string, properties: INodeProperties[]) =>
	updateDisplayOptions({ show: { resource: ['user'], operation: [operation] } }, properties);

export const userDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				name: 'Apply Change',
				value: 'applyChange',
				action: 'Apply a planned change',
				description: 'Carry out what Match & Map planned for the users, one change per item',
			},
			{ name: 'Create', value: 'create', action: 'Create a user' },
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a user',
				description: 'Delete a user for good; another user takes over what it owned',
			},
			{ name: 'Get', value: 'get', action: 'Get a user' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many users' },
			{ name: 'Update', value: 'update', action: 'Update a user' },
		],
		default: 'getAll',
	},
	...shownFor('applyChange', applyChange.description),
	...shownFor('create', create.description),
	...shownFor('delete', remove.description),
	...shownFor('get', get.description),
	...shownFor('getAll', getAll.description),
	...shownFor('update', update.description),
];
