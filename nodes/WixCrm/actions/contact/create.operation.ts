import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { leavesOpen } from '../../../shared/failures';
import { createContact } from '../../records/contactStore';
import { allowDuplicatesField, contactFields } from './fields';
import { pathsFrom } from './parameters';

export const description: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'At least a name, an email or a phone number is needed',
		options: [allowDuplicatesField, ...contactFields],
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const set = pathsFrom(this, fields, itemIndex);
	if (Object.keys(set).length === 0) {
		throw new NodeOperationError(this.getNode(), 'The new contact has no field at all', {
			itemIndex,
			description: "Fill in a name, an email or a phone number under 'Additional Fields'.",
		});
	}
	const made = await createContact(api, set, fields.allowDuplicates === true);
	if (!made.ok) {
		const error = api.toError(made.failure, itemIndex, 'New contact');
		if (leavesOpen(made.failure)) {
			error.description =
				'It may have been created all the same: look for it in Wix before running again.';
		} else if (made.failure.otherId !== undefined) {
			error.message = `${error.message}: contact ${made.failure.otherId} holds the address or number already`;
			error.description = "Update that contact instead, or switch on 'Allow Duplicates'.";
		}
		throw error;
	}
	return [{ json: made.value ?? {} }];
}
