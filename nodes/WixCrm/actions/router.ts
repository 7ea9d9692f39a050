import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { forEachItem, keepsInputData } from '../../shared/itemErrors';
import { wixApiForRun } from '../transport';
import * as contact from './contact';
import * as label from './label';
import * as member from './member';
import type { Operation, Operations } from './operation';
import * as site from './site';

const resources: Readonly<Record<string, Operations>> = {
	contact: contact.operations,
	label: label.operations,
	member: member.operations,
	site: site.operations,
};

function operationOf(context: IExecuteFunctions, name: string): Operation {
	const resource = String(context.getNodeParameter('resource', 0));
	const operations = (Object.hasOwn(resources, resource) ? resources[resource] : undefined) ?? {};
	const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (operation !== undefined) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation '${name}' for the resource '${resource}'`,
		{ itemIndex: 0, description: "Choose another 'Operation' in this node." },
	);
}

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const name = String(this.getNodeParameter('operation', 0));
	// Awaited for each item: what fails before the first one is an error of every item, or n8n would hand the items on as done
	const setUp = prepare(this, name);
	const ready = await setUp.catch(() => undefined);
	if (ready !== undefined && 'executeAll' in ready.operation)
		return await ready.operation.executeAll.call(this, ready.api);
	return await forEachItem(
		this,
		async (itemIndex) => {
			const { operation, api } = await setUp;
			return 'execute' in operation ? await operation.execute.call(this, api, itemIndex) : [];
		},
		{ keepsData: keepsInputData(name) },
	);
}

async function prepare(context: IExecuteFunctions, name: string) {
	return { operation: operationOf(context, name), api: await wixApiForRun(context) };
}
