import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { sandboxClock } from '../control/clock.mts';
import { ApiError, type Answer, type ApiRequest } from '../control/http.mts';
import { omit } from '../control/objects.mts';
import { throttled } from '../control/throttle.mts';
import { checkEmail } from './contactInput.mts';
import { bodyOf } from './body.mts';
import { codedError, plainFailure, validationError } from './errors.mts';
import { contactPatch } from './memberContact.mts';
import { answerMember, memberAt } from './memberReads.mts';
import { addressKey, itemsOf, type Contact, type ListName } from './types.mts';
import type { WixStore } from './wixStore.mts';

function memberOf(request: ApiRequest): JsonObject {
	const { member } = bodyOf(request);
	if (!isJsonObject(member)) throw validationError('member', 'expected an object', 'TYPE');
	return member;
}

function contactToBe(store: WixStore, loginEmail: string): Contact {
	const free = store.contacts
		.holders(addressKey(loginEmail))
		.find((id) => store.memberOf(id) === undefined);
	const known = free === undefined ? undefined : store.contacts.get(free);
	if (known) return known;
	const info = { emails: { items: [{ email: loginEmail, primary: true }] } };
	return store.createContact(info, { sourceType: 'WIX_SITE_MEMBERS' });
}

/** Wix asks for a second between two creates; a switch holds callers to it. Counted from the last one that was made. */
function keepPace(store: WixStore): void {
	const { behaviour } = store;
	const wait = store.lastMemberCreate + behaviour.memberCreateGapMs - sandboxClock.now();
	if (wait > 0) throw new ApiError(throttled(plainFailure, Math.ceil(wait / 1000), behaviour));
}

/** By a switch a create stands for a visitor who signs up: who does so is told, and sign-up automations run. */
export function createMember(store: WixStore, request: ApiRequest): Answer {
	store.changes.actor = store.behaviour.memberSignUps ? 'member' : 'user';
	try {
		return newMember(store, request);
	} finally {
		store.changes.actor = 'user';
	}
}

/** Creates or links the contact; the login address becomes its primary one. No mail is sent. */
function newMember(store: WixStore, request: ApiRequest): Answer {
	const sent = memberOf(request);
	checkEmail('member.loginEmail', sent.loginEmail);
	keepPace(store);
	const loginEmail = String(sent.loginEmail);
	if (store.members.holders(addressKey(loginEmail)).length > 0) {
		throw codedError(
			store.behaviour.duplicateStatus,
			store.behaviour.memberDuplicateCode,
			'Member already exists.',
		);
	}
	const contact = contactToBe(store, loginEmail);
	store.lastMemberCreate = sandboxClock.now();
	const nickname = loginEmail.split('@')[0] ?? loginEmail;
	const at = new Date().toISOString();
	const member = store.saveMember({
		id: store.mintId(),
		loginEmail,
		loginEmailVerified: false,
		status: store.behaviour.memberCreateStatus,
		contactId: contact.id,
		profile: { nickname, slug: nickname, ...(isJsonObject(sent.profile) ? sent.profile : {}) },
		privacyStatus: sent.privacyStatus ?? 'PRIVATE',
		activityStatus: 'ACTIVE',
		createdDate: at,
		updatedDate: at,
	});
	const items = itemsOf(contact.info, 'emails').map((item) => ({
		...item,
		primary: addressKey(item.email) === addressKey(loginEmail),
	}));
	const details = isJsonObject(sent.contact) ? sent.contact : {};
	const info = contactPatch(store, { ...contact.info, emails: { items } }, details, loginEmail);
	store.changeContact(contact, info);
	return answerMember(store, member);
}

/** Newer types call the addresses of a member immutable, while the documentation has them replaced. */
function heededEmails(store: WixStore, contact: JsonObject): JsonObject {
	const { memberContactEmails } = store.behaviour;
	if (memberContactEmails === 'replaced' || contact.emails === undefined) return contact;
	if (memberContactEmails === 'ignored') return omit(contact, 'emails');
	throw validationError('member.contact.emails', 'is immutable', 'OTHER');
}

/** Partial, without a revision. `loginEmail` is immutable: a sent one is ignored, or refused by a switch. */
export function updateMember(store: WixStore, request: ApiRequest): Answer {
	const member = memberAt(store, request);
	const sent = memberOf(request);
	if (
		store.behaviour.rejectLoginEmail &&
		sent.loginEmail !== undefined &&
		sent.loginEmail !== member.loginEmail
	) {
		throw validationError('member.loginEmail', 'is immutable', 'OTHER');
	}
	const contact = store.contacts.get(member.contactId);
	if (contact && isJsonObject(sent.contact)) {
		const parts = heededEmails(store, sent.contact);
		store.changeContact(contact, contactPatch(store, contact.info, parts, member.loginEmail));
	}
	const profile = isJsonObject(sent.profile) ? sent.profile : {};
	const known = isJsonObject(member.profile) ? member.profile : {};
	const { nickname, title, photo, cover } = profile;
	const parts = Object.entries({ nickname, title, photo, cover }).filter(
		(entry): entry is [string, JsonValue] => entry[1] !== undefined,
	);
	return answerMember(
		store,
		store.saveMember({ ...member, profile: { ...known, ...Object.fromEntries(parts) } }),
	);
}

/** `DELETE /{id}/phones|emails|addresses`; clearing the emails leaves the login address. */
export function clearList(name: ListName): (store: WixStore, request: ApiRequest) => Answer {
	return (store, request) => {
		const member = memberAt(store, request);
		const contact = store.contacts.get(member.contactId);
		if (contact) {
			const kept =
				name === 'emails' ? itemsOf(contact.info, name).filter((item) => item.primary) : [];
			store.changeContact(contact, { ...contact.info, [name]: { items: kept } });
		}
		return answerMember(store, member);
	};
}
