import type { INodeProperties } from 'n8n-workflow';

import { acceptHidden, address, text } from './common';
import type { Panel } from './Panel';

const active = (description: string): INodeProperties => ({
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description,
});

const externalId = text('External ID', 'externalId', 'The ID of the user in another system');
const firstName = text('First Name', 'firstName', 'Known to the server as name.givenName');
const lastName = text('Last Name', 'lastName', 'Known to the server as name.familyName');
const displayName = text('Display Name', 'displayName', 'The name that people are shown');
const nickName = text('Nickname', 'nickName', 'A familiar name');
const title = text('Title', 'title', 'The job title, such as Vice President');

export const scimPanel: Panel = {
	option: {
		name: 'SCIM 2.0',
		value: 'scim',
		description:
			'The users of any system that speaks SCIM 2.0. Rules find the primary one of their emails under profile.email.',
	},
	operations: [],
	filters: [
		acceptHidden,
		{
			...text(
				'Filter',
				'filter',
				'An expression in SCIM’s own language. Not every server has filters.',
			),
			placeholder: 'e.g. userName sw "a"',
		},
		{
			displayName: 'Include Deactivated',
			name: 'includeDeactivated',
			type: 'boolean',
			default: true,
			description: 'Whether to return users who are not active, too',
		},
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only users changed after this time. Not every server can tell.',
		},
	],
	createFields: [
		active('Whether the user may sign in'),
		displayName,
		externalId,
		firstName,
		lastName,
		text(
			'Login',
			'login',
			'The userName, which only one user may have. The address when left empty.',
		),
		nickName,
		title,
	],
	updateFields: [
		active('Whether the user may sign in'),
		displayName,
		address(
			'Email',
			'email',
			'The new address, in the place of the one that is marked primary. Where none is: of the only one, else the first of type work, else the first. Other addresses stay.',
		),
		externalId,
		firstName,
		lastName,
		text('Login', 'login', 'The userName, which only one user may have'),
		nickName,
		title,
	],
};
