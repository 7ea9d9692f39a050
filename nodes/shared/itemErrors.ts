import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

/** The error as n8n shows it, with the item it belongs to. */
export function withItem(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const cause = error instanceof Error ? error : String(error);
	return new NodeOperationError(node, cause, { itemIndex });
}

/**
 * The item that stands for a failed one. n8n empties an item with `error` but for the message, and adds the input item's
 * data to one in the error output that holds a message alone.
 */
export function errorItem(
	context: IExecuteFunctions,
	error: NodeApiError | NodeOperationError,
	itemIndex: number,
	{ json }: INodeExecutionData,
	keepsData: boolean,
): INodeExecutionData {
	const { message } = error;
	const pairedItem = { item: itemIndex };
	if (!keepsData) return { json: { error: message }, error, pairedItem };
	if (context.getNode().onError === 'continueErrorOutput') {
		return { json: { error: message }, pairedItem };
	}
	return { json: { ...json, error: message }, pairedItem };
}

/**
 * Whether an error item of `operation` carries what its input item held. What Match & Map reads must not take the data of a
 * failed item for a record.
 */
export const keepsInputData = (operation: string): boolean => operation !== 'getAll';

/**
 * Runs `execute` for each item; under Continue On Fail an item that fails becomes an error item and the others go on. When
 * the run is stopped, the items that are left are not touched any more.
 * @param options.keepsData whether an error item carries what its input item held, beside the error
 */
export async function forEachItem(
	context: IExecuteFunctions,
	execute: (itemIndex: number, item: INodeExecutionData) => Promise<INodeExecutionData[]>,
	options: { keepsData?: boolean } = {},
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		try {
			for (const result of await execute(itemIndex, item)) {
				result.pairedItem = { item: itemIndex };
				output.push(result);
			}
		} catch (caught) {
			const error = withItem(context.getNode(), caught, itemIndex);
			if (!context.continueOnFail()) throw withItem(context.getNode(), caught, itemIndex);
			output.push(errorItem(context, error, itemIndex, item, options.keepsData === true));
		}
	}
	return [output];
}

/** A record was edited between the look at it and the write, which was given up. `noun`: "contact". */
export function editedMeanwhile(
	node: INode,
	noun: string,
	id: string,
	path: string,
	itemIndex: number,
): NodeOperationError {
	const name = noun.charAt(0).toUpperCase() + noun.slice(1);
	return new NodeOperationError(node, `${name} ${id} was edited at the same time`, {
		itemIndex,
		description: `Nothing was written over the new ${path}. Look at the ${noun} and run again.`,
	});
}
