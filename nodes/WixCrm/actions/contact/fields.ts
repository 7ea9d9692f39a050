import type { INodeProperties } from 'n8n-workflow';

import { extendedFieldField, labelsField } from '../common/dynamic';

export { contactLocator } from '../common/locators';

/** The parts of a contact that can be asked for by name. */
const parts: Array<[string, string]> = [
	['Addresses', 'info.addresses'],
	['Birthdate', 'info.birthdate'],
	['Company', 'info.company'],
	['Created Date', 'createdDate'],
	['Emails', 'info.emails'],
	['Extended Fields', 'info.extendedFields'],
	['Job Title', 'info.jobTitle'],
	['Labels', 'info.labelKeys'],
	['Last Activity', 'lastActivity'],
	['Locale', 'info.locale'],
	['Locations', 'info.locations'],
	['Name', 'info.name'],
	['Phones', 'info.phones'],
	['Primary Email and Its Subscription', 'primaryEmail'],
	['Primary Email and Phone', 'primaryInfo'],
	['Primary Phone and Its Subscription', 'primaryPhone'],
	['Source', 'source'],
	['Updated Date', 'updatedDate'],
];

export const outputFields: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Full', value: 'full', description: 'Contacts as Wix shows them' },
			{
				name: 'Selected Fields',
				value: 'selected',
				description: 'ID, revision and the fields that you choose',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'Ten flat fields: names, primary address and number, company, labels, dates',
			},
			{
				name: 'Sync Fields Only',
				value: 'syncFields',
				description: 'Only ID, revision, name, addresses and what tells a member’s contact',
			},
		],
		default: 'full',
		description: 'How much of each contact to return',
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: parts.map(([name, value]) => ({ name, value })),
		default: ['info.name', 'primaryInfo'],
		description: 'What to return of each contact, beside its ID and revision',
		displayOptions: { show: { output: ['selected'] } },
	},
];

const tagField = (tags: Array<[string, string]>): INodeProperties => ({
	displayName: 'Tag',
	name: 'tag',
	type: 'options',
	options: tags.map(([name, value]) => ({ name, value })),
	default: 'UNTAGGED',
});

const text = (
	displayName: string,
	name: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...more,
});

function listField(
	displayName: string,
	name: string,
	one: string,
	values: INodeProperties[],
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: `Add ${one}`,
		default: {},
		description,
		options: [{ displayName: one, name: 'item', values }],
	};
}

/** What a person may set on a contact; `name` is the field's key in the collections below. */
export const contactFields: INodeProperties[] = [
	listField(
		'Additional Emails',
		'additionalEmails',
		'Email',
		[
			text('Email', 'email', { placeholder: 'name@email.com' }),
			tagField([
				['Home', 'HOME'],
				['Main', 'MAIN'],
				['None', 'UNTAGGED'],
				['Work', 'WORK'],
			]),
		],
		'Addresses beside the primary one. Those that the contact has already stay.',
	),
	listField(
		'Additional Phones',
		'additionalPhones',
		'Phone',
		[
			text('Country Code', 'countryCode', { placeholder: 'e.g. SE' }),
			text('Phone', 'phone'),
			tagField([
				['Fax', 'FAX'],
				['Home', 'HOME'],
				['Main', 'MAIN'],
				['Mobile', 'MOBILE'],
				['None', 'UNTAGGED'],
				['Work', 'WORK'],
			]),
		],
		'Numbers beside the primary one. Those that the contact has already stay.',
	),
	listField(
		'Addresses',
		'addresses',
		'Address',
		[
			text('Address Line', 'addressLine', { placeholder: 'e.g. 12 Harbour Street' }),
			text('Address Line 2', 'addressLine2'),
			text('City', 'city'),
			text('Country', 'country', {
				placeholder: 'e.g. US',
				description: 'Two letters, as in ISO 3166',
			}),
			text('Postal Code', 'postalCode'),
			text('Subdivision', 'subdivision', {
				placeholder: 'e.g. US-ME',
				description: 'State, region or county as in ISO 3166-2, with the country before it',
			}),
			tagField([
				['Billing', 'BILLING'],
				['Home', 'HOME'],
				['None', 'UNTAGGED'],
				['Shipping', 'SHIPPING'],
				['Work', 'WORK'],
			]),
		],
		'Postal addresses to add. Those that the contact has already stay.',
	),
	text('Birthdate', 'birthdate', { placeholder: 'e.g. 1991-04-23' }),
	text('Company', 'company'),
	text('Email', 'email', {
		placeholder: 'name@email.com',
		description: 'The primary address. Other addresses of the contact stay.',
	}),
	listField(
		'Extended Fields',
		'extendedFields',
		'Field',
		[
			extendedFieldField('getWritableExtendedFields'),
			text('Value', 'value', {
				description: 'A date is written as 2026-05-30. An empty value clears the field.',
			}),
		],
		'The site’s own fields. Those that are not given stay as they are.',
	),
	text('First Name', 'firstName'),
	text('Job Title', 'jobTitle'),
	text('Last Name', 'lastName'),
	text('Locale', 'locale', { placeholder: 'e.g. en-us' }),
	text('Phone', 'phone', {
		description: 'The primary phone number. Other numbers of the contact stay.',
	}),
];

/** The record path that each plain field of `contactFields` stands for. */
export const pathOfField: Readonly<Record<string, string>> = {
	birthdate: 'info.birthdate',
	company: 'info.company',
	email: 'primaryInfo.email',
	firstName: 'info.name.first',
	jobTitle: 'info.jobTitle',
	lastName: 'info.name.last',
	locale: 'info.locale',
	phone: 'primaryInfo.phone',
};

/** What an update can clear, each by its record path. */
export const clearable = [
	{ name: 'Birthdate', value: 'info.birthdate' },
	{ name: 'Company', value: 'info.company' },
	{ name: 'First Name', value: 'info.name.first' },
	{ name: 'Job Title', value: 'info.jobTitle' },
	{ name: 'Last Name', value: 'info.name.last' },
	{ name: 'Locale', value: 'info.locale' },
	{ name: 'Phones (All)', value: 'info.phones' },
	{ name: 'Postal Addresses (All)', value: 'info.addresses' },
];

export const clearFieldsField: INodeProperties = {
	displayName: 'Clear Fields',
	name: 'clearFields',
	type: 'multiOptions',
	options: clearable,
	default: [],
	description: 'Fields to empty. A field that is only left empty in this form stays as it is.',
};

export const allowDuplicatesField: INodeProperties = {
	displayName: 'Allow Duplicates',
	name: 'allowDuplicates',
	type: 'boolean',
	default: false,
	description: 'Whether to let the address be one that another contact holds already',
};

/** `fields` with one more, in the order of their labels. */
export const inLabelOrder = (fields: INodeProperties[]): INodeProperties[] =>
	[...fields].sort((left, right) => (left.displayName < right.displayName ? -1 : 1));

export const newContactFields = inLabelOrder([
	...contactFields,
	labelsField('labelKeys', 'Label', 'Labels for a contact that is created'),
]);
