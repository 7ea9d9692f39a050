import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ApiError, ok, type Answer, type ApiRequest } from '../control/http.mts';
import { bodyOf } from './body.mts';
import { checkEmail } from './contactInput.mts';
import { withPrimaryEmail } from './edit.mts';
import { codedError, plainFailure } from './errors.mts';
import { memberAt } from './memberReads.mts';
import { addressKey, type Member } from './types.mts';
import type { WixStore } from './wixStore.mts';

function refuseBySwitch(status: 200 | 401 | 403 | 404): void {
	if (status === 200) return;
	throw new ApiError(plainFailure(status, 'The caller may not do this.'));
}

const olderStatuses: Record<string, string> = {
	APPROVED: 'ACTIVE',
	PENDING: 'APPLICANT',
	BLOCKED: 'BLOCKED',
	OFFLINE: 'OFFLINE_ONLY',
};

/** `PATCH /api/v1/members/{id}/change-login-email`: the member in the older shape, with other names and statuses. */
function olderShape(member: Member): JsonObject {
	const profile = isJsonObject(member.profile) ? member.profile : {};
	return {
		id: member.id,
		loginEmail: member.loginEmail,
		emailVerified: member.loginEmailVerified ?? false,
		role: 'MEMBER',
		status: olderStatuses[member.status] ?? 'UNDEFINED_STATUS',
		...(profile.nickname ? { nickname: profile.nickname } : {}),
		emails: [member.loginEmail],
		phones: [],
		addresses: [],
		labels: [],
		groups: [],
		customFields: [],
		profilePrivacyStatus: member.privacyStatus ?? 'PRIVATE',
		requireProfileCompletion: false,
		creationDate: member.createdDate,
		lastUpdateDate: member.updatedDate,
	};
}

/** Not documented for API keys: refused unless a switch lets it through. Then the contact's primary address follows. */
export function changeLoginEmail(store: WixStore, request: ApiRequest): Answer {
	const { behaviour } = store;
	refuseBySwitch(behaviour.changeLoginEmail);
	const member = memberAt(store, request);
	if (member.role === 'OWNER' || member.role === 'CONTRIBUTOR') {
		throw new ApiError(plainFailure(403, 'A user of the account keeps the address.'));
	}
	const { newEmail } = bodyOf(request);
	checkEmail('newEmail', newEmail);
	const key = addressKey(newEmail);
	if (store.members.holders(key).some((id) => id !== member.id)) {
		throw codedError(
			behaviour.duplicateStatus,
			behaviour.memberDuplicateCode,
			'Another member signs in with this address.',
		);
	}
	const contact = store.contacts.get(member.contactId);
	if (contact) withPrimaryEmail(store, contact, newEmail ?? null);
	return ok({ member: olderShape(store.saveMember({ ...member, loginEmail: newEmail ?? null })) });
}

/** A link is mailed only to an address that a member signs in with; nothing is mailed here. */
export function sendSetPasswordEmail(store: WixStore, request: ApiRequest): Answer {
	refuseBySwitch(store.behaviour.setPasswordEmail);
	const { email } = bodyOf(request);
	checkEmail('email', email);
	return ok({ accepted: store.members.holders(addressKey(email)).length > 0 });
}
