import type { INodeProperties } from 'n8n-workflow';
import { contactsAndUsers, membersAndUsers } from '../engine/index';
import { rulesAsHtml, rulesInShort } from '../describeRules';
import { customRuleParameters } from './customRules';

const listingOptions = [
	{
		name: 'All Records',
		value: 'all',
		description:
			'Everybody is there: new pairs are linked, missing ones may be created, gone ones are looked up',
	},
	{
		name: 'Only Changed Records',
		value: 'changed',
		description: 'Some may be missing: only pairs that are linked already are kept in sync',
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
				description: rulesInShort(contactsAndUsers),
			},
			{
				name: 'Wix Members and Users',
				value: 'membersAndUsers',
				description: rulesInShort(membersAndUsers),
			},
			{
				name: 'Custom',
				value: 'custom',
				description: 'Rules of your own, for any fields that the two sides have',
			},
		],
		default: 'contactsAndUsers',
		description: 'Who is linked to whom, and which fields are kept the same on both sides',
	},
	{
		displayName: rulesAsHtml(contactsAndUsers),
		name: 'contactsAndUsersRules',
		type: 'notice',
		default: '',
		displayOptions: { show: { preset: ['contactsAndUsers'] } },
	},
	{
		displayName: rulesAsHtml(membersAndUsers),
		name: 'membersAndUsersRules',
		type: 'notice',
		default: '',
		displayOptions: { show: { preset: ['membersAndUsers'] } },
	},
	{
		displayName:
			"Drag fields from the input panel into the rules. For any field but the address, set 'Output' of the nodes that read the two sides to 'Full'.",
		name: 'customHint',
		type: 'notice',
		default: '',
		displayOptions: { show: { preset: ['custom'] } },
	},
	...customRuleParameters,
	{
		displayName: 'Wix Input Has',
		name: 'wixListing',
		type: 'options',
		options: listingOptions,
		default: 'all',
		description:
			'Whether the Wix input lists everybody. Set Always Output Data on the node that reads it, so that an empty site can be told apart from one that was not read.',
	},
	{
		displayName: 'Users Input Has',
		name: 'usersListing',
		type: 'options',
		options: listingOptions,
		default: 'all',
		description:
			'Whether the Users input lists everybody. Set Always Output Data on the node that reads it, so that an empty system can be told apart from one that was not read.',
	},
];
