import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { JsonObject } from '../../../shared/contracts';
import { isBlank } from '../../../shared/normalize';
import { rewriteWhileSame } from '../../../shared/rewriteWhileSame';
import type { UserSystem } from '../../systems/UserSystem';
import { userLocator } from './fields';
import { checkAddress, notFound, requiredUserId } from './parameters';

export const description: INodeProperties[] = [
	userLocator,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Banned',
				name: 'banned',
				type: 'boolean',
				default: false,
				description: 'Whether the user is kept from signing in',
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				placeholder: 'name@email.com',
				default: '',
				description: 'The new address. It is not marked as verified.',
			},
			{ displayName: 'Login', name: 'login', type: 'string', default: '' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
		],
	},
];

function pathsFrom(system: UserSystem, fields: IDataObject): JsonObject {
	const set: JsonObject = {};
	for (const [field, path] of Object.entries(system.paths)) {
		const value = fields[field];
		if (typeof value === 'boolean') set[path] = value;
		if (typeof value === 'string' && !isBlank(value)) set[path] = value.trim();
	}
	return set;
}

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const fields = this.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const set = pathsFrom(system, fields);
	if (Object.keys(set).length === 0) {
		throw new NodeOperationError(this.getNode(), 'There is nothing to update', {
			itemIndex,
			description: "Fill in at least one field under 'Update Fields'.",
		});
	}
	checkAddress(this, String(set[system.paths.email] ?? ''), itemIndex);
	const done = await rewriteWhileSame(system.store(api, ''), id, set, {});
	switch (done.outcome) {
		case 'written':
			return [{ json: system.project(done.record, 'full') }];
		case 'gone':
			throw notFound(this, system, id, itemIndex);
		case 'edited':
			throw new NodeOperationError(this.getNode(), `User ${id} was edited at the same time`, {
				itemIndex,
				description: `Nothing was written over the new ${done.path}. Look at the user and run again.`,
			});
		case 'failed':
			throw api.toError(done.failure, itemIndex, `User ${id}`);
	}
}
