import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { checkedId } from '../../../shared/checkedId';
import { mergeContacts } from '../../records/mergeContacts';
import { notFound } from '../common/notFound';
import { contactLocator } from './fields';
import { contactIdOf } from './parameters';
import { textsOf } from '../../../shared/texts';

/** Wix merges at most so many contacts in one call. */
const mostSources = 5;

export const description: INodeProperties[] = [
	{ ...contactLocator, description: 'The contact that stays. Nothing in it is overwritten.' },
	{
		displayName: 'Contacts to Merge Into It',
		name: 'sourceContactIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 4f0c7a52-9d1e-4b7a-8a53-1c2d3e4f5a61',
		description:
			'IDs of one to five contacts, separated by commas. They are deleted, which cannot be undone. A site member can only be the contact that stays.',
	},
];

function faultOf(targetId: string, sourceIds: readonly string[]): string | undefined {
	if (sourceIds.length === 0) return 'is empty';
	if (sourceIds.length > mostSources) return `names ${sourceIds.length} contacts`;
	if (sourceIds.includes(targetId)) return 'names the contact that stays';
	return undefined;
}

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = contactIdOf(this, itemIndex);
	const sourceIds = [...new Set(textsOf(this.getNodeParameter('sourceContactIds', itemIndex, '')))];
	for (const sourceId of sourceIds)
		checkedId(this.getNode(), 'Contacts to Merge Into It', sourceId, itemIndex);
	const fault = faultOf(id, sourceIds);
	if (fault !== undefined) {
		throw new NodeOperationError(
			this.getNode(),
			`The parameter 'Contacts to Merge Into It' ${fault}`,
			{ itemIndex, description: 'Give the IDs of one to five other contacts.' },
		);
	}
	const done = await mergeContacts(api, id, sourceIds);
	if (done.outcome === 'gone') throw notFound(api, 'contact', done.id, itemIndex);
	if (done.outcome === 'failed') throw api.toError(done.failure, itemIndex, `Contact ${id}`);
	return [{ json: done.record }];
}
