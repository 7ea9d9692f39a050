import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { applyRows } from '../../shared/apply/applyRows';
import { forEachItem, keepsInputData } from '../../shared/itemErrors';
import { wixApiForRun } from '../transport';
import * as contact from './contact';
import * as label from './label';
import * as member from './member';
import type { Operations } from './operation';
import * as site from './site';

const resources: Readonly<Record<string, Operations>> = {
	contact: contact.operations,
	label: label.operations,
	member: member.operations,
	site: site.operations,
};

/** The names of all operations that carry out one item. */
export const itemOperations: string[] = [
	...new Set(
		Object.values(resources).flatMap((operations) =>
			Object.keys(operations).filter((name) => 'execute' in (operations[name] ?? {})),
		),
	),
];

function unknown(context: IExecuteFunctions, name: string, resource: string): NodeOperationError {
	return new NodeOperationError(
		context.getNode(),
		`There is no operation '${name}' for the resource '${resource}'`,
		{ itemIndex: 0, description: "Choose another 'Operation' in this node." },
	);
}

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const resource = String(this.getNodeParameter('resource', 0));
	// Not shown, and so not there, for a resource that there is not
	const name = String(this.getNodeParameter('operation', 0, ''));
	const operations = (Object.hasOwn(resources, resource) ? resources[resource] : undefined) ?? {};
	const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (found === undefined || !('execute' in found)) {
		return await applyRows(this, 'wix', async () => {
			if (found === undefined) throw unknown(this, name, resource);
			const api = await wixApiForRun(this);
			return { api, store: await found.storeOf.call(this, api) };
		});
	}
	// Awaited for each item: what fails before the first one is an error of every item, or n8n would hand the items on as done
	const setUp = wixApiForRun(this);
	await setUp.catch(() => undefined);
	return await forEachItem(
		this,
		async (itemIndex) => await found.execute.call(this, await setUp, itemIndex),
		{ keepsData: keepsInputData(name) },
	);
}
