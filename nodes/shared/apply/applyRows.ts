import {
	NodeOperationError,
	type NodeApiError,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import type { Api } from '../Api';
import type { Side } from '../contract';
import { errorItem, withItem } from '../itemErrors';
import { applyTasks } from './applyTasks';
import { readRow, type ReadRow } from './readRow';
import type { RecordStore } from './RecordStore';
import { left, subjectOf, type Applied } from './results';
import { rowAfter } from './rowAfter';
import type { RowTask } from './task';

/** The system that one side's records are in. */
export interface Opened {
	api: Api;
	store: RecordStore;
}

type CarriedOut = { opened: Opened; results: ReadonlyMap<RowTask, Applied> } | { failure: unknown };

const remedy =
	'Connect the step that saves the changed links to this node, without changing its items.';

async function carryOut(
	tasks: readonly RowTask[],
	open: () => Promise<Opened>,
	signal: AbortSignal | undefined,
): Promise<CarriedOut> {
	try {
		const opened = await open();
		const { api } = opened;
		api.looksFirst = true;
		const writeUntil = (deadline: number): void => {
			api.writesUntil = deadline;
		};
		const results = await applyTasks(tasks, { ...opened.store, writeUntil }, signal);
		return { opened, results };
	} catch (failure) {
		return { failure };
	}
}

/** Why what a row asks of this side was not done; undefined where it was, or was left alone. */
function errorOf(
	context: IExecuteFunctions,
	read: ReadRow | { fault: string },
	carriedOut: CarriedOut,
	itemIndex: number,
): NodeApiError | NodeOperationError | undefined {
	const node = context.getNode();
	const isFaulty = 'fault' in read;
	if ('failure' in carriedOut) {
		const asks = isFaulty || read.tasks.length > 0;
		return asks ? withItem(node, carriedOut.failure, itemIndex) : undefined;
	}
	if (isFaulty) {
		return new NodeOperationError(node, read.fault, { itemIndex, description: remedy });
	}
	const { opened, results } = carriedOut;
	for (const task of read.tasks) {
		const { outcome, stop, thrown, message } = results.get(task) ?? left;
		if (stop !== undefined) {
			return opened.api.toError(stop, itemIndex, subjectOf(task, opened.store));
		}
		if (outcome === 'failed') return withItem(node, thrown ?? message, itemIndex);
	}
	return undefined;
}

/**
 * Carries out what saved link rows announce for one side. Output 0, in input order: the rows with something new to remember, and
 * those that concern the other side. Output 1: the history, one item for each value that was written or tried. What failed is
 * an error of its row, after everything else was done; what `open` throws is one of each row that asks something of this side.
 */
export async function applyRows(
	context: IExecuteFunctions,
	side: Side,
	open: () => Promise<Opened>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData().map((item) => ({ item, read: readRow(item.json, side) }));
	const tasks = items.flatMap(({ read }) => ('fault' in read ? [] : read.tasks));
	const carriedOut = await carryOut(tasks, open, context.getExecutionCancelSignal());
	const results = 'results' in carriedOut ? carriedOut.results : new Map<RowTask, Applied>();
	// Beside the others, what holds a row would be taken for one to save
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	const notesEvery = context.getNodeParameter('options.rememberAll', 0, false) === true;

	const rows: INodeExecutionData[] = [];
	const history: INodeExecutionData[] = [];
	let firstError: Error | undefined;
	for (const [itemIndex, { item, read }] of items.entries()) {
		const pairedItem = { item: itemIndex };
		if (!('fault' in read)) {
			const after = rowAfter(read, side, results, notesEvery);
			for (const row of after.history) history.push({ json: { ...row }, pairedItem });
			if (after.isHandedOn) rows.push({ json: { ...item.json, ...after.columns }, pairedItem });
		}
		const error = errorOf(context, read, carriedOut, itemIndex);
		if (error === undefined) continue;
		firstError ??= error;
		rows.push(errorItem(context, error, itemIndex, item, hasErrorOutput));
	}
	if (firstError !== undefined && !context.continueOnFail()) throw firstError;
	return [rows, history];
}
