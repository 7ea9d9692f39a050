import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import { forEachItem, keepsInputData } from '../../shared/itemErrors';
import { systemNamed } from '../systems';
import type { UserSystem } from '../systems/UserSystem';
import { operations } from './user';

type Execute = (
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

const executes: Readonly<Record<string, { execute: Execute }>> = operations;

function unknown(context: IExecuteFunctions, parameter: string, value: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), `There is no ${parameter} '${value}'`, {
		itemIndex: 0,
		description: 'Choose another one in this node.',
	});
}

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	// Not shown, and so not there, for a system that there is not
	const operation = String(this.getNodeParameter('operation', 0, ''));
	// Awaited for each item: what fails before the first one is an error of every item, or n8n would hand the items on as done
	const setUp = prepare(this, operation);
	await setUp.catch(() => undefined);
	return await forEachItem(
		this,
		async (itemIndex) => {
			const { execute, system, api } = await setUp;
			return await execute.call(this, system, api, itemIndex);
		},
		{ keepsData: keepsInputData(operation) },
	);
}

async function prepare(context: IExecuteFunctions, operation: string) {
	const name = String(context.getNodeParameter('system', 0));
	const system = systemNamed(name);
	if (system === undefined) throw unknown(context, 'system', name);
	const found = Object.hasOwn(executes, operation) ? executes[operation] : undefined;
	const isOffered =
		(operation !== 'merge' || system.merge !== undefined) &&
		(operation !== 'activate' || system.activate !== undefined);
	if (found === undefined || !isOffered) throw unknown(context, 'operation', operation);
	return { execute: found.execute, system, api: await system.connect(context) };
}
