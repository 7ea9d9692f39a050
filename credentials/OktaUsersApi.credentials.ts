import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { newAccessToken } from '../nodes/TargetUsers/systems/okta/accessToken';
import { signedWith } from '../nodes/shared/signed';

const byClient = { show: { authentication: ['oAuth2'] } };
const byClientAnd = (clientAuthentication: string) => ({
	show: { authentication: ['oAuth2'], clientAuthentication: [clientAuthentication] },
});

export class OktaUsersApi implements ICredentialType {
	name = 'oktaUsersApi';

	displayName = 'Okta Users API';

	documentationUrl = 'https://developer.okta.com/docs/guides/create-an-api-token/main/';

	icon: Icon = { light: 'file:oktaUsersApi.svg', dark: 'file:oktaUsersApi.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.okta.com',
			description:
				'The address of the Okta organization, as the browser shows it. The admin console’s address works, too.',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'API Token', value: 'apiToken' },
				{ name: 'OAuth 2.0 Client Credentials', value: 'oAuth2' },
			],
			default: 'apiToken',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made by an admin under Security > API > Tokens. It may do what that admin may do, and ends when it was not used for 30 days.',
			displayOptions: { show: { authentication: ['apiToken'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description:
				'Of an app of the type API Services, which was granted the scopes below and an admin role',
			displayOptions: byClient,
		},
		{
			displayName: 'Client Authentication',
			name: 'clientAuthentication',
			type: 'options',
			options: [
				{
					name: 'Private Key',
					value: 'privateKey',
					description: 'The only way that Okta’s own authorization server takes',
				},
				{
					name: 'Client Secret',
					value: 'secret',
					description: 'For another authorization server in front of Okta',
				},
			],
			default: 'privateKey',
			displayOptions: byClient,
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'The app’s RSA key, as JWK or as PEM that begins with BEGIN PRIVATE KEY. Okta shows it once, when the key is made.',
			displayOptions: byClientAnd('privateKey'),
		},
		{
			displayName: 'Key ID',
			name: 'keyId',
			type: 'string',
			default: '',
			description: 'The KID that Okta shows beside the public key. Not needed for a JWK.',
			displayOptions: byClientAnd('privateKey'),
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: byClientAnd('secret'),
		},
		{
			displayName: 'Scopes',
			name: 'scope',
			type: 'string',
			default: 'okta.users.read okta.users.manage',
			description: 'What the access token is for, separated by spaces',
			displayOptions: byClient,
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.okta.com/oauth2/v1/token',
			description: 'Where access tokens are issued. The organization’s own server when left empty.',
			displayOptions: byClient,
		},
	];

	/** n8n calls it when there is no access token, or a call was refused with the one there is. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		if (credentials.authentication !== 'oAuth2') return {};
		const accessToken = await newAccessToken(this.helpers, credentials);
		return accessToken === undefined ? {} : { accessToken };
	}

	authenticate: IAuthenticate = signedWith((credentials) => ({
		Authorization:
			credentials.authentication === 'oAuth2'
				? `Bearer ${String(credentials.accessToken)}`
				: `SSWS ${String(credentials.apiToken)}`,
	}));

	// An app has no `me`, so the test asks for any user.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.url.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/[?#].*$/, "").replace(/\\/+$/, "").replace(/^(https?:\\/\\/[^\\/]*?)-admin(?=\\.okta)/i, "$1").replace(/^(https?:\\/\\/[^\\/]+)(?!.*\\/api\\/v1$).*$/i, "$1/api/v1") }}',
			url: '/users',
			qs: { limit: 1 },
		},
	};
}
