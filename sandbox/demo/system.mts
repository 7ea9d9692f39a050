import type { JsonObject } from '../../nodes/shared/contract/index';
import { emailsOf, primaryIndex } from '../scim/types.mts';
import type { Sandbox } from '../startSandbox.mts';
import { textAt } from './records.mts';

export type SystemName = 'youTrack' | 'okta' | 'scim';

/** One of the systems that users live in, as the demo plays with it. */
export interface System {
	/** The value of the parameter System. */
	name: SystemName;
	/** As people call it. */
	title: string;
	/** The type of its credential. */
	credential: string;
	/** What the credential holds. */
	credentialData(account: { url: string; token: string }): Record<string, string>;
	/** The environment variables that name a person's own account. */
	variables: { url: string; token: string };
	urlIn(sandbox: Sandbox): string;
	/** The address that is kept in sync; '' when the user has none, or not where this system keeps it. */
	addressOf(user: JsonObject | undefined): string;
}

/** The path by which `POST /sandbox/edit` changes that address, whatever the system's users look like. */
export const USER_EMAIL = 'profile.email';

export const systems: Record<SystemName, System> = {
	youTrack: {
		name: 'youTrack',
		title: 'YouTrack',
		credential: 'youTrackHubApi',
		credentialData: ({ url, token }) => ({ url, token }),
		variables: { url: 'YOUTRACK_URL', token: 'YOUTRACK_TOKEN' },
		urlIn: ({ youTrackUrl }) => youTrackUrl,
		addressOf: (user) => textAt(user, 'profile.email.email'),
	},
	okta: {
		name: 'okta',
		title: 'Okta',
		credential: 'oktaUsersApi',
		credentialData: ({ url, token }) => ({ authentication: 'apiToken', url, apiToken: token }),
		variables: { url: 'OKTA_URL', token: 'OKTA_TOKEN' },
		urlIn: ({ oktaUrl }) => oktaUrl,
		addressOf: (user) => textAt(user, 'profile.email'),
	},
	scim: {
		name: 'scim',
		title: 'SCIM',
		credential: 'scimUsersApi',
		credentialData: ({ url, token }) => ({ baseUrl: url, token }),
		variables: { url: 'SCIM_URL', token: 'SCIM_TOKEN' },
		urlIn: ({ scimUrl }) => scimUrl,
		addressOf: (user) => {
			const emails = emailsOf(user ?? {});
			return textAt(emails[primaryIndex(emails)], 'value');
		},
	},
};
