import type { INodeProperties } from 'n8n-workflow';

import { extendedFieldField } from '../common/dynamic';
import { locator } from '../common/locators';

const exampleMember = '8a1f6c3e-52b7-4a7d-9b0e-6f2d1c3b4a59';

export const memberLocator = locator({
	displayName: 'Member',
	name: 'memberId',
	description: 'The member to work on',
	searchListMethod: 'searchMembers',
	idPlaceholder: exampleMember,
	// Which page of the dashboard shows a member is not documented: the ID is the first one below a page of members.
	url: 'https?://[^/]+/dashboard/[^/]+/[^?#]*members/(?:[\\w-]+/)*?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}).*',
	urlPlaceholder: `https://manage.wix.com/dashboard/1d2c3b4a-5f6e-4789-8a9b-0c1d2e3f4a5b/members/view/${exampleMember}`,
});

export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Full', value: 'full', description: 'Members as Wix shows them' },
		{
			name: 'Simplified',
			value: 'simplified',
			description: 'Ten flat fields: login email, status, names, contact ID, dates',
		},
		{
			name: 'Sync Fields Only',
			value: 'syncFields',
			description: 'Only ID, login email, status, contact ID and names',
		},
	],
	default: 'full',
	description: 'How much of each member to return',
};

export const loginEmailField: INodeProperties = {
	displayName: 'Login Email',
	name: 'loginEmail',
	type: 'string',
	placeholder: 'name@email.com',
	default: '',
	required: true,
	description: 'The address that the member signs in with',
};

const text = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

const addressField: INodeProperties = {
	displayName: 'Addresses',
	name: 'addresses',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Address' },
	placeholder: 'Add Address',
	default: {},
	description: 'All postal addresses of the member: those that are not given here are removed',
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				text('Address Line', 'addressLine'),
				text('Address Line 2', 'addressLine2'),
				text('City', 'city'),
				{ ...text('Country', 'country'), placeholder: 'e.g. US', description: 'Two letters' },
				text('Postal Code', 'postalCode'),
				{ ...text('Subdivision', 'subdivision'), placeholder: 'e.g. US-ME' },
			],
		},
	],
};

const customFields: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
	placeholder: 'Add Field',
	default: {},
	description: 'Only fields that were added to the member profile in the dashboard can be written',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [extendedFieldField('getWritableExtendedFields'), text('Value', 'value')],
		},
	],
};

/** What a person may set on a member; `name` is the field's key in the collections. */
export const memberFields: INodeProperties[] = [
	addressField,
	{ ...text('Birthdate', 'birthdate'), placeholder: 'e.g. 1991-04-23' },
	text('Company', 'company'),
	customFields,
	text('First Name', 'firstName'),
	text('Job Title', 'jobTitle'),
	text('Last Name', 'lastName'),
	{ ...text('Nickname', 'nickname'), description: 'The name that the member’s profile shows' },
	{
		displayName: 'Phones',
		name: 'phones',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Phone' },
		default: [],
		description: 'All phone numbers of the member: those that are not given here are removed',
	},
	{ ...text('Title', 'title'), description: 'What the profile shows below the name' },
];

/** Can be chosen for a new member only: Wix offers no way to change it later. */
export const privacyField: INodeProperties = {
	displayName: 'Privacy Status',
	name: 'privacyStatus',
	type: 'options',
	options: [
		{ name: 'Private', value: 'PRIVATE', description: 'Other members do not see the profile' },
		{ name: 'Public', value: 'PUBLIC', description: 'Everybody sees the profile' },
	],
	default: 'PRIVATE',
};

/** The record path that each plain field of `memberFields` stands for. */
export const pathOfField: Readonly<Record<string, string>> = {
	birthdate: 'contact.birthdate',
	company: 'contact.company',
	firstName: 'contact.firstName',
	jobTitle: 'contact.jobTitle',
	lastName: 'contact.lastName',
	nickname: 'profile.nickname',
	title: 'profile.title',
};
