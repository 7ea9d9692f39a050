import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { ApiFailure } from '../../../shared/apiTypes';
import { leavesOpen } from '../../../shared/failures';
import type { Edited } from '../../records/contactEdit';
import { notFound } from '../common/notFound';
import { editedMeanwhile } from '../../../shared/itemErrors';

/** The item of an update, or the error that tells why there is none. */
export function writtenItem(
	context: IExecuteFunctions,
	api: Api,
	id: string,
	done: Edited,
	itemIndex: number,
): [INodeExecutionData] {
	switch (done.outcome) {
		case 'written':
			return [{ json: done.record }];
		case 'gone':
			throw notFound(api, 'contact', id, itemIndex);
		case 'edited':
			throw editedMeanwhile(context.getNode(), 'contact', id, done.path, itemIndex);
		case 'notCleared':
			throw new NodeOperationError(
				context.getNode(),
				`Contact ${id}: Wix took the update, but did not clear ${done.paths.join(', ')}`,
				{
					itemIndex,
					description:
						'Clear it in the Wix dashboard. Everything else that was given has been written.',
				},
			);
		case 'failed': {
			const error = api.toError(done.failure, itemIndex, `Contact ${id}`);
			const { otherId } = done.failure;
			if (otherId !== undefined) error.message = `${error.message}: contact ${otherId} holds it`;
			throw error;
		}
	}
}

/** Why a contact could not be created, and whether it may be there all the same. `holders`: all that hold its address now. */
export function notCreated(
	api: Api,
	failure: ApiFailure,
	itemIndex: number,
	holders: readonly string[] = [],
) {
	const error = api.toError(failure, itemIndex, 'New contact');
	if (leavesOpen(failure)) {
		error.description =
			'It may have been created all the same: look for it in Wix before running again.';
	} else if (holders.length > 1) {
		error.message = `${error.message}: contacts ${holders.join(', ')} hold the address`;
		error.description =
			'The newest of them may come from this very call, although Wix refused it: look at them in Wix and merge what belongs together.';
	} else if (failure.otherId !== undefined) {
		error.message = `${error.message}: contact ${failure.otherId} holds the address or number already`;
		error.description = "Update that contact instead, or switch on 'Allow Duplicates'.";
	}
	return error;
}
