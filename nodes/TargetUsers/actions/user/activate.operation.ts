import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { saysNotFound } from '../../../shared/failures';
import type { UserSystem } from '../../systems/UserSystem';
import { userLocator } from './fields';
import { notFound, project, requiredUserId } from './parameters';

export const description: INodeProperties[] = [
	userLocator,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Send Email',
				name: 'sendEmail',
				type: 'boolean',
				default: false,
				description:
					'Whether the system mails the activation link to the user. Otherwise the link comes out in the field activationUrl, where the system makes one.',
			},
		],
	},
];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = requiredUserId(this, 'userId', 'User', itemIndex);
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const done = await system.activate?.(api, id, options);
	if (done === undefined) return [];
	if (!done.ok) {
		if (saysNotFound(done.failure)) throw notFound(this, system, id, itemIndex);
		throw api.toError(done.failure, itemIndex, `User ${id}`);
	}
	const found = await system.get(api, id);
	const user = (found.ok && found.value) || { id };
	return [{ json: { ...project(system, user, 'full'), ...done.value } }];
}
