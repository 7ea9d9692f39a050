import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { checkedId } from '../../../shared/checkedId';

/** How many records to return at most; Infinity for Return All. */
export function limitOf(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex) === true) return Infinity;
	const limit = Number(context.getNodeParameter('limit', itemIndex));
	if (Number.isInteger(limit) && limit > 0) return limit;
	throw new NodeOperationError(context.getNode(), "The parameter 'Limit' is no number of results", {
		itemIndex,
		description: "Give a whole number from 1 up, or switch on 'Return All'.",
	});
}

/**
 * The id that a resource locator holds, whichever mode it is in.
 * @param label the parameter's display name, for the message when it is empty
 */
export function locatedId(
	context: IExecuteFunctions,
	parameter: string,
	label: string,
	itemIndex: number,
): string {
	const id = context.getNodeParameter(parameter, itemIndex, '', { extractValue: true });
	if ((typeof id === 'string' || typeof id === 'number') && String(id).trim() !== '') {
		return checkedId(context.getNode(), label, String(id).trim(), itemIndex);
	}
	throw new NodeOperationError(context.getNode(), `The parameter '${label}' is empty`, {
		itemIndex,
		description: `Choose a ${label.toLowerCase()}, or give the ID of one.`,
	});
}
