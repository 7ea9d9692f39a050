import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Api } from '../Api';
import type { Change } from '../contract';
import { forEachItem } from '../itemErrors';
import { applyChange } from './applyChange';
import { applyWindow, windowLength } from './applyMany';
import { readChange } from './readChange';
import type { RecordStore } from './RecordStore';
import { subjectOf, type Applied } from './results';

type ReadItem = ReturnType<typeof readChange>;

function changeIn(context: IExecuteFunctions, read: ReadItem, itemIndex: number): Change {
	if (!('fault' in read)) return read.change;
	throw new NodeOperationError(context.getNode(), read.fault, {
		itemIndex,
		description: read.remedy,
	});
}

function outputOf(
	api: Api,
	store: RecordStore,
	change: Change,
	applied: Applied,
	itemIndex: number,
): INodeExecutionData[] {
	if ('stop' in applied) throw api.toError(applied.stop, itemIndex, subjectOf(change, store));
	const json: IDataObject = { ...applied.result };
	return [{ json }];
}

/** One input item that is a planned change, one output item that tells what became of it. */
export async function applyItem(
	context: IExecuteFunctions,
	api: Api,
	store: RecordStore,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	api.looksFirst = true;
	const read = readChange(context.getInputData()[itemIndex]?.json, store.side);
	const change = changeIn(context, read, itemIndex);
	return outputOf(api, store, change, await applyChange(change, store), itemIndex);
}

/** The items of the window that starts at `start`. An item that is no change ends it where it ends the run. */
function windowAt(
	reads: readonly ReadItem[],
	start: number,
	store: RecordStore,
	goesOn: boolean,
): Array<{ itemIndex: number; change: Change }> {
	const following: Array<{ itemIndex: number; change: Change }> = [];
	const most = store.bulk?.mostLookedAt ?? 1;
	for (let itemIndex = start; following.length < most; itemIndex++) {
		const read = reads[itemIndex];
		if (read === undefined) break;
		if ('change' in read) following.push({ itemIndex, change: read.change });
		else if (!goesOn) break;
	}
	const changes = following.map(({ change }) => change);
	return following.slice(0, windowLength(changes, store));
}

/** As `applyItem` for all items of the run, window by window where the store can write in bulk. */
export async function applyItems(
	context: IExecuteFunctions,
	api: Api,
	store: RecordStore,
): Promise<INodeExecutionData[][]> {
	api.looksFirst = true;
	const reads = context.getInputData().map(({ json }) => readChange(json, store.side));
	const done = new Map<number, Applied>();
	return await forEachItem(context, async (itemIndex, { json }) => {
		const change = changeIn(context, reads[itemIndex] ?? readChange(json, store.side), itemIndex);
		if (!done.has(itemIndex)) {
			const window = windowAt(reads, itemIndex, store, context.continueOnFail());
			const applied = await applyWindow(
				window.map((each) => each.change),
				store,
				context.getExecutionCancelSignal(),
			);
			for (const [index, { itemIndex: place }] of window.entries()) {
				const each = applied[index];
				if (each !== undefined) done.set(place, each);
			}
		}
		const applied = done.get(itemIndex);
		return applied === undefined ? [] : outputOf(api, store, change, applied, itemIndex);
	});
}
