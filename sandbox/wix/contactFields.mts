import type { JsonValue } from '../../nodes/shared/contract/index';
import { parsePath, valueAt } from '../../nodes/shared/paths';
import type { Catalog } from './catalog.mts';
import type { FieldSpec, FieldTable, Operator } from './filters.mts';
import { extendedFieldsOf, itemsOf, textsOf, type Contact, type ListName } from './types.mts';

type Spec = FieldSpec<Contact>;

const textOperators: Operator[] = ['$eq', '$ne', '$in', '$exists', '$startsWith'];
const idOperators: Operator[] = ['$eq', '$ne', '$in', '$exists'];
const choiceOperators: Operator[] = ['$eq', '$ne', '$in', '$nin'];
const rangeOperators: Operator[] = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'];
const listOperators: Operator[] = ['$hasSome', '$hasAll'];

const present = (value: JsonValue | undefined): JsonValue[] =>
	value === undefined || value === null || value === '' ? [] : [value];

function at(path: string): Spec['values'] {
	const segments = parsePath(path) ?? [];
	return (contact) => present(valueAt(contact, segments));
}

function inItems(name: ListName, path: string): Spec['values'] {
	const segments = parsePath(path) ?? [];
	return (contact) =>
		itemsOf(contact.info, name).flatMap((item) => present(valueAt(item, segments)));
}

const spec = (
	operators: Operator[],
	sortable: boolean,
	values: Spec['values'],
	kind: Spec['kind'] = 'text',
	oneOf?: string[],
): Spec => ({ kind, operators, sortable, values, ...(oneOf ? { oneOf } : {}) });

const extended = (key: string): Spec['values'] => {
	return (contact) => present(extendedFieldsOf(contact.info)[key]);
};

/** Contacts v4, "sort, filter and search": each field with its operators and whether it sorts. */
const fields: Record<string, Spec> = {
	id: spec(idOperators, false, at('id')),
	'info.locale': spec(idOperators, false, at('info.locale')),
	createdDate: spec(rangeOperators, true, at('createdDate'), 'date'),
	updatedDate: spec(rangeOperators, false, at('updatedDate'), 'date'),
	'lastActivity.activityDate': spec(rangeOperators, true, at('lastActivity.activityDate'), 'date'),
	'info.birthdate': spec(rangeOperators, true, at('info.birthdate'), 'date'),
	'primaryInfo.email': spec(textOperators, true, at('primaryInfo.email'), 'email'),
	'primaryEmail.email': spec(textOperators, true, at('primaryEmail.email'), 'email'),
	'primaryInfo.phone': spec(textOperators, false, at('primaryInfo.phone')),
	'primaryPhone.phone': spec(textOperators, false, at('primaryPhone.phone')),
	'primaryPhone.e164Phone': spec(textOperators, false, at('primaryPhone.e164Phone')),
	'primaryPhone.formattedPhone': spec(textOperators, true, at('primaryPhone.formattedPhone')),
	'primaryPhone.countryCode': spec(textOperators, true, at('primaryPhone.countryCode')),
	'primaryEmail.subscriptionStatus': spec(
		choiceOperators,
		false,
		at('primaryEmail.subscriptionStatus'),
	),
	'primaryEmail.deliverabilityStatus': spec(
		choiceOperators,
		false,
		at('primaryEmail.deliverabilityStatus'),
	),
	'primaryPhone.subscriptionStatus': spec(
		choiceOperators,
		false,
		at('primaryPhone.subscriptionStatus'),
	),
	'info.name.first': spec(textOperators, true, at('info.name.first')),
	'info.name.last': spec(textOperators, true, at('info.name.last')),
	'info.company': spec(textOperators, true, at('info.company')),
	'info.jobTitle': spec(textOperators, true, at('info.jobTitle')),
	'info.emails.email': spec(textOperators, false, inItems('emails', 'email'), 'email'),
	'info.phones.phone': spec(textOperators, false, inItems('phones', 'phone')),
	'info.phones.e164Phone': spec(textOperators, false, inItems('phones', 'e164Phone')),
	'info.addresses.street': spec(textOperators, false, inItems('addresses', 'address.addressLine')),
	'info.addresses.city': spec(textOperators, false, inItems('addresses', 'address.city')),
	'info.addresses.subdivision': spec(
		idOperators,
		false,
		inItems('addresses', 'address.subdivision'),
	),
	'info.addresses.country': spec(idOperators, false, inItems('addresses', 'address.country')),
	'info.labelKeys': spec(listOperators, false, (contact) => textsOf(contact.info, 'labelKeys')),
	'info.locations': spec(listOperators, false, (contact) => textsOf(contact.info, 'locations')),
	'info.extendedFields.members.membershipStatus': spec(
		choiceOperators,
		false,
		extended('members.membershipStatus'),
		'text',
		['APPROVED', 'DENIED', 'PENDING', 'INACTIVE'],
	),
	'info.extendedFields.emailSubscriptions.subscriptionStatus': spec(
		choiceOperators,
		false,
		extended('emailSubscriptions.subscriptionStatus'),
	),
	'info.extendedFields.emailSubscriptions.deliverabilityStatus': spec(
		choiceOperators,
		false,
		extended('emailSubscriptions.deliverabilityStatus'),
	),
	'info.extendedFields.emailSubscriptions.effectiveEmail': spec(
		['$exists'],
		true,
		extended('emailSubscriptions.effectiveEmail'),
	),
};

const customPrefix = 'info.extendedFields.';
const customText: Operator[] = ['$eq', '$ne', '$in', '$startsWith'];

/** The filterable fields of this site's contacts: the fixed ones and its own extended fields. */
export function contactFields(catalog: Catalog): FieldTable<Contact> {
	return (name) => {
		if (Object.hasOwn(fields, name)) return fields[name];
		if (!name.startsWith(`${customPrefix}custom.`)) return undefined;
		const key = name.slice(customPrefix.length);
		const dataType = catalog.fields.get(key)?.dataType;
		if (dataType === 'NUMBER') return spec(rangeOperators, true, extended(key), 'number');
		if (dataType === 'DATE') return spec(rangeOperators, true, extended(key), 'date');
		return dataType ? spec(customText, true, extended(key)) : undefined;
	};
}
