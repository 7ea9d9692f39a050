import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import { forEachItem } from '../../shared/itemErrors';
import { wixApi } from '../transport';
import * as contact from './contact';

type Execute = (
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

const operations: Readonly<Record<string, Execute>> = {
	applyChange: contact.applyChange.execute,
	create: contact.create.execute,
	delete: contact.remove.execute,
	get: contact.get.execute,
	getAll: contact.getAll.execute,
	update: contact.update.execute,
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const execute = operations[this.getNodeParameter('operation', 0) as string];
	const api = await wixApi(this);
	return await forEachItem(this, async (itemIndex) => await execute.call(this, api, itemIndex));
}
