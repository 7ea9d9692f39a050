import { NodeOperationError, type INode } from 'n8n-workflow';

import { faultOfId } from './recordId';

/**
 * An id that a person gave, or an expression.
 * @param label the parameter's display name
 * @throws NodeOperationError for what is no id of any record; it does not repeat it
 */
export function checkedId(node: INode, label: string, id: string, itemIndex: number): string {
	const fault = faultOfId(id);
	if (fault === undefined) return id;
	throw new NodeOperationError(node, `The parameter '${label}' ${fault}`, {
		itemIndex,
		description: 'Give the ID as the system shows it: nothing was sent.',
	});
}
