import type { INodeProperties } from 'n8n-workflow';

import { sortOrderField } from '../common/fields';
import { outputField } from './fields';
import { returnAllFields } from '../../../shared/parameters/returnAll';

const startsWith = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

export const getAllDescription: INodeProperties[] = [
	...returnAllFields,
	outputField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Contact ID',
				name: 'contactId',
				type: 'string',
				default: '',
				description: 'Only the member that this contact belongs to',
			},
			startsWith('First Name Starts With', 'firstName'),
			startsWith('Last Name Starts With', 'lastName'),
			{
				displayName: 'Login Email',
				name: 'loginEmail',
				type: 'string',
				placeholder: 'name@email.com',
				default: '',
				description: 'Only the member who signs in with this address',
			},
			startsWith('Nickname Starts With', 'nickname'),
			{
				displayName: 'Privacy Status',
				name: 'privacyStatus',
				type: 'options',
				options: [
					{ name: 'Private', value: 'PRIVATE' },
					{ name: 'Public', value: 'PUBLIC' },
				],
				default: 'PUBLIC',
				description: 'Only members whose profile is private, or public',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				description: 'Only members with this text in the login email, a name or the nickname',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'multiOptions',
				options: [
					{ name: 'Approved', value: 'APPROVED' },
					{ name: 'Blocked', value: 'BLOCKED' },
					{ name: 'Offline', value: 'OFFLINE', description: 'Disconnected from the site' },
					{ name: 'Pending', value: 'PENDING', description: 'Waits for approval' },
				],
				default: [],
				description: 'Only members in one of these states',
			},
		],
	},
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'collection',
		placeholder: 'Add Sort',
		default: {},
		description: 'Oldest first when nothing is chosen',
		options: [
			sortOrderField,
			{
				displayName: 'Field',
				name: 'fieldName',
				type: 'options',
				options: [
					{ name: 'Created', value: 'createdDate' },
					{ name: 'First Name', value: 'contact.firstName' },
					{ name: 'Last Login', value: 'lastLoginDate' },
					{ name: 'Last Name', value: 'contact.lastName' },
					{ name: 'Nickname', value: 'profile.nickname' },
					{
						name: 'Updated',
						value: 'updatedDate',
						description: 'Only in the newest descriptions of this API: a site may refuse it',
					},
				],
				default: 'createdDate',
			},
		],
	},
];
