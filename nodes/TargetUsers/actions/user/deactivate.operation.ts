import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { removeOnce } from '../../../shared/apply/removeOnce';
import type { UserSystem } from '../../systems/UserSystem';
import { userStore } from '../../systems/userStore';
import { userLocator } from './fields';
import { notFound, requiredUserId } from './parameters';

export const description: INodeProperties[] = [userLocator];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const done = await removeOnce(userStore(system, api), id, 'deactivate');
	if (done === 'gone') throw notFound(this, system, id, itemIndex);
	if (done !== 'removed') throw api.toError(done, itemIndex, `User ${id}`);
	return [{ json: { id, deactivated: true } }];
}
