import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { rewriteWhileSame } from '../../../shared/apply/rewriteWhileSame';
import { memberStore } from '../../records/memberStore';
import { memberFields, memberLocator } from './fields';
import { memberIdOf, pathsFrom } from './parameters';
import { rewrittenItem } from './rewritten';

export const description: INodeProperties[] = [
	memberLocator,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: memberFields,
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = memberIdOf(this, itemIndex);
	const fields = this.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const set = await pathsFrom(api, fields, itemIndex);
	if (Object.keys(set).length === 0) {
		throw new NodeOperationError(this.getNode(), 'There is nothing to update', {
			itemIndex,
			description: "Fill in at least one field under 'Update Fields'.",
		});
	}
	const done = await rewriteWhileSame(memberStore(api), id, set, {});
	return rewrittenItem(this, api, id, done, itemIndex);
}
