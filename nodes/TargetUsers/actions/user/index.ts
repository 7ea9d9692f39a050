import {
	updateDisplayOptions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { panels } from '../../systems';
import * as activate from './activate.operation';
import * as applyChanges from './applyChanges.operation';
import * as create from './create.operation';
import * as deactivate from './deactivate.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as merge from './merge.operation';
import * as update from './update.operation';
import * as upsert from './upsert.operation';

/** By the value of the parameter 'Operation'; each carries out one item. */
export const itemOperations = {
	activate,
	create,
	upsert,
	deactivate,
	delete: remove,
	get,
	getAll,
	merge,
	update,
};

const ofAllSystems: INodePropertyOptions[] = [
	{
		name: 'Apply Changes',
		value: 'applyChanges',
		action: 'Apply planned changes',
		description: 'Carry out what saved links announce for the users',
	},
	{ name: 'Create', value: 'create', action: 'Create a user' },
	{
		name: 'Create or Update',
		value: 'upsert',
		action: 'Create or update a user',
		description: 'Create a new record, or update the current one if it already exists (upsert)',
	},
	{
		name: 'Deactivate',
		value: 'deactivate',
		action: 'Deactivate a user',
		description: 'Keep a user from signing in; the account and its work stay',
	},
	{
		name: 'Delete',
		value: 'delete',
		action: 'Delete a user',
		description: 'Delete a user for good',
	},
	{ name: 'Get', value: 'get', action: 'Get a user' },
	{ name: 'Get Many', value: 'getAll', action: 'Get many users' },
	{ name: 'Update', value: 'update', action: 'Update a user' },
];

const byName = (left: INodePropertyOptions, right: INodePropertyOptions) =>
	left.name.localeCompare(right.name);

/** The operations of one system: those of all, and its own. */
const operationsOf = panels.map(({ option, operations: own }): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['user'], system: [option.value] } },
	options: [...ofAllSystems, ...own].sort(byName),
	default: 'getAll',
}));

export const userDescription: INodeProperties[] = [
	...operationsOf,
	...Object.entries({ ...itemOperations, applyChanges }).flatMap(([operation, { description }]) =>
		updateDisplayOptions({ show: { resource: ['user'], operation: [operation] } }, description),
	),
];
