import type { INodeProperties } from 'n8n-workflow';

const review = (description: string) => ({ name: 'Ask a Person', value: 'review', description });
const wixWins = (description: string) => ({ name: 'Wix Wins', value: 'wixWins', description });
const usersWin = (description: string) => ({
	name: 'The User Wins',
	value: 'usersWin',
	description,
});

/** The policies that change what is written; each option says what follows from it. */
export const policyParameters: INodeProperties[] = [
	{
		displayName: 'When Both Sides Were Edited',
		name: 'bothEdited',
		type: 'options',
		options: [
			review('Nothing is written; the pair is listed in Review until somebody decides'),
			wixWins('The value in Wix is written to the user; the edit made on the user is lost'),
			usersWin('The value of the user is written to Wix; the edit made in Wix is lost'),
		],
		default: 'review',
		description:
			'What to do when a field was changed on both sides, since they last agreed, to different values',
	},
	{
		displayName: 'When a New Pair Differs',
		name: 'firstLink',
		type: 'options',
		options: [
			review('Nothing is written; the pair is listed in Review until somebody decides'),
			wixWins('The value in Wix is written to the user; the one of the user is lost'),
			usersWin('The value of the user is written to Wix; the one in Wix is lost'),
		],
		default: 'review',
		description:
			'What to do when two records are linked for the first time and a field differs. Nobody can tell then which side was edited. A field that is empty on one side is filled, whatever is chosen here.',
	},
	{
		displayName: 'Create Missing Records',
		name: 'createMissing',
		type: 'options',
		options: [
			{
				name: 'Nowhere',
				value: 'nobody',
				description: 'Only records that exist on both sides are linked',
			},
			{
				name: 'In the Users System',
				value: 'users',
				description: 'A Wix record without a user gets one, which may take a licence seat',
			},
			{ name: 'In Wix', value: 'wix', description: 'A user without a Wix record gets one' },
			{
				name: 'In Both',
				value: 'both',
				description: 'Whoever is on one side only is created on the other one',
			},
		],
		default: 'nobody',
		description:
			'Where to create a record for somebody who is on one side only. Nobody is created whose address is held on that side already, also as a secondary or unconfirmed one.',
	},
	{
		displayName: 'When a Record Is Gone',
		name: 'vanished',
		type: 'options',
		options: [
			{
				name: 'Unlink',
				value: 'unlink',
				description: 'The other record stays as it is and is listed in Review',
			},
			{
				name: 'Create It Again',
				value: 'recreate',
				description: 'It is created again from the record that is left, with a new ID',
			},
			{
				name: 'Deactivate the Other One',
				value: 'deactivate',
				description:
					'A user is banned, a member blocked; a contact has no such state and is only unlinked',
			},
			{
				name: 'Delete the Other One',
				value: 'delete',
				description: 'The record that is left is deleted for good, unless it was edited since',
			},
		],
		default: 'unlink',
		description:
			'What to do when a linked record was deleted on one side and a look-up by its ID has proved it. Two that were unlinked are linked again if the missing one comes back.',
	},
	{
		displayName: 'Contacts of Site Members',
		name: 'memberContacts',
		type: 'options',
		options: [
			{
				name: 'Sync',
				value: 'sync',
				description: 'Like other contacts; an address that Wix refuses to change goes to Review',
			},
			{
				name: 'Leave Alone',
				value: 'leaveAlone',
				description:
					'For use beside a workflow that syncs members: these people belong to that one',
			},
		],
		default: 'sync',
		description:
			'What to do with contacts that belong to a site member, who alone can change the address to log in with',
		displayOptions: { hide: { preset: ['membersAndUsers'] } },
	},
];
