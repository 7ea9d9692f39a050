import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../../shared/contracts';
import { addressFault, isBlank } from '../../../shared/normalize';
import type { Output } from '../../records/projection';
import { pathOfField } from './fields';

export function contactIdOf(context: IExecuteFunctions, itemIndex: number): string {
	const id = context.getNodeParameter('contactId', itemIndex, '', { extractValue: true });
	if ((typeof id === 'string' || typeof id === 'number') && String(id).trim() !== '') {
		return String(id).trim();
	}
	throw new NodeOperationError(context.getNode(), "The parameter 'Contact' is empty", {
		itemIndex,
		description: 'Choose a contact, or give the ID of one.',
	});
}

export function outputOf(context: IExecuteFunctions, itemIndex: number): Output {
	return context.getNodeParameter('output', itemIndex, 'full') === 'syncFields'
		? 'syncFields'
		: 'full';
}

/** The filled-in fields of a collection as record paths and values; fields left empty are left alone. */
export function pathsFrom(
	context: IExecuteFunctions,
	fields: IDataObject,
	itemIndex: number,
): JsonObject {
	const set: JsonObject = {};
	for (const [field, path] of Object.entries(pathOfField)) {
		const value = fields[field];
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		if (isBlank(value)) continue;
		set[path] = String(value).trim();
	}
	const email = set['primaryInfo.email'];
	const fault = email === undefined ? undefined : addressFault(email);
	if (fault !== undefined) {
		throw new NodeOperationError(context.getNode(), `The parameter 'Email' ${fault}`, {
			itemIndex,
			description: 'Give one address, such as name@example.com.',
		});
	}
	return set;
}
