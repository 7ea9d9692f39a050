import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Api } from '../Api';
import { applyChange } from './applyChange';
import { readChange } from './readChange';
import type { RecordStore } from './RecordStore';
import { subjectOf } from './results';

/** One input item that is a planned change, one output item that tells what became of it. */
export async function applyItem(
	context: IExecuteFunctions,
	api: Api,
	store: RecordStore,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const read = readChange(context.getInputData()[itemIndex].json, store.side);
	if ('fault' in read) {
		throw new NodeOperationError(context.getNode(), read.fault, {
			itemIndex,
			description: read.remedy,
		});
	}
	const applied = await applyChange(read.change, store);
	if ('stop' in applied) throw api.toError(applied.stop, itemIndex, subjectOf(read.change, store));
	const json: IDataObject = { ...applied.result };
	return [{ json }];
}
