import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../shared/Api';

/** Carries out one input item; the router links what it returns to that item and takes care of errors. */
export interface ItemOperation {
	description: INodeProperties[];
	execute(this: IExecuteFunctions, api: Api, itemIndex: number): Promise<INodeExecutionData[]>;
}

/** Carries out all input items at once, and sets `pairedItem` and error items itself. */
export interface BulkOperation {
	description: INodeProperties[];
	executeAll(this: IExecuteFunctions, api: Api): Promise<INodeExecutionData[][]>;
}

export type Operation = ItemOperation | BulkOperation;

/** By the value of the parameter 'Operation'. */
export type Operations = Readonly<Record<string, Operation>>;

/** The parameters of all operations of a resource, each shown for its own operation only. */
export function shownByOperation(resource: string, operations: Operations): INodeProperties[] {
	return Object.entries(operations).flatMap(([operation, { description }]) =>
		updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, description),
	);
}
