import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { leavesOpen } from '../../../shared/failures';
import type { UserSystem } from '../../systems/UserSystem';
import { checkAddress } from './parameters';

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
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Login',
				name: 'login',
				type: 'string',
				default: '',
				description: 'The address when left empty. No spaces.',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'The full name. The login when left empty.',
			},
		],
	},
];

const textOf = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const email = textOf(this.getNodeParameter('email', itemIndex));
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const login = textOf(fields.login);
	checkAddress(this, email, itemIndex);
	if (email === '' && login === '') {
		throw new NodeOperationError(this.getNode(), "The parameter 'Email' is empty", {
			itemIndex,
			description: 'Give the address of the new user, or a login.',
		});
	}
	if (/\s/.test(login)) {
		throw new NodeOperationError(this.getNode(), "The parameter 'Login' has spaces in it", {
			itemIndex,
			description: 'Take them out, or leave the login empty to use the address.',
		});
	}
	const made = await system.create(api, { email, login, name: textOf(fields.name) });
	if (!made.ok) {
		const error = api.toError(made.failure, itemIndex, 'New user');
		if (leavesOpen(made.failure)) {
			error.description = 'The user may have been created all the same: look before running again.';
		}
		throw error;
	}
	return [{ json: system.project(made.value, 'full') }];
}
