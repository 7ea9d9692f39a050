import type { INodeProperties } from 'n8n-workflow';

export const contactLocator: INodeProperties = {
	displayName: 'Contact',
	name: 'contactId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The contact to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchContacts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 4f0c7a52-9d1e-4b7a-8a53-1c2d3e4f5a61',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*[\\w-]+\\s*$',
						errorMessage: 'This is no contact ID',
					},
				},
			],
		},
	],
};

export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Full', value: 'full', description: 'Contacts as Wix shows them' },
		{
			name: 'Sync Fields Only',
			value: 'syncFields',
			description: 'Only ID, revision, name, addresses and what tells a member’s contact',
		},
	],
	default: 'full',
	description: 'How much of each contact to return',
};

/** What a person may set on a contact; `name` is the field's key in the collections below. */
export const contactFields: INodeProperties[] = [
	{
		displayName: 'Birthdate',
		name: 'birthdate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1991-04-23',
	},
	{ displayName: 'Company', name: 'company', type: 'string', default: '' },
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		description: 'The primary address. Other addresses of the contact stay.',
	},
	{ displayName: 'First Name', name: 'firstName', type: 'string', default: '' },
	{ displayName: 'Job Title', name: 'jobTitle', type: 'string', default: '' },
	{ displayName: 'Last Name', name: 'lastName', type: 'string', default: '' },
	{
		displayName: 'Locale',
		name: 'locale',
		type: 'string',
		default: '',
		placeholder: 'e.g. en-us',
	},
	{
		displayName: 'Phone',
		name: 'phone',
		type: 'string',
		default: '',
		description: 'The primary phone number. Other numbers of the contact stay.',
	},
];

/** The record path that each field of `contactFields` stands for. */
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

export const allowDuplicatesField: INodeProperties = {
	displayName: 'Allow Duplicates',
	name: 'allowDuplicates',
	type: 'boolean',
	default: false,
	description: 'Whether to let the address be one that another contact holds already',
};
