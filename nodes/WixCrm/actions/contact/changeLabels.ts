import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { saysNotFound } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';
import { contactPath } from '../../records/contactStore';
import { labelsField } from '../common/dynamic';
import { notFound } from '../common/notFound';
import { contactLocator } from './fields';
import { contactIdOf } from './parameters';
import { textsOf } from '../../transport/filters';

/** Wix takes so many labels in one call. */
const mostLabels = 100;

export const labelParameters: INodeProperties[] = [
	contactLocator,
	{ ...labelsField('labelKeys', 'Label'), required: true },
];

/** Puts labels on a contact (POST) or takes them off (DELETE, with a body). Needs no revision; doing it twice is doing it once. */
export async function changeLabels(
	context: IExecuteFunctions,
	api: Api,
	method: 'POST' | 'DELETE',
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = contactIdOf(context, itemIndex);
	const labelKeys = textsOf(context.getNodeParameter('labelKeys', itemIndex, []));
	if (labelKeys.length === 0) {
		throw new NodeOperationError(context.getNode(), "The parameter 'Label Names or IDs' is empty", {
			itemIndex,
			description: 'Choose at least one label.',
		});
	}
	let contact = {};
	for (let first = 0; first < labelKeys.length; first += mostLabels) {
		const answer = await api.ask({
			method,
			path: `${contactPath(id)}/labels`,
			body: { labelKeys: labelKeys.slice(first, first + mostLabels) },
			repeatable: true,
		});
		if (!answer.ok) {
			if (saysNotFound(answer.failure)) throw notFound(api, 'contact', id, itemIndex);
			throw api.toError(answer.failure, itemIndex, `Contact ${id}`);
		}
		const { body } = answer.value;
		if (isJsonObject(body) && isJsonObject(body.contact)) contact = body.contact;
	}
	return [{ json: contact }];
}
