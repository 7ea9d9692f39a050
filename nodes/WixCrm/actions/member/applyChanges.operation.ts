import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { RecordStore } from '../../../shared/apply/RecordStore';
import { applyNotice, applyOptions } from '../../../shared/parameters/applyChanges';
import { memberStore } from '../../records/memberStore';
import { siteOf } from './parameters';

export const description: INodeProperties[] = [
	applyNotice,
	applyOptions([
		{
			displayName: 'Change Login Email Too',
			name: 'changeLoginEmail',
			type: 'boolean',
			default: false,
			description:
				'Whether to send a changed login email to an endpoint that Wix does not document for API keys (experimental), instead of leaving it for review. Changes refused before are sent when the address changes again, or once the cell "pending" of their row is emptied.',
		},
	]),
];

export async function storeOf(this: IExecuteFunctions, api: Api): Promise<RecordStore> {
	return memberStore(api, {
		site: await siteOf(this),
		changesLogin: this.getNodeParameter('options.changeLoginEmail', 0, false) === true,
	});
}
