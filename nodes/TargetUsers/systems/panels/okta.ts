import { address, text } from './common';
import type { Panel } from './Panel';

const firstName = text('First Name', 'firstName', 'What comes before the @ when left empty');
const lastName = text(
	'Last Name',
	'lastName',
	'A hyphen when left empty, because Okta demands a last name',
);
const mobilePhone = text(
	'Mobile Phone',
	'mobilePhone',
	'The number in the form in which Okta is to keep it',
);
const secondEmail = address('Second Email', 'secondEmail', 'A further address of the user');

export const oktaPanel: Panel = {
	option: {
		name: 'Okta',
		value: 'okta',
		description: 'The users of an Okta organization',
	},
	operations: [
		{
			name: 'Activate',
			value: 'activate',
			action: 'Activate a user',
			description: 'Let a staged, deactivated or suspended user in',
		},
	],
	filters: [
		{
			displayName: 'Filter',
			name: 'filter',
			type: 'string',
			default: '',
			placeholder: 'e.g. status eq "ACTIVE"',
			description:
				'An expression in Okta’s language over status, lastUpdated, ID, login, email and names. Case counts. Sees every change at once.',
		},
		{
			displayName: 'Include Deactivated',
			name: 'includeDeactivated',
			type: 'boolean',
			default: true,
			description: 'Whether to return deactivated users, too',
		},
		{
			displayName: 'Search',
			name: 'search',
			type: 'string',
			default: '',
			placeholder: 'e.g. profile.department eq "Sales"',
			description:
				'An expression over any attribute. Case does not count. May miss the changes of the last minutes. With Filter, both have to be true.',
		},
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only users changed after this time',
		},
	],
	createFields: [
		{
			displayName: 'Activate',
			name: 'activate',
			type: 'boolean',
			default: false,
			description:
				'Whether to activate a new user at once, for which Okta mails the activation link. Otherwise the user is staged: no mail goes out, and nobody can sign in until the user is activated.',
		},
		firstName,
		lastName,
		text('Login', 'login', 'What the user signs in with. The address when left empty.'),
		mobilePhone,
		secondEmail,
	],
	updateFields: [
		address('Email', 'email', 'The new address. The login stays as it is.'),
		{ ...firstName, description: 'The new first name' },
		{ ...lastName, description: 'The new last name' },
		text('Login', 'login', 'What the user signs in with from now on'),
		mobilePhone,
		secondEmail,
	],
};
