import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { outputsUnless } from '../shared/apply/outputs';
import { requestOptions } from './actions/common/requestOptions';
import * as contact from './actions/contact';
import * as label from './actions/label';
import * as member from './actions/member';
import { itemOperations, router } from './actions/router';
import * as site from './actions/site';
import * as loadOptions from './methods/loadOptions';
import { searchContacts } from './methods/listSearch';
import { searchLabels, searchSites } from './methods/searchCatalogs';
import { searchMembers } from './methods/members';

export class WixCrm implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wix CRM',
		name: 'wixCrm',
		icon: { light: 'file:wixCrm.svg', dark: 'file:wixCrm.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and change the contacts, members and labels of a Wix site',
		defaults: { name: 'Wix CRM' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputsUnless(itemOperations),
		credentials: [{ name: 'wixCrmApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Contact', value: 'contact' },
					{ name: 'Label', value: 'label' },
					{ name: 'Member', value: 'member' },
					{ name: 'Site', value: 'site' },
				],
				default: 'contact',
			},
			...contact.description,
			...label.description,
			...member.description,
			...site.description,
			requestOptions,
		],
	};

	methods = {
		listSearch: { searchContacts, searchLabels, searchMembers, searchSites },
		loadOptions,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
