import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { applyItem } from '../../../shared/applyChange/applyItem';
import { contactStore } from '../../records/contactStore';

export const description: INodeProperties[] = [
	{
		displayName:
			'Connect the output “To Wix” of Match &amp; Map here, after the step that saves the announced links. One result comes out for each change.',
		name: 'applyChangeNotice',
		type: 'notice',
		default: '',
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	return await applyItem(this, api, contactStore(api), itemIndex);
}
