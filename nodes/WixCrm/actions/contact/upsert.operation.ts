import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { createOrEdit } from '../../records/contactUpsert';
import { newContactFields } from './fields';
import { notCreated, writtenItem } from './outcome';
import { checkAddress, pathsFrom } from './parameters';
import { textsOf } from '../../../shared/texts';

export const description: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		required: true,
		description:
			'The contact that holds this address is updated. Without one, a contact with it is created.',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: newContactFields.filter(({ name }) => name !== 'email'),
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const email = String(this.getNodeParameter('email', itemIndex, '') ?? '').trim();
	checkAddress(this, email, 'Email', itemIndex);
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const set = await pathsFrom(this, api, { ...fields, email: '' }, itemIndex);
	const done = await createOrEdit(api, email, set, textsOf(fields.labelKeys));
	switch (done.outcome) {
		case 'several':
			throw new NodeOperationError(
				this.getNode(),
				`${done.ids.length} contacts hold this address: ${done.ids.join(', ')}`,
				{
					itemIndex,
					description: "Merge them first, or choose one of them with the operation 'Update'.",
				},
			);
		case 'notCreated':
			throw notCreated(api, done.failure, itemIndex);
		case 'failed':
			throw api.toError(done.failure, itemIndex);
		case 'created':
		case 'unchanged':
			return [{ json: { ...done.record, action: done.outcome } }];
		case 'edited': {
			const [item] = writtenItem(this, api, done.id, done.edited, itemIndex);
			return [{ json: { ...item.json, action: 'updated' } }];
		}
	}
}
