import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import { applyRows } from '../../shared/apply/applyRows';
import { forEachItem, keepsInputData } from '../../shared/itemErrors';
import { systemNamed } from '../systems';
import type { UserSystem } from '../systems/UserSystem';
import { itemOperations } from './user';
import { storeOf } from './user/applyChanges.operation';

type Execute = (
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
) => Promise<INodeExecutionData[]>;

const executes: Readonly<Record<string, { execute: Execute }>> = itemOperations;

function unknown(context: IExecuteFunctions, parameter: string, value: string): NodeOperationError {
	return new NodeOperationError(context.getNode(), `There is no ${parameter} '${value}'`, {
		itemIndex: 0,
		description: 'Choose another one in this node.',
	});
}

function systemOf(context: IExecuteFunctions): UserSystem {
	const name = String(context.getNodeParameter('system', 0));
	const system = systemNamed(name);
	if (system === undefined) throw unknown(context, 'system', name);
	return system;
}

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	// Not shown, and so not there, for a system that there is not
	const name = String(this.getNodeParameter('operation', 0, ''));
	const found = Object.hasOwn(executes, name) ? executes[name] : undefined;
	if (found === undefined) {
		return await applyRows(this, 'users', async () => {
			const system = systemOf(this);
			if (name !== 'applyChanges') throw unknown(this, 'operation', name);
			const api = await system.connect(this);
			return { api, store: storeOf(this, system, api) };
		});
	}
	// Awaited for each item: what fails before the first one is an error of every item, or n8n would hand the items on as done
	const setUp = prepare(this, name);
	await setUp.catch(() => undefined);
	return await forEachItem(
		this,
		async (itemIndex) => {
			const { system, api } = await setUp;
			return await found.execute.call(this, system, api, itemIndex);
		},
		{ keepsData: keepsInputData(name) },
	);
}

async function prepare(context: IExecuteFunctions, operation: string) {
	const system = systemOf(context);
	const isOffered =
		(operation !== 'merge' || system.merge !== undefined) &&
		(operation !== 'activate' || system.activate !== undefined);
	if (!isOffered) throw unknown(context, 'operation', operation);
	return { system, api: await system.connect(context) };
}
