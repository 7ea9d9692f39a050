import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { isJsonObject } from '../../../shared/paths';
import { extendedValue } from '../../records/extendedFields';
import { isoTime, textOf, textsOf } from '../../../shared/texts';
import { addCondition } from '../../transport/filters';
import { filterFields } from './filterFields';

type Kind =
	| 'startsWith'
	| 'text'
	| 'in'
	| 'any'
	| 'all'
	| 'exists'
	| 'from'
	| 'before'
	| 'day'
	| 'dayBefore'
	| 'address';

/** Wix's name of the field behind each filter, and how it is asked for; wrappers such as `items` vanish from the names there. */
const filterTable: Readonly<Record<string, [field: string, kind: Kind]>> = {
	activityAfter: ['lastActivity.activityDate', 'from'],
	activityBefore: ['lastActivity.activityDate', 'before'],
	birthdateFrom: ['info.birthdate', 'day'],
	birthdateTo: ['info.birthdate', 'dayBefore'],
	city: ['info.addresses.city', 'startsWith'],
	company: ['info.company', 'startsWith'],
	country: ['info.addresses.country', 'in'],
	createdAfter: ['createdDate', 'from'],
	createdBefore: ['createdDate', 'before'],
	deliverability: ['primaryEmail.deliverabilityStatus', 'in'],
	e164Phone: ['info.phones.e164Phone', 'text'],
	email: ['info.emails.email', 'address'],
	emailStart: ['primaryInfo.email', 'startsWith'],
	firstName: ['info.name.first', 'startsWith'],
	hasEmail: ['primaryInfo.email', 'exists'],
	hasPhone: ['primaryInfo.phone', 'exists'],
	ids: ['id', 'in'],
	jobTitle: ['info.jobTitle', 'startsWith'],
	label: ['info.labelKeys', 'all'],
	labelsAll: ['info.labelKeys', 'all'],
	labelsAny: ['info.labelKeys', 'any'],
	lastName: ['info.name.last', 'startsWith'],
	locale: ['info.locale', 'in'],
	locations: ['info.locations', 'any'],
	membership: ['info.extendedFields.members.membershipStatus', 'in'],
	phone: ['info.phones.phone', 'text'],
	smsSubscription: ['primaryPhone.subscriptionStatus', 'in'],
	street: ['info.addresses.street', 'startsWith'],
	subdivision: ['info.addresses.subdivision', 'in'],
	subscription: ['primaryEmail.subscriptionStatus', 'in'],
	updatedAfter: ['updatedDate', 'from'],
	updatedBefore: ['updatedDate', 'before'],
};

const labelOf = (name: string): string =>
	filterFields.find((field) => field.name === name)?.displayName ?? name;

function dayIn(
	context: IExecuteFunctions,
	value: unknown,
	label: string,
	itemIndex: number,
): string {
	const text = textOf(value);
	if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10);
	throw new NodeOperationError(context.getNode(), `The filter '${label}' is no date`, {
		itemIndex,
		description: 'Give a day such as 1991-04-23.',
	});
}

/** What a filter asks of its field; undefined when it was left empty. */
function conditionOf(
	context: IExecuteFunctions,
	name: string,
	kind: Kind,
	value: unknown,
	itemIndex: number,
): IDataObject | undefined {
	if (kind === 'exists') return typeof value === 'boolean' ? { $exists: value } : undefined;
	const texts = textsOf(value);
	if (texts.length === 0) return undefined;
	const time = () => isoTime(context, value, labelOf(name), itemIndex);
	const day = () => dayIn(context, value, labelOf(name), itemIndex);
	const text = textOf(value);
	switch (kind) {
		case 'startsWith':
			return { $startsWith: text };
		case 'text':
			return { $eq: text };
		case 'address':
			// Whether `$eq` heeds case is not documented: ask for both spellings.
			return { $in: [...new Set([text, text.toLowerCase()])] };
		case 'in':
			return { $in: texts };
		case 'any':
			return { $hasSome: texts };
		case 'all':
			return { $hasAll: texts };
		case 'from':
			return { $gte: time() };
		case 'before':
			return { $lt: time() };
		case 'day':
			return { $gte: day() };
		case 'dayBefore':
			return { $lt: day() };
	}
}

/** Conditions on extended fields; a second one with the same comparison of the same field stands in a list of its own. */
async function addExtended(
	api: Api,
	filter: IDataObject,
	rows: readonly unknown[],
	itemIndex: number,
): Promise<void> {
	const further: IDataObject[] = [];
	for (const row of rows) {
		if (!isJsonObject(row) || textOf(row.key) === '') continue;
		const { value } = await extendedValue(api, textOf(row.key), row.value, itemIndex);
		const field = `info.extendedFields.${textOf(row.key)}`;
		const operator = textOf(row.operator) || '$eq';
		const present = filter[field];
		const isTaken = isJsonObject(present) && present[operator] !== undefined;
		if (isTaken) further.push({ [field]: { [operator]: value } });
		else addCondition(filter, field, { [operator]: value });
	}
	if (further.length > 0) filter.$and = further;
}

/** The filters of Get Many in Wix's query language. Those left empty are left out; extended fields are looked up in the site. */
export async function filterFrom(
	context: IExecuteFunctions,
	api: Api,
	filters: IDataObject,
	itemIndex: number,
): Promise<IDataObject> {
	const filter: IDataObject = {};
	for (const [name, [field, kind]] of Object.entries(filterTable)) {
		const condition = conditionOf(context, name, kind, filters[name], itemIndex);
		if (condition !== undefined) addCondition(filter, field, condition);
	}
	const { extendedFields } = filters;
	const rows = isJsonObject(extendedFields) ? extendedFields.item : undefined;
	if (Array.isArray(rows)) await addExtended(api, filter, rows, itemIndex);
	return filter;
}
