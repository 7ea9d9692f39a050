import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { labelLocator } from '../common/locators';
import { displayNameOf, labelItem, nameField, onLabel } from './parameters';

export const description: INodeProperties[] = [
	labelLocator,
	{
		...nameField,
		description: 'The new name; at most 180 characters. The key of the label stays.',
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const displayName = displayNameOf(this, itemIndex);
	const renamed = await onLabel(this, api, itemIndex, 'PATCH', (key) => ({
		label: { key, displayName },
	}));
	return labelItem(api, renamed, itemIndex);
}
