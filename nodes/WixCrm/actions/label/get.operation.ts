import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { labelLocator } from '../common/locators';
import { labelItem, onLabel } from './parameters';

export const description: INodeProperties[] = [labelLocator];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const found = await onLabel(this, api, itemIndex, 'GET');
	return labelItem(api, found, itemIndex);
}
