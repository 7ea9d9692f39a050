import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { bodyOf } from './body.mts';
import { answerBulk, type ItemResult } from './bulk.mts';
import { applicationError, memberNotFound, validationError } from './errors.mts';
import { answerMember, memberAt } from './memberReads.mts';
import type { StoreHandler } from './storeRoute.mts';
import type { Member } from './types.mts';
import type { WixStore } from './wixStore.mts';

const longestSlug = 255;

/** The contact tells its member's status, so it changes with it. */
export function saveStatus(store: WixStore, member: Member): Member {
	const saved = store.saveMember(member);
	const contact = store.contacts.get(saved.contactId);
	if (contact) store.changeContact(contact, contact.info);
	return saved;
}

function refuseBlock(member: Member): void {
	const refuse = (code: string, message: string) => applicationError(428, code, message);
	if (member.role === 'OWNER') {
		throw refuse('OWNER_MEMBER_BLOCK_FORBIDDEN', 'The owner of the site cannot be blocked.');
	}
	if (member.activeSubscription === true) {
		throw refuse(
			'ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN',
			'A member with an active subscription cannot be blocked.',
		);
	}
}

/** What each call makes of a member. Approve unblocks, too; a disconnected member stays so. */
const changes: Record<string, (member: Member) => Member> = {
	approve: (member) => {
		if (member.status === 'OFFLINE') {
			throw applicationError(428, 'FAILED_PRECONDITION', 'The member is disconnected.');
		}
		return { ...member, status: 'APPROVED' };
	},
	block: (member) => {
		refuseBlock(member);
		return { ...member, status: 'BLOCKED' };
	},
	disconnect: (member) => ({ ...member, status: 'OFFLINE' }),
	mute: (member) => ({ ...member, activityStatus: 'MUTED' }),
	unmute: (member) => ({ ...member, activityStatus: 'ACTIVE' }),
};

export const statusCalls = Object.keys(changes);

/** `POST /{id}/approve` and its like. A member that is so already is left as it is. */
export const changeStatus =
	(call: string): StoreHandler =>
	(store, request) => {
		const member = memberAt(store, request);
		const changed = changes[call]?.(member) ?? member;
		const isSame =
			changed.status === member.status && changed.activityStatus === member.activityStatus;
		return answerMember(store, isSame ? member : saveStatus(store, changed));
	};

export function changeSlug(store: WixStore, request: ApiRequest): Answer {
	const member = memberAt(store, request);
	const { slug } = bodyOf(request);
	if (typeof slug !== 'string' || slug === '' || slug.length > longestSlug) {
		throw validationError('slug', `must have 1 to ${longestSlug} characters`, 'MAX_LENGTH');
	}
	const slugOf = ({ profile }: Member) => (isJsonObject(profile) ? profile.slug : undefined);
	const isTaken = [...store.members.all()].some(
		(other) => other.id !== member.id && slugOf(other) === slug,
	);
	if (isTaken) {
		throw applicationError(409, 'SLUG_ALREADY_EXISTS', 'This slug is taken.', { slug });
	}
	const profile: JsonObject = isJsonObject(member.profile) ? member.profile : {};
	return answerMember(store, store.saveMember({ ...member, profile: { ...profile, slug } }));
}

/** Throws where a member may not be deleted: users of the account, and who pays for a subscription. */
export function refuseMemberDelete(member: Member): void {
	const refuse = (ruleName: string, description: string) =>
		validationError('id', description, 'OTHER', {}, ruleName);
	if (member.role === 'OWNER' || member.role === 'CONTRIBUTOR') {
		throw refuse(
			'OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN',
			'is the owner or a contributor of the site',
		);
	}
	if (member.activeSubscription === true) {
		throw refuse('ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN', 'has an active subscription');
	}
}

export function deleteMember(store: WixStore, request: ApiRequest): Answer {
	const member = memberAt(store, request);
	refuseMemberDelete(member);
	store.removeMember(member);
	return ok({});
}

export function bulkDeleteMembers(store: WixStore, request: ApiRequest): Answer {
	const work = (id: JsonValue): ItemResult => {
		const member = store.members.get(String(id));
		if (!member) throw memberNotFound();
		refuseMemberDelete(member);
		store.removeMember(member);
		return { id: member.id };
	};
	const items = bodyOf(request).memberIds;
	return answerBulk(store, { field: 'memberIds', items, idOf: String, work });
}
