import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type JsonObject,
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
	if (error instanceof Error) return new NodeOperationError(node, error, { itemIndex });
	return new NodeApiError(node, { message: String(error) } as JsonObject, { itemIndex });
}

/** Runs `execute` for each item; under Continue On Fail an item that fails becomes an error item and the others go on. */
export async function forEachItem(
	context: IExecuteFunctions,
	execute: (itemIndex: number) => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[][]> {
	const output: INodeExecutionData[] = [];
	const items = context.getInputData();
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		try {
			for (const result of await execute(itemIndex)) {
				result.pairedItem = { item: itemIndex };
				output.push(result);
			}
		} catch (caught) {
			const error = withItem(context.getNode(), caught, itemIndex);
			if (!context.continueOnFail()) throw withItem(context.getNode(), caught, itemIndex);
			output.push({ json: { error: error.message }, error, pairedItem: { item: itemIndex } });
		}
	}
	return [output];
}
