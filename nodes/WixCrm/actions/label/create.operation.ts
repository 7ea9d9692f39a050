import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { emptyAnswer } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';
import { labels } from '../../records/labels';
import { apiRequest } from '../../transport';
import { displayNameOf, nameField } from './parameters';

export const description: INodeProperties[] = [nameField];

/** Wix looks for a label with this name first, so that doing it twice is doing it once. */
export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const displayName = displayNameOf(this, itemIndex);
	const answer = await apiRequest(
		api,
		{ method: 'POST', path: labels, body: { displayName }, repeatable: true },
		itemIndex,
		'Label',
	);
	const { label, newLabel } = isJsonObject(answer) ? answer : {};
	if (!isJsonObject(label) || typeof label.key !== 'string')
		throw api.toError(emptyAnswer, itemIndex, 'New label');
	return [{ json: { ...label, newLabel: newLabel === true } }];
}
