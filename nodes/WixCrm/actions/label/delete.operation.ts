import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { waitBeforeRetry } from '../../../shared/backoff';
import { leavesOpen, saysNotFound } from '../../../shared/failures';
import { labelPath } from '../../records/labels';
import { labelLocator } from '../common/locators';
import { notFound } from '../common/notFound';
import { labelKeyOf } from './parameters';

export const description: INodeProperties[] = [labelLocator];

const mostTries = 4;

/** After a lost answer a label that is not there any more counts as deleted by this call. */
export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const key = labelKeyOf(this, itemIndex);
	for (let tries = 1; ; tries++) {
		const done = await api.ask({ method: 'DELETE', path: labelPath(key), repeatable: false });
		if (done.ok) break;
		const { failure } = done;
		if (saysNotFound(failure)) {
			if (tries > 1) break;
			throw notFound(api, 'label', key, itemIndex);
		}
		if (!leavesOpen(failure) || tries >= mostTries) {
			throw api.toError(failure, itemIndex, `Label ${key}`);
		}
		await waitBeforeRetry(tries, failure.retryAfter);
	}
	return [{ json: { key, deleted: true } }];
}
