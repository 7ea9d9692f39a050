import { Api } from '../../../shared/Api';
import type { Caller, Service } from '../../../shared/apiTypes';
import { asCode, asId } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';

/** The Hub's error shape: `{error, error_description, error_field?, error_children?}`. Descriptions may hold names, so they are not passed on. */
export const hubService: Service = {
	name: 'YouTrack',
	credential: 'youTrackHubApi',
	secret: 'permanent token',
	permissions:
		'Check that the token’s scope includes YouTrack Administration, and that its owner may read and update users.',
	remedies: {
		license_users_number_exceeded:
			'The licence has no free seat: ban or delete a user, or extend it.',
		'must-be-unique': 'Another user has this login or address: change or merge one of them.',
	},
	readError: (body) => {
		if (typeof body.error !== 'string') return undefined;
		const children = Array.isArray(body.error_children) ? body.error_children : [];
		const child = children.find(isJsonObject);
		return {
			code: asCode(body.error),
			field: asCode(body.error_field) ?? asCode(child?.error_field),
			otherId: asId(body.error_entity_id),
		};
	},
};

/**
 * The Hub's REST base for what a person pastes: a cloud address, a server with a context path, with or without /hub or a
 * slash at the end. An address that ends in /api/rest is taken as it is. The credential's test says the same.
 */
export function hubBase(url: string): string {
	return url
		.trim()
		.replace(/^(?!https?:\/\/)/i, 'https://')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.replace(/(?<!\/api\/rest)$/, '/hub/api/rest')
		.replace('/hub/hub/', '/hub/');
}

export async function hubApi(caller: Caller): Promise<Api> {
	const { url } = await caller.getCredentials<{ url?: string }>(hubService.credential);
	return new Api(caller, hubService, hubBase(String(url ?? '')));
}
