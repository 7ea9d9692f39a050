import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { signedWith } from '../nodes/shared/signed';

export class WixCrmApi implements ICredentialType {
	name = 'wixCrmApi';

	displayName = 'Wix CRM API';

	documentationUrl = 'https://dev.wix.com/docs/rest/articles/getting-started/api-keys';

	icon: Icon = { light: 'file:wixCrmApi.svg', dark: 'file:wixCrmApi.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made by the account owner in the API Keys Manager, with the permissions to read and manage contacts, and members where they are used',
		},
		{
			displayName: 'Site ID',
			name: 'siteId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1d2c3b4a-5f6e-4789-8a9b-0c1d2e3f4a5b',
			description: 'The part of the site dashboard’s address that follows /dashboard/',
		},
		{
			displayName: 'Account ID',
			name: 'accountId',
			type: 'string',
			default: '',
			description: 'Shown in the API Keys Manager. Only needed to list the sites of the account.',
		},
		{
			displayName: 'Advanced',
			name: 'advanced',
			type: 'boolean',
			default: false,
			description: 'Whether to show settings that are rarely needed',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://www.wixapis.com',
			placeholder: 'e.g. https://www.wixapis.com',
			description: 'Where the Wix API answers. Change it only for a proxy or a test server.',
			displayOptions: { show: { advanced: [true] } },
		},
	];

	authenticate: IAuthenticate = signedWith((credentials) => ({
		Authorization: String(credentials.apiKey),
		'wix-site-id': String(credentials.siteId),
	}));

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{$credentials.advanced ? ($credentials.baseUrl || "https://www.wixapis.com").replace(/\\/+$/, "") : "https://www.wixapis.com"}}',
			url: '/contacts/v4/contacts',
			qs: { 'paging.limit': 1, fieldsets: 'BASIC' },
		},
	};
}
