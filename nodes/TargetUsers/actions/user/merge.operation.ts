import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { checkedId } from '../../../shared/checkedId';
import type { UserSystem } from '../../systems/UserSystem';
import { userLocator } from './fields';
import { notFound, project, requiredUserId } from './parameters';

export const description: INodeProperties[] = [
	{ ...userLocator, description: 'The user who stays' },
	{
		displayName: 'Users to Merge Into It',
		name: 'sourceUserIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 7b1f0c52-3d0e-4f0a-9a55-0c1d2e3f4a51',
		description:
			'IDs of the other users, separated by commas. They are gone after that, which cannot be undone; their IDs become aliases of the user who stays.',
	},
];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const given = String(this.getNodeParameter('sourceUserIds', itemIndex, '') ?? '');
	const sources = [...new Set(given.split(/[\s,]+/).filter((source) => source !== ''))];
	for (const source of sources)
		checkedId(this.getNode(), 'Users to Merge Into It', source, itemIndex);
	if (sources.length === 0 || sources.includes(id)) {
		const fault = sources.length === 0 ? 'is empty' : 'names the user who stays';
		throw new NodeOperationError(
			this.getNode(),
			`The parameter 'Users to Merge Into It' ${fault}`,
			{ itemIndex, description: 'Give the IDs of one or more other users.' },
		);
	}
	const merged = await system.merge?.(api, [id, ...sources]);
	if (merged === undefined) return [];
	if (!merged.ok) throw api.toError(merged.failure, itemIndex, `User ${id}`);
	const found = merged.value ? merged : await system.get(api, id);
	if (!found.ok) throw api.toError(found.failure, itemIndex, `User ${id}`);
	if (found.value === undefined) throw notFound(this, system, id, itemIndex);
	return [{ json: project(system, found.value, 'full') }];
}
