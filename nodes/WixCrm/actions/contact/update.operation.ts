import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { rewriteWhileSame } from '../../../shared/rewriteWhileSame';
import { contactStore } from '../../records/contactStore';
import { allowDuplicatesField, contactFields, contactLocator } from './fields';
import { notFound } from './notFound';
import { contactIdOf, pathsFrom } from './parameters';

export const description: INodeProperties[] = [
	contactLocator,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [allowDuplicatesField, ...contactFields],
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = contactIdOf(this, itemIndex);
	const fields = this.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const set = pathsFrom(this, fields, itemIndex);
	if (Object.keys(set).length === 0) {
		throw new NodeOperationError(this.getNode(), 'There is nothing to update', {
			itemIndex,
			description: "Fill in at least one field under 'Update Fields'.",
		});
	}
	const store = contactStore(api);
	const done = await rewriteWhileSame(store, id, set, {
		allowDuplicates: fields.allowDuplicates === true,
	});
	switch (done.outcome) {
		case 'written':
			return [{ json: done.record }];
		case 'gone':
			throw notFound(this, id, itemIndex);
		case 'edited':
			throw new NodeOperationError(this.getNode(), `Contact ${id} was edited at the same time`, {
				itemIndex,
				description: `Nothing was written over the new ${done.path}. Look at the contact and run again.`,
			});
		case 'failed':
			throw api.toError(done.failure, itemIndex, `Contact ${id}`);
	}
}
