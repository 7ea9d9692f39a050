import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { UserSystem } from '../../systems/UserSystem';
import { createFields } from './fields';
import { checkAddress, checkLogin, pathsFrom, project } from './parameters';
import { createUser, notCreated } from './writes';

export const description: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		required: true,
		description: 'The address of the user. It is not marked as verified.',
	},
	...createFields,
];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const email = this.getNodeParameter('email', itemIndex, '') as string;
	const set = pathsFrom(system, { ...fields, email });
	const address = set[system.fields.email];
	const login = set[system.fields.login];
	checkAddress(this, String(address ?? ''), itemIndex);
	checkLogin(this, login, itemIndex);
	if (address === undefined && login === undefined) {
		throw new NodeOperationError(this.getNode(), "The parameter 'Email' is empty", {
			itemIndex,
			description: 'Give the address of the new user, or a login.',
		});
	}
	const made = await createUser(system, api, set, fields);
	if (!made.ok) throw notCreated(api, made.failure, itemIndex);
	return [{ json: project(system, made.value, 'full') }];
}
