import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { addressFault } from '../../../shared/normalize';
import type { Output, UserSystem } from '../../systems/UserSystem';

/** The ID in a user locator; '' when none is chosen. */
export function userIdIn(context: IExecuteFunctions, parameter: string, itemIndex: number): string {
	const id = context.getNodeParameter(parameter, itemIndex, '', { extractValue: true });
	return typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
}

export function requiredUserId(
	context: IExecuteFunctions,
	parameter: string,
	label: string,
	itemIndex: number,
): string {
	const id = userIdIn(context, parameter, itemIndex);
	if (id !== '') return id;
	throw new NodeOperationError(context.getNode(), `The parameter '${label}' is empty`, {
		itemIndex,
		description: 'Choose a user, or give the ID of one.',
	});
}

export function outputOf(context: IExecuteFunctions, itemIndex: number): Output {
	return context.getNodeParameter('output', itemIndex, 'full') === 'syncFields'
		? 'syncFields'
		: 'full';
}

export function checkAddress(context: IExecuteFunctions, address: string, itemIndex: number): void {
	const fault = address === '' ? undefined : addressFault(address);
	if (fault === undefined) return;
	throw new NodeOperationError(context.getNode(), `The parameter 'Email' ${fault}`, {
		itemIndex,
		description: 'Give one address, such as name@example.com.',
	});
}

export function notFound(
	context: IExecuteFunctions,
	system: UserSystem,
	id: string,
	itemIndex: number,
): NodeApiError {
	return new NodeApiError(
		context.getNode(),
		{ message: 'not found' },
		{
			message: `${system.name} has no user ${id}`,
			description:
				'The user was deleted, or the credential belongs to another server. Check the ID and the URL.',
			httpCode: '404',
			itemIndex,
		},
	);
}
