import type { NodeApiError } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { ApiFailure, Service } from '../../shared/apiTypes';
import type { Refusal } from '../../shared/apply/RecordStore';
import { explainMatter, leavesOpen, saysNotFound, toNodeApiError } from '../../shared/failures';

/** Ours: nothing was sent, because the documented API cannot change a login email. The name is Wix's for the contact of a member. */
export const loginLocked = 'CANNOT_UPDATE_MEMBER_EMAIL';

/** Ours: the experimental endpoint answered 401, 403 or 404. */
export const loginNotPermitted = 'LOGIN_EMAIL_CHANGE_NOT_PERMITTED';

/** Wix documents no code for a login email in use: this is what such a refusal is called here. */
export const loginTaken = 'MEMBER_ALREADY_EXISTS';

/** Ours: the endpoint for set-password emails answered 401, 403 or 404. */
export const mailNotPermitted = 'SET_PASSWORD_EMAIL_NOT_PERMITTED';

const deleteOwner = 'Take away the role in the dashboard first, or leave the member alone.';
const activeSubscription =
	'Let the subscription end, or cancel it in the dashboard, then run again.';
const subscriptionCodes = [
	'ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN',
	'ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN',
];

const meanings: Service['meanings'] = {
	[loginLocked]:
		'Wix lets nobody change the login email of a member through its documented API, so it was not sent',
	[loginNotPermitted]: 'Wix does not let this API key change login emails',
	[mailNotPermitted]: 'Wix does not let this API key send set-password emails',
	OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN:
		'The member is the owner or a collaborator of the site, whom Wix does not delete',
	ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN:
		'The member has an active subscription, so Wix does not delete it',
	ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN:
		'The member has an active subscription, so Wix does not block it',
	OWNER_MEMBER_BLOCK_FORBIDDEN: 'The member is the owner of the site, whom Wix does not block',
	MEMBER_SELF_BLOCK_FORBIDDEN: 'Wix lets no member block itself',
	MEMBER_TO_MEMBER_BLOCKED: 'One of the two members has blocked the other',
	INVALID_CUSTOM_FIELD_URL: 'Wix does not take the value of a custom field for a URL',
	SLUG_ALREADY_EXISTS: 'The address of the profile page is in use',
	[loginTaken]: 'Another member has this login email',
};

const remedies: Service['remedies'] = {
	[loginLocked]: 'Change it in the member’s account, or switch on ‘Change Login Email Too’.',
	[loginNotPermitted]:
		'The endpoint is experimental and not documented for API keys, so a key may well not be permitted to use it. Change the login email in the member’s account.',
	[mailNotPermitted]:
		'Give the API key the permission to manage members. If that is not enough, Wix keeps this call to apps: let the member use ‘Forgot password’ on the site.',
	OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN: deleteOwner,
	ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN: activeSubscription,
	ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN: activeSubscription,
	OWNER_MEMBER_BLOCK_FORBIDDEN: 'Make somebody else the owner of the site first.',
	MEMBER_SELF_BLOCK_FORBIDDEN: 'Use an API key of another person.',
	MEMBER_TO_MEMBER_BLOCKED: 'Use an API key: this is refused to site members only.',
	INVALID_CUSTOM_FIELD_URL: 'Give a whole URL, beginning with https://.',
	SLUG_ALREADY_EXISTS: 'Choose another one.',
	[loginTaken]: 'Update or delete that member instead.',
};

/** Wix with what its refusals mean for members. */
export const memberServiceOf = (service: Service): Service => ({
	...service,
	permissions:
		'Check the site ID in the credential, that the API key may use this site and has the permissions to read and manage members, and that the Wix Members Area is installed on the site.',
	meanings: { ...service.meanings, ...meanings },
	remedies: { ...service.remedies, ...remedies },
});

/** For a person, as one text that stays the same from run to run. */
export function explainMember(service: Service, failure: ApiFailure): string {
	return explainMatter(memberServiceOf(service), failure);
}

export function memberError(
	api: Api,
	failure: ApiFailure,
	itemIndex: number,
	subject?: string,
): NodeApiError {
	const service = memberServiceOf(api.service);
	return toNodeApiError(api.caller.getNode(), service, failure, itemIndex, subject);
}

/** Which code a login email in use has is not documented: 400 or 409, `ALREADY_EXISTS` or the like. */
export function refusalOf(failure: ApiFailure): Refusal {
	const code =
		failure.code ?? (failure.status === undefined ? failure.kind : `HTTP_${failure.status}`);
	const otherIds = failure.otherId === undefined ? [] : [failure.otherId];
	const as = (kind: Refusal['kind']): Refusal => ({ kind, code, otherIds });
	if (code === loginLocked || code === loginNotPermitted) return as('refused');
	if (leavesOpen(failure)) return as('unclear');
	if (/already.?exists|duplicate/i.test(code) || failure.status === 409) return as('taken');
	if (subscriptionCodes.includes(code)) return as('later');
	if (/_FORBIDDEN$/.test(code) || failure.status === 428) return as('refused');
	if (saysNotFound(failure)) return as('gone');
	if (failure.status === 403 && failure.enveloped) return as('later');
	if (failure.status === 400 && failure.enveloped) return as('badValue');
	return as('failed');
}
