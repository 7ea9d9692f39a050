import {
	updateDisplayOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { RecordStore } from '../../shared/apply/RecordStore';

/** Carries out one input item; the router links what it returns to that item and takes care of errors. */
export interface ItemOperation {
	description: INodeProperties[];
	execute(this: IExecuteFunctions, api: Api, itemIndex: number): Promise<INodeExecutionData[]>;
}

/** Carries out what link rows announce; it says only of which records, and how these are written. */
export interface RowOperation {
	description: INodeProperties[];
	storeOf(this: IExecuteFunctions, api: Api): Promise<RecordStore>;
}

export type Operation = ItemOperation | RowOperation;

/** By the value of the parameter 'Operation'. */
export type Operations = Readonly<Record<string, Operation>>;

/** The parameters of all operations of a resource, each shown for its own operation only. */
export function shownByOperation(resource: string, operations: Operations): INodeProperties[] {
	return Object.entries(operations).flatMap(([operation, { description }]) =>
		updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, description),
	);
}
