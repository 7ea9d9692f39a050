import { acceptHidden, address, text } from './common';
import type { Panel } from './Panel';

export const youTrackPanel: Panel = {
	option: {
		name: 'YouTrack',
		value: 'youTrack',
		description: 'The users of YouTrack, which live in its JetBrains Hub',
	},
	operations: [
		{
			name: 'Merge',
			value: 'merge',
			action: 'Merge users',
			description: 'Make one user of several; their IDs become aliases of the one that stays',
		},
	],
	filters: [
		acceptHidden,
		{
			displayName: 'Include Banned',
			name: 'includeBanned',
			type: 'boolean',
			default: true,
			description: 'Whether to return users who are banned, too',
		},
		{
			displayName: 'Include Guests',
			name: 'includeGuests',
			type: 'boolean',
			default: false,
			description: 'Whether to return the account for visitors who have not signed in, too',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			default: '',
			placeholder: 'e.g. nameStartsWith: A and not is: banned',
			description: 'A search in the system’s own language',
		},
	],
	createFields: [
		text('Login', 'login', 'The address when left empty. No spaces.'),
		text('Name', 'name', 'The full name. The login when left empty.'),
	],
	updateFields: [
		{
			displayName: 'Banned',
			name: 'banned',
			type: 'boolean',
			default: false,
			description: 'Whether the user is kept from signing in',
		},
		address('Email', 'email', 'The new address. It is not marked as verified.'),
		text('Login', 'login', 'What the user signs in with. No spaces.'),
		text('Name', 'name', 'The full name'),
	],
};
