import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { changeLabels } from './changeLabels';

export { labelParameters as description } from './changeLabels';

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	return await changeLabels(this, api, 'POST', itemIndex);
}
