import { type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { Rewritten } from '../../../shared/apply/rewriteWhileSame';
import { memberError } from '../../records/memberFailures';
import { notFound } from '../common/notFound';
import { editedMeanwhile } from '../../../shared/itemErrors';

/** The member as it was written, or why it was not, for a person. */
export function rewrittenItem(
	context: IExecuteFunctions,
	api: Api,
	id: string,
	done: Rewritten,
	itemIndex: number,
): INodeExecutionData[] {
	switch (done.outcome) {
		case 'written':
			return [{ json: done.record }];
		case 'gone':
			throw notFound(api, 'member', id, itemIndex);
		case 'edited':
			throw editedMeanwhile(context.getNode(), 'member', id, done.path, itemIndex);
		case 'failed':
			throw memberError(api, done.failure, itemIndex, `Member ${id}`);
	}
}
