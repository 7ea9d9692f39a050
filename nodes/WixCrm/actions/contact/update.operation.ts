import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { editContact } from '../../records/contactEdit';
import {
	allowDuplicatesField,
	clearFieldsField,
	contactFields,
	contactLocator,
	inLabelOrder,
} from './fields';
import { writtenItem } from './outcome';
import { clearedPaths, contactIdOf, pathsFrom } from './parameters';

export const description: INodeProperties[] = [
	contactLocator,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: inLabelOrder([allowDuplicatesField, clearFieldsField, ...contactFields]),
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = contactIdOf(this, itemIndex);
	const fields = this.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const given = await pathsFrom(this, api, fields, itemIndex);
	const set = { ...clearedPaths(this, fields, given, itemIndex), ...given };
	if (Object.keys(set).length === 0) {
		throw new NodeOperationError(this.getNode(), 'There is nothing to update', {
			itemIndex,
			description: "Fill in at least one field under 'Update Fields'.",
		});
	}
	const done = await editContact(api, id, set, fields.allowDuplicates === true);
	return writtenItem(this, api, id, done, itemIndex);
}
