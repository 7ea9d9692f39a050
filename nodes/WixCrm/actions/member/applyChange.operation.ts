import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { applyItem } from '../../../shared/applyChange/applyItem';
import { memberStore } from '../../records/memberStore';
import { siteOf } from './parameters';

export const description: INodeProperties[] = [
	{
		displayName:
			'Connect the output “To Wix” of Match &amp; Map here, after the step that saves the announced links. One result comes out for each change.',
		name: 'applyChangeNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Change Login Email Too',
				name: 'changeLoginEmail',
				type: 'boolean',
				default: false,
				description:
					'Whether to send a changed login email to an endpoint that Wix does not document for API keys (experimental), instead of leaving it for review. Changes refused before are sent when the address changes again, or once the cell "pending" of their row is emptied.',
			},
		],
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const store = memberStore(api, {
		site: await siteOf(this),
		changesLogin: options.changeLoginEmail === true,
	});
	return await applyItem(this, api, store, itemIndex);
}
