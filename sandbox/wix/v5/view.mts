import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { present } from '../../../nodes/shared/present';
import { omit } from '../../control/objects.mts';
import {
	extendedFieldsOf,
	itemsOf,
	nameOf,
	primaryOf,
	textsOf,
	type Contact,
	type Member,
} from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { userFields, userFieldsOf } from './userFields.mts';

/** v5 holds so many values beside the main one. */
export const maxAdditional = 10;

/** v5 says OTHER where v4 says UNTAGGED. */
const tagOf = (item: JsonObject): JsonValue =>
	item.tag === undefined || item.tag === 'UNTAGGED' ? 'OTHER' : item.tag;

const filledOr = (parts: JsonObject): JsonObject | undefined =>
	Object.keys(parts).length > 0 ? parts : undefined;

/** The items of a list after its primary one, as many as v5 shows. */
export function additionalItems(items: readonly JsonObject[]): JsonObject[] {
	const primary = primaryOf(items);
	return items.filter((item) => item !== primary).slice(0, maxAdditional);
}

/** A subscription has a date once there is a decision. */
const subscription = (status: JsonValue, contact: Contact): JsonObject => ({
	status,
	...(status === 'NOT_SET' ? {} : { updatedDate: contact.updatedDate }),
});

function mainEmail(contact: Contact): JsonObject | undefined {
	const mirror = contact.primaryEmail;
	if (!isJsonObject(mirror)) return undefined;
	return {
		email: mirror.email ?? '',
		subscriptionStatus: subscription(mirror.subscriptionStatus ?? 'NOT_SET', contact),
		deliverabilityStatus: mirror.deliverabilityStatus ?? 'NOT_SET',
	};
}

const phoneView = (item: JsonObject): JsonObject => ({
	tag: tagOf(item),
	phone: item.phone ?? '',
	...present({ e164: item.e164Phone }),
});

function mainPhone(contact: Contact): JsonObject | undefined {
	const item = primaryOf(itemsOf(contact.info, 'phones'));
	if (!item) return undefined;
	const mirror = isJsonObject(contact.primaryPhone) ? contact.primaryPhone : {};
	return {
		...phoneView(item),
		subscriptionStatus: { status: mirror.subscriptionStatus ?? 'NO_SUBSCRIPTION_STATUS' },
		deliverabilityStatus: item.e164Phone ? 'NOT_SET' : 'NO_PHONE_DELIVERABILITY_STATUS',
	};
}

function addressView(item: JsonObject, parts: JsonObject, isDefault: boolean): JsonObject {
	const address = isJsonObject(item.address) ? item.address : {};
	const { addressLine } = address;
	return {
		id: item.id ?? '',
		tag: tagOf(item),
		address: { ...present({ addressLine1: addressLine }), ...omit(address, 'addressLine') },
		defaultAddress: isDefault,
		...present({ recipient: parts.recipient }),
	};
}

function addressViews(store: WixStore, contact: Contact): JsonObject[] {
	const { addressParts = {} } = store.extras.get(contact.id);
	const items = itemsOf(contact.info, 'addresses');
	const partsOf = (item: JsonObject) => addressParts[String(item.id)] ?? {};
	const chosen = items.find((item) => partsOf(item).defaultAddress === true) ?? items[0];
	return items.map((item) => addressView(item, partsOf(item), item === chosen));
}

/** A member as its contact shows it; v5 says ACTIVE where Members v1 says APPROVED. */
export function memberInfoOf(member: Member): JsonObject {
	const profile = isJsonObject(member.profile) ? member.profile : {};
	return {
		memberId: member.id,
		signupDate: member.createdDate,
		email: member.loginEmail,
		emailVerified: member.loginEmailVerified ?? false,
		status: member.status === 'APPROVED' ? 'ACTIVE' : member.status,
		profileInfo: {
			...present({ nickname: profile.nickname }),
			privacyStatus: member.privacyStatus ?? 'PRIVATE',
			muted: member.activityStatus === 'MUTED',
			reported: false,
		},
		userInfo: { userId: member.id, role: member.role ?? 'MEMBER' },
		...(member.lastLoginDate
			? { sessionInfo: { lastWebLogin: member.lastLoginDate, mobileAppNames: [] } }
			: {}),
	};
}

/** A contact as Contacts v5 answers it: the same record as in v4, in flat form, with a text for a revision. */
export function viewV5(store: WixStore, contact: Contact): JsonObject {
	const { info, source, lastActivity } = contact;
	const { externalId, timeZone, assigneeId, image, tagIds } = store.extras.get(contact.id);
	const member = store.memberOf(contact.id);
	const own = filledOr(userFieldsOf(extendedFieldsOf(info)));
	const appId = isJsonObject(source) ? source.appId : undefined;
	const activity = isJsonObject(lastActivity) ? lastActivity.activityDate : undefined;
	return present({
		id: contact.id,
		revision: String(contact.revision),
		createdDate: contact.createdDate,
		updatedDate: contact.updatedDate,
		externalId,
		name: filledOr(nameOf(info)),
		email: mainEmail(contact),
		additionalEmails: additionalItems(itemsOf(info, 'emails')).map(({ email }) => ({
			email: email ?? '',
		})),
		phone: mainPhone(contact),
		additionalPhones: additionalItems(itemsOf(info, 'phones')).map(phoneView),
		addresses: addressViews(store, contact),
		company: filledOr(present({ name: info.company, jobTitle: info.jobTitle })),
		locale: info.locale,
		birthdate: info.birthdate,
		timeZone,
		assigneeId,
		locationIds: textsOf(info, 'locations'),
		image,
		source: filledOr(present({ appId })),
		lastActivity: filledOr(present({ date: activity })),
		segmentIds: [],
		memberInfo: member && memberInfoOf(member),
		tags: tagIds && tagIds.length > 0 ? { privateTags: { tagIds } } : undefined,
		extendedFields: own && { namespaces: { [userFields]: own } },
	});
}
