import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { signedWith } from '../nodes/shared/signed';

export class ScimUsersApi implements ICredentialType {
	name = 'scimUsersApi';

	displayName = 'SCIM Users API';

	documentationUrl = 'https://www.rfc-editor.org/rfc/rfc7644#section-2';

	icon: Icon = { light: 'file:scimUsersApi.svg', dark: 'file:scimUsersApi.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/scim/v2',
			description:
				'The address of the SCIM 2.0 API, as the system’s administration shows it: all that stands before /Users. It often ends in /v2.',
		},
		{
			displayName: 'Bearer Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in the system’s administration, mostly under provisioning. It has to permit to read, create, update and delete users.',
		},
	];

	authenticate: IAuthenticate = signedWith((credentials) => ({
		Authorization: `Bearer ${String(credentials.token)}`,
	}));

	// What the server says of itself may be open to everybody; its users are not.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.baseUrl.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/[?#].*$/, "").replace(/\\/+$/, "").replace(/\\/Users$/i, "") }}',
			url: '/Users',
			qs: { count: 1 },
			headers: { Accept: 'application/scim+json, application/json' },
		},
	};
}
