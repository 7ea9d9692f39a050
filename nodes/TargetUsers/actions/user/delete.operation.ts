import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { removeOnce } from '../../../shared/apply/removeOnce';
import type { UserSystem } from '../../systems/UserSystem';
import { userStore } from '../../systems/userStore';
import { successorLocator, successorOf, userLocator } from './fields';
import { notFound, requiredUserId } from './parameters';

export const description: INodeProperties[] = [userLocator, ...successorOf(successorLocator)];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const successorId = system.needsSuccessor
		? requiredUserId(this, 'successorId', 'Successor', itemIndex)
		: '';
	if (successorId === id) {
		throw new NodeOperationError(this.getNode(), "The parameter 'Successor' names the same user", {
			itemIndex,
			description: 'Choose another user, who stays.',
		});
	}
	const done = await removeOnce(userStore(system, api, { successorId }), id, 'delete');
	if (done === 'gone') throw notFound(this, system, id, itemIndex);
	if (done !== 'removed') throw api.toError(done, itemIndex, `User ${id}`);
	return [{ json: { id, deleted: true } }];
}
