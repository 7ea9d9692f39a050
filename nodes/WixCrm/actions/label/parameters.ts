import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { Call } from '../../../shared/apiTypes';
import type { JsonValue } from '../../../shared/contract';
import { emptyAnswer, saysNotFound } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';
import { labelPath } from '../../records/labels';
import { notFound } from '../common/notFound';
import { locatedId } from '../common/parameters';

/** Wix takes so many characters for the name of a label. */
const longestName = 180;

export const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'displayName',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Newsletter',
	description: 'What people see; at most 180 characters',
};

export function displayNameOf(context: IExecuteFunctions, itemIndex: number): string {
	const name = String(context.getNodeParameter('displayName', itemIndex, '') ?? '').trim();
	if (name !== '' && name.length <= longestName) return name;
	throw new NodeOperationError(
		context.getNode(),
		name === '' ? "The parameter 'Name' is empty" : "The parameter 'Name' is too long",
		{ itemIndex, description: `Give a name of 1 to ${longestName} characters.` },
	);
}

/** An edit in the dashboard may leave a dot in a URL encoded. */
export function labelKeyOf(context: IExecuteFunctions, itemIndex: number): string {
	return locatedId(context, 'labelKey', 'Label', itemIndex).replace(/%2E/gi, '.');
}

/** One call on the label that the item names; `key` and the answer. Throws for a label that is not there. */
export async function onLabel(
	context: IExecuteFunctions,
	api: Api,
	itemIndex: number,
	method: Call['method'],
	body?: (key: string) => Call['body'],
): Promise<{ key: string; answer: JsonValue | undefined }> {
	const key = labelKeyOf(context, itemIndex);
	const answer = await api.ask({
		method,
		path: labelPath(key),
		body: body?.(key),
		repeatable: true,
	});
	if (answer.ok) return { key, answer: answer.value.body };
	if (saysNotFound(answer.failure)) throw notFound(api, 'label', key, itemIndex);
	throw api.toError(answer.failure, itemIndex, `Label ${key}`);
}

/** Wix answers a label as it is, or inside `label`. Throws for what is no label: nothing of it may be taken for one. */
export function labelItem(
	api: Api,
	{ key, answer }: { key: string; answer: JsonValue | undefined },
	itemIndex: number,
): INodeExecutionData[] {
	const body = isJsonObject(answer) ? answer : {};
	const label = isJsonObject(body.label) ? body.label : body;
	if (typeof label.key === 'string') return [{ json: label }];
	throw api.toError(emptyAnswer, itemIndex, `Label ${key}`);
}
