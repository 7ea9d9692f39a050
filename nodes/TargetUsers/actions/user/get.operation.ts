import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { UserSystem } from '../../systems/UserSystem';
import { outputField, userLocator } from './fields';
import { notFound, outputOf, project, requiredUserId } from './parameters';

export const description: INodeProperties[] = [userLocator, outputField];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const found = await system.get(api, id);
	if (!found.ok) throw api.toError(found.failure, itemIndex, `User ${id}`);
	if (found.value === undefined) throw notFound(this, system, id, itemIndex);
	return [{ json: project(system, found.value, outputOf(this, itemIndex)) }];
}
