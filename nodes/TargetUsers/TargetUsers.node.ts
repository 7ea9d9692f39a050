import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { router } from './actions/router';
import { outputsUnless } from '../shared/apply/outputs';
import { itemOperations, userDescription } from './actions/user';
import { searchUsers } from './methods/listSearch';
import { systemCredentials, systemFields } from './systemField';

export class TargetUsers implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Target Users',
		name: 'targetUsers',
		icon: { light: 'file:targetUsers.svg', dark: 'file:targetUsers.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and change the users that Wix contacts are kept in sync with',
		defaults: { name: 'Target Users' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsUnless(Object.keys(itemOperations)),
		credentials: systemCredentials,
		properties: [
			...systemFields,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'User', value: 'user' }],
				default: 'user',
			},
			...userDescription,
		],
	};

	methods = { listSearch: { searchUsers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
