import type { INodeProperties } from 'n8n-workflow';

const listingOptions = [
	{
		name: 'All Records',
		value: 'all',
		description:
			'The input lists everybody: missing records are looked up, new pairs are linked, missing ones may be created',
	},
	{
		name: 'Only Changed Records',
		value: 'changed',
		description:
			'The input lists some records: only pairs that are linked already are kept in sync',
	},
];

/** Which rules apply, and whether each input lists everybody. */
export const flowParameters: INodeProperties[] = [
	{
		displayName: 'Rules',
		name: 'preset',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Wix Contacts and Users',
				value: 'contactsAndUsers',
				description:
					'Link when primaryInfo.email equals profile.email.email. Then keep both the same, wherever the address is edited.',
			},
		],
		default: 'contactsAndUsers',
		description: 'Who is linked to whom, and which fields are kept the same on both sides',
	},
	{
		displayName: 'Wix Input Has',
		name: 'wixListing',
		type: 'options',
		options: listingOptions,
		default: 'all',
		description:
			'Whether the Wix input lists everybody. Set Always Output Data on the node that reads it, so that an empty site is told from one that was not read.',
	},
	{
		displayName: 'Users Input Has',
		name: 'usersListing',
		type: 'options',
		options: listingOptions,
		default: 'all',
		description:
			'Whether the Users input lists everybody. Set Always Output Data on the node that reads it, so that an empty system is told from one that was not read.',
	},
];
