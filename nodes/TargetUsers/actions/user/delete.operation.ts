import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { removeOnce } from '../../../shared/removeOnce';
import type { UserSystem } from '../../systems/UserSystem';
import { successorLocator, userLocator } from './fields';
import { notFound, requiredUserId } from './parameters';

export const description: INodeProperties[] = [userLocator, successorLocator];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const successorId = requiredUserId(this, 'successorId', 'Successor', itemIndex);
	const done = await removeOnce(system.store(api, successorId), id);
	if (done === 'gone') throw notFound(this, system, id, itemIndex);
	if (done !== 'removed') throw api.toError(done, itemIndex, `User ${id}`);
	return [{ json: { id, deleted: true } }];
}
