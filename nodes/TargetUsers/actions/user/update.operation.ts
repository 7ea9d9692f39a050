import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { UserSystem } from '../../systems/UserSystem';
import { updateFields, userLocator } from './fields';
import { checkAddress, checkLogin, pathsFrom, requiredUserId } from './parameters';
import { updateUser } from './writes';

export const description: INodeProperties[] = [userLocator, ...updateFields];

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
	checkAddress(this, String(set[system.fields.email] ?? ''), itemIndex);
	checkLogin(this, set[system.fields.login], itemIndex);
	return [await updateUser(this, system, api, id, set, itemIndex)];
}
