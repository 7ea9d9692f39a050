import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { rewriteWhileSame } from '../../../shared/apply/rewriteWhileSame';
import { memberStore } from '../../records/memberStore';
import { loginEmailField, memberLocator } from './fields';
import { addressOf, memberIdOf } from './parameters';
import { rewrittenItem } from './rewritten';

export const description: INodeProperties[] = [
	{
		displayName:
			'Experimental: Wix does not document this endpoint for API keys, so your key may not be permitted to use it',
		name: 'experimentalNotice',
		type: 'notice',
		default: '',
	},
	memberLocator,
	{ ...loginEmailField, displayName: 'New Login Email', name: 'newLoginEmail' },
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = memberIdOf(this, itemIndex);
	const loginEmail = addressOf(this, 'newLoginEmail', 'New Login Email', itemIndex);
	const store = memberStore(api, { changesLogin: true });
	const done = await rewriteWhileSame(store, id, { loginEmail }, {});
	return rewrittenItem(this, api, id, done, itemIndex);
}
