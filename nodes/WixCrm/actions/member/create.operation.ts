import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { createOnce } from '../../records/memberCreate';
import { memberError } from '../../records/memberFailures';
import { loginEmailField, memberFields, privacyField } from './fields';
import { addressOf, pathsFrom, siteOf } from './parameters';

export const description: INodeProperties[] = [
	loginEmailField,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [...memberFields.slice(0, -1), privacyField, ...memberFields.slice(-1)],
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const loginEmail = addressOf(this, 'loginEmail', 'Login Email', itemIndex);
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const set = { loginEmail, ...(await pathsFrom(api, fields, itemIndex)) };
	const privacyStatus = typeof fields.privacyStatus === 'string' ? fields.privacyStatus : undefined;
	const made = await createOnce(api, await siteOf(this), set, privacyStatus);
	if (made.outcome === 'created') return [{ json: made.member }];
	const error = memberError(api, made.failure, itemIndex, 'New member');
	const { otherId } = made.failure;
	if (otherId !== undefined) {
		error.message = `${error.message}: member ${otherId}`;
	} else if (made.isOpen) {
		error.description =
			'It may have been created all the same: look for it in Wix before running again.';
	}
	throw error;
}
