import type { INodeProperties } from 'n8n-workflow';

import { shownByOperation, type Operations } from '../operation';
import * as addLabels from './addLabels.operation';
import * as applyChanges from './applyChanges.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as merge from './merge.operation';
import * as removeLabels from './removeLabels.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

export const operations: Operations = {
	addLabels,
	applyChanges,
	create,
	delete: remove,
	get,
	getAll,
	merge,
	removeLabels,
	update,
	upsert,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['contact'] } },
		options: [
			{
				name: 'Add Labels',
				value: 'addLabels',
				action: 'Add labels to a contact',
				description: 'Put labels on a contact; those that it has stay',
			},
			{
				name: 'Apply Changes',
				value: 'applyChanges',
				action: 'Apply planned changes',
				description: 'Carry out what saved links announce for Wix',
			},
			{ name: 'Create', value: 'create', action: 'Create a contact' },
			{
				name: 'Create or Update',
				value: 'upsert',
				action: 'Create or update a contact',
				description: 'Create a new record, or update the current one if it already exists (upsert)',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a contact',
				description: 'Delete a contact for good',
			},
			{ name: 'Get', value: 'get', action: 'Get a contact' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many contacts' },
			{
				name: 'Merge',
				value: 'merge',
				action: 'Merge contacts',
				description: 'Merge up to five contacts into one, for good',
			},
			{
				name: 'Remove Labels',
				value: 'removeLabels',
				action: 'Remove labels from a contact',
				description: 'Take labels off a contact; its other ones stay',
			},
			{ name: 'Update', value: 'update', action: 'Update a contact' },
		],
		default: 'getAll',
	},
	...shownByOperation('contact', operations),
];
