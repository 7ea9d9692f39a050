import type {
	IAuthenticate,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { signedWith } from '../nodes/shared/signed';

export class YouTrackHubApi implements ICredentialType {
	name = 'youTrackHubApi';

	displayName = 'YouTrack Hub API';

	documentationUrl =
		'https://www.jetbrains.com/help/youtrack/devportal/hub-api-permanent-token.html';

	icon: Icon = { light: 'file:youTrackHubApi.svg', dark: 'file:youTrackHubApi.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.youtrack.cloud',
			description:
				'The address of YouTrack or of the Hub, as the browser shows it. A context path belongs to it, as in https://example.com/youtrack. An address that ends in /api/rest is used as it is.',
		},
		{
			displayName: 'Permanent Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in the profile, under Account Security. Its scope has to include YouTrack Administration; the owner needs the permissions to read, create and update users.',
		},
	];

	authenticate: IAuthenticate = signedWith((credentials) => ({
		Authorization: `Bearer ${String(credentials.token)}`,
	}));

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.url.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/[?#].*$/, "").replace(/\\/api\\/rest\\/.*$/, "/api/rest").replace(/^(?!.*\\/api\\/rest$)(https?:\\/\\/[^/]+.*?)\\/(admin|agiles?|api|apps?|articles?|dashboards?|drafts|form|gantt-charts|helpdesk|issues?|notifications|projects?|reports?|rest|search|tickets?|timesheets?|users?)(\\/.*)?$/i, "$1").replace(/^(?!.*\\/api\\/rest$)(https?:\\/\\/[^/]+.*?)\\/hub(\\/.*)?$/i, "$1/hub").replace(/\\/+$/, "").replace(/(\\.myjetbrains\\.com)\\/youtrack(\\/hub)?$/i, "$1/hub").replace(/^(https?:\\/\\/hub([.:][^/]*)?)$/i, "$1/api/rest").replace(/\\/hub$/i, "/hub/api/rest").replace(/^(\\w+:\\/\\/[^/].*)(?<!\\/api\\/rest)$/, "$1/hub/api/rest") }}',
			url: '/users/me',
			qs: { fields: 'id,login,name,guest' },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'guest',
					value: true,
					message:
						'The token was not accepted: YouTrack answers as its guest. Make a new permanent token.',
				},
			},
		],
	};
}
