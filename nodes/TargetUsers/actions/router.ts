import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import { forEachItem } from '../../shared/itemErrors';
import { systemNamed } from '../systems';
import type { UserSystem } from '../systems/UserSystem';
import * as user from './user';

type Execute = (
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

const operations: Readonly<Record<string, Execute>> = {
	applyChange: user.applyChange.execute,
	create: user.create.execute,
	delete: user.remove.execute,
	get: user.get.execute,
	getAll: user.getAll.execute,
	update: user.update.execute,
};

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const execute = operations[this.getNodeParameter('operation', 0) as string];
	// Awaited for each item: what fails before the first one is an error of every item, or n8n would hand the items on as done
	const setUp = prepare(this);
	await setUp.catch(() => undefined);
	return await forEachItem(this, async (itemIndex) => {
		const { system, api } = await setUp;
		return await execute.call(this, system, api, itemIndex);
	});
}

async function prepare(context: IExecuteFunctions) {
	const system = systemNamed(context.getNodeParameter('system', 0));
	return { system, api: await system.connect(context) };
}
