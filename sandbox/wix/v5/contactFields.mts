import type { JsonValue } from '../../../nodes/shared/contract/index';
import { parsePath, valueAt } from '../../../nodes/shared/paths';
import type { FieldSpec, FieldTable, Operator } from '../filters.mts';
import { itemsOf, primaryOf, textsOf, type Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { memberInfoOf } from './view.mts';

type Spec = FieldSpec<Contact>;
type Values = (store: WixStore, contact: Contact) => (JsonValue | undefined)[];

const range: Operator[] = ['$eq', '$gt', '$gte', '$lt', '$lte'];
const searchRange: Operator[] = [...range, '$ne'];
const exact: Operator[] = ['$eq', '$in', '$exists'];
const free: Operator[] = [...exact, '$ne', '$nin', '$startsWith'];
const choice: Operator[] = [...exact, '$ne', '$nin'];
const list: Operator[] = ['$hasSome', '$hasAll', '$exists', '$isEmpty'];

const at =
	(path: string): Values =>
	(_store, contact) => [valueAt(contact, parsePath(path) ?? [])];
const inMember =
	(path: string): Values =>
	(store, contact) => {
		const member = store.memberOf(contact.id);
		return member ? [valueAt(memberInfoOf(member), parsePath(path) ?? [])] : [];
	};
const email: Values = (_store, { info }) => [primaryOf(itemsOf(info, 'emails'))?.email];
const phone: Values = (_store, { info }) => [primaryOf(itemsOf(info, 'phones'))?.phone];
const externalId: Values = (store, { id }) => [store.extras.get(id).externalId];

interface Entry {
	values: Values;
	kind?: Spec['kind'];
	/** What Query takes; absent where only Search knows the field. */
	query?: Operator[];
	search: Operator[];
	sorts?: boolean;
}

/** Contacts v5, "supported filters": each field with its operators in Query and in Search. */
const entries: Record<string, Entry> = {
	id: { values: at('id'), query: ['$eq', '$in'], search: choice },
	createdDate: {
		values: at('createdDate'),
		kind: 'date',
		query: range,
		search: searchRange,
		sorts: true,
	},
	updatedDate: {
		values: at('updatedDate'),
		kind: 'date',
		query: range,
		search: searchRange,
		sorts: true,
	},
	'lastActivity.date': {
		values: at('lastActivity.activityDate'),
		kind: 'date',
		search: searchRange,
		sorts: true,
	},
	'memberInfo.signupDate': {
		values: inMember('signupDate'),
		kind: 'date',
		search: searchRange,
		sorts: true,
	},
	'email.email': { values: email, kind: 'email', query: exact, search: free, sorts: true },
	'phone.phone': { values: phone, query: exact, search: free, sorts: true },
	externalId: { values: externalId, query: exact, search: choice },
	'name.first': { values: at('info.name.first'), search: free, sorts: true },
	'name.last': { values: at('info.name.last'), search: free, sorts: true },
	'company.name': { values: at('info.company'), search: free, sorts: true },
	'company.jobTitle': { values: at('info.jobTitle'), search: free, sorts: true },
	'memberInfo.email': { values: inMember('email'), kind: 'email', search: free, sorts: true },
	'memberInfo.profileInfo.nickname': {
		values: inMember('profileInfo.nickname'),
		search: free,
		sorts: true,
	},
	'memberInfo.memberId': { values: inMember('memberId'), search: choice },
	'memberInfo.status': { values: inMember('status'), search: choice, sorts: true },
	'memberInfo.userInfo.role': { values: inMember('userInfo.role'), search: choice, sorts: true },
	assigneeId: { values: (store, { id }) => [store.extras.get(id).assigneeId], search: choice },
	timeZone: { values: (store, { id }) => [store.extras.get(id).timeZone], search: choice },
	'source.appId': { values: at('source.appId'), search: choice },
	'tags.privateTags.tagIds': {
		values: (store, { id }) => store.extras.get(id).tagIds ?? [],
		search: list,
	},
	locationIds: { values: (_store, { info }) => textsOf(info, 'locations'), search: list },
};

const present = (value: JsonValue | undefined): value is JsonValue =>
	value !== undefined && value !== null && value !== '';

/** The fields by which this kind of call can filter and sort. Query sorts by the two dates alone. */
export function contactFieldsV5(store: WixStore, call: 'query' | 'search'): FieldTable<Contact> {
	return (name) => {
		const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
		const operators = entry?.[call];
		if (!entry || !operators) return undefined;
		const isDate = entry.kind === 'date';
		return {
			kind: entry.kind ?? 'text',
			operators,
			sortable: entry.sorts === true && (call === 'search' || isDate),
			values: (contact) => entry.values(store, contact).filter(present),
		};
	};
}

/** What free text is looked for in, by default. */
const freeText: Record<string, Values> = {
	'name.full': (_store, { info }) => {
		const name = valueAt(info, ['name']);
		const part = (key: string) => (name === undefined ? undefined : valueAt(info, ['name', key]));
		return [[part('first'), part('last')].filter(present).join(' ')];
	},
	'email.email': email,
	'phone.phone': phone,
	'company.name': at('info.company'),
	'company.jobTitle': at('info.jobTitle'),
	'memberInfo.email': inMember('email'),
	'memberInfo.profileInfo.nickname': inMember('profileInfo.nickname'),
};

export const freeTextFields = Object.keys(freeText);

/** Whether one of the fields holds the text, in any case. */
export function holdsText(
	store: WixStore,
	contact: Contact,
	text: string,
	fields: string[],
): boolean {
	const wanted = text.toLowerCase();
	return fields.some((field) =>
		freeText[field]?.(store, contact).some((value) =>
			String(value ?? '')
				.toLowerCase()
				.includes(wanted),
		),
	);
}
