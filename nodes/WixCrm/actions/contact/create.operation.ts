import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { emptyAnswer } from '../../../shared/failures';
import { createContact, holdersAfter, refusalOf } from '../../records/contactStore';
import { allowDuplicatesField, inLabelOrder, newContactFields } from './fields';
import { notCreated } from './outcome';
import { pathsFrom } from './parameters';
import { textsOf } from '../../../shared/texts';

export const description: INodeProperties[] = [
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'At least a name, an email or a phone number is needed',
		options: inLabelOrder([allowDuplicatesField, ...newContactFields]),
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const set = await pathsFrom(this, api, fields, itemIndex);
	if (Object.keys(set).length === 0) {
		throw new NodeOperationError(this.getNode(), 'The new contact has no field at all', {
			itemIndex,
			description: "Fill in a name, an email or a phone number under 'Additional Fields'.",
		});
	}
	const labelKeys = textsOf(fields.labelKeys);
	const made = await createContact(api, set, fields.allowDuplicates === true, labelKeys);
	if (!made.ok) {
		const email = set['primaryInfo.email'];
		const isTaken = refusalOf(made.failure).kind === 'taken' && typeof email === 'string';
		const holders = isTaken ? await holdersAfter(api, email) : [];
		throw notCreated(api, made.failure, itemIndex, holders);
	}
	if (made.value === undefined) throw notCreated(api, emptyAnswer, itemIndex);
	return [{ json: made.value }];
}
