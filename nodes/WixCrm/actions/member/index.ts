import type { INodeProperties } from 'n8n-workflow';

import { shownByOperation, type Operations } from '../operation';
import * as applyChanges from './applyChanges.operation';
import * as changeLoginEmail from './changeLoginEmail.operation';
import * as create from './create.operation';
import * as remove from './delete.operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';
import * as sendSetPasswordEmail from './sendSetPasswordEmail.operation';
import { approve, block, disconnect } from './status';
import * as update from './update.operation';

export const operations: Operations = {
	applyChanges,
	approve,
	block,
	changeLoginEmail,
	create,
	delete: remove,
	disconnect,
	get,
	getAll,
	sendSetPasswordEmail,
	update,
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['member'] } },
		options: [
			{
				name: 'Apply Changes',
				value: 'applyChanges',
				action: 'Apply planned changes to members',
				description: 'Carry out what saved links announce for Wix',
			},
			{
				name: 'Approve',
				value: 'approve',
				action: 'Approve a member',
				description: 'Let a member in who waits for approval, or unblock one',
			},
			{
				name: 'Block',
				value: 'block',
				action: 'Block a member',
				description: 'Keep a member from signing in, until approved again',
			},
			{
				name: 'Change Login Email (Experimental)',
				value: 'changeLoginEmail',
				action: 'Change the login email of a member',
				description: 'Wix does not document this for API keys: it may well not be permitted',
			},
			{
				name: 'Create',
				value: 'create',
				action: 'Create a member',
				description: 'Create a member and its contact; no email is sent',
			},
			{
				name: 'Delete',
				value: 'delete',
				action: 'Delete a member',
				description: 'Delete a member for good; its contact stays',
			},
			{
				name: 'Disconnect',
				value: 'disconnect',
				action: 'Disconnect a member',
				description: 'Take a member’s account off the site, which cannot be undone',
			},
			{ name: 'Get', value: 'get', action: 'Get a member' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many members' },
			{
				name: 'Send Set-Password Email',
				value: 'sendSetPasswordEmail',
				action: 'Send a member the email to set a password',
				description: 'Send a link with which the member sets a password; it lasts three hours',
			},
			{ name: 'Update', value: 'update', action: 'Update a member' },
		],
		default: 'getAll',
	},
	...shownByOperation('member', operations),
];
