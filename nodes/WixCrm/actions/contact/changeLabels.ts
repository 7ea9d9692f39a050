import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { checkedId } from '../../../shared/checkedId';
import { saysNotFound } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';
import { contactPath } from '../../records/contactStore';
import { labelsField } from '../common/dynamic';
import { notFound } from '../common/notFound';
import { contactLocator } from './fields';
import { contactIdOf } from './parameters';
import { textsOf } from '../../../shared/texts';

/** Wix takes so many labels in one call. */
const mostLabels = 100;

/** Characters of label keys in a URL; servers refuse URLs of some 8,000. */
const longestKeys = 6_000;

export const labelParameters: INodeProperties[] = [
	contactLocator,
	{ ...labelsField('labelKeys', 'Label'), required: true },
];

/** The keys in lists that fit into one call, also as parameters of its URL. */
function callsOf(labelKeys: readonly string[]): string[][] {
	const calls: string[][] = [];
	let length = 0;
	for (const key of labelKeys) {
		const own = `&labelKeys=${encodeURIComponent(key)}`.length;
		const last = calls.at(-1);
		length += own;
		if (last !== undefined && last.length < mostLabels && length <= longestKeys) last.push(key);
		else {
			calls.push([key]);
			length = own;
		}
	}
	return calls;
}

/**
 * Puts labels on a contact (POST) or takes them off (DELETE). Needs no revision; doing it twice is doing it once. Where DELETE
 * has its keys is said in two ways, so it has them in both: the documentation names the body, Wix's SDK sends them in the URL.
 */
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
	for (const key of labelKeys) checkedId(context.getNode(), 'Label Names or IDs', key, itemIndex);
	let contact = {};
	for (const keys of callsOf(labelKeys)) {
		const answer = await api.ask({
			method,
			path: `${contactPath(id)}/labels`,
			...(method === 'DELETE' ? { query: { labelKeys: keys } } : {}),
			body: { labelKeys: keys },
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
