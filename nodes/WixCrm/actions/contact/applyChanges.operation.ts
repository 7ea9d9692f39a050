import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { RecordStore } from '../../../shared/apply/RecordStore';
import { applyNotice, applyOptions } from '../../../shared/parameters/applyChanges';
import { bulkContacts } from '../../records/bulkContacts';
import { contactStore } from '../../records/contactStore';

export const description: INodeProperties[] = [
	applyNotice,
	{
		displayName: 'Write',
		name: 'write',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'In Bulk Where Possible',
				value: 'bulk',
				description:
					'Up to 100 contacts a call (Contacts v5). Changes that v5 cannot make in the same way, and those that have to wait for another one, are written one by one.',
			},
			{
				name: 'One by One',
				value: 'oneByOne',
				description: 'A look and a write for each contact (Contacts v4)',
			},
		],
		default: 'bulk',
		description: 'How contacts are written. The result is the same.',
	},
	applyOptions(),
];

export async function storeOf(this: IExecuteFunctions, api: Api): Promise<RecordStore> {
	const single = contactStore(api);
	const isBulk = this.getNodeParameter('write', 0, 'bulk') === 'bulk';
	return await Promise.resolve(isBulk ? { ...single, bulk: bulkContacts(api) } : single);
}
