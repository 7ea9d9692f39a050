import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { credentialPlace } from '../../shared/parameters/credentialPlace';

const choices = (list: ReadonlyArray<[name: string, value: string]>): INodePropertyOptions[] =>
	list.map(([name, value]) => ({ name, value }));

const appEvents = choices([
	['Contact Created', 'wix.contacts.v4.contact_created'],
	['Contact Deleted', 'wix.contacts.v4.contact_deleted'],
	['Contact Merged', 'wix.contacts.v4.contact_merged'],
	['Contact Updated', 'wix.contacts.v4.contact_updated'],
	['Member Created', 'wix.members.v1.member_created'],
	['Member Deleted', 'wix.members.v1.member_deleted'],
	['Member Updated', 'wix.members.v1.member_updated'],
]);

const automationEvents = choices([
	['Contact Created', 'contactCreated'],
	['Label Added to a Contact', 'labelAdded'],
	['Label Removed From a Contact', 'labelRemoved'],
	['Member Approved', 'memberApproved'],
	['Member Blocked', 'memberBlocked'],
	['Member Deleted', 'memberDeleted'],
	['Member Signed Up', 'memberSignedUp'],
]);

const shownFor = (source: string) => ({ show: { source: [source] } });

export const webhookProperties: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Wix App',
				value: 'app',
				description: 'You have a Wix app on the site: all changes, signed by Wix',
			},
			{
				name: 'Wix Automations',
				value: 'automation',
				description: 'You have an API key: new contacts, labels and members, not their changes',
			},
		],
		default: 'app',
		description: 'Who calls this workflow',
	},
	{ ...credentialPlace, displayOptions: shownFor('automation') },
	{
		displayName:
			'Add the production URL of this node as a webhook in the dashboard of your Wix app, once for each event, and copy the public key from there',
		name: 'appNotice',
		type: 'notice',
		default: '',
		displayOptions: shownFor('app'),
	},
	{
		displayName: 'Public Key',
		name: 'publicKey',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: '-----BEGIN PUBLIC KEY-----',
		description: 'From the Webhooks page of your app. What is not signed with it is refused.',
		displayOptions: shownFor('app'),
	},
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1d2c3b4a-5f6e-4789-8a9b-0c1d2e3f4a5b',
		description: 'Messages for another app are refused',
		displayOptions: shownFor('app'),
	},
	{
		displayName: 'Trigger On',
		name: 'appEvents',
		type: 'multiOptions',
		options: appEvents,
		default: [],
		description: 'What starts the workflow; everything that the app sends when left empty',
		displayOptions: shownFor('app'),
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Deliver Late Events',
				name: 'deliverLate',
				type: 'boolean',
				default: false,
				description:
					'Whether to deliver an event that comes after a later one of the same record, marked as isLate',
			},
			{
				displayName: 'Instance ID',
				name: 'instanceId',
				type: 'string',
				default: '',
				description: 'Only events of this installation of the app, where it is on several sites',
			},
		],
		displayOptions: shownFor('app'),
	},
	{
		displayName:
			'While the workflow is active, this node keeps an automation in Wix for each event. It needs an API key with the permission to manage automations, and an address of n8n that Wix can reach.',
		name: 'automationNotice',
		type: 'notice',
		default: '',
		displayOptions: shownFor('automation'),
	},
	{
		displayName: 'Trigger On',
		name: 'automationEvents',
		type: 'multiOptions',
		options: automationEvents,
		default: ['contactCreated'],
		required: true,
		description: 'What starts the workflow',
		displayOptions: shownFor('automation'),
	},
];
