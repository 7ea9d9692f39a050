import type { INodeProperties } from 'n8n-workflow';

import { extendedFieldField, labelsField } from '../common/dynamic';

const text = (
	displayName: string,
	name: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', ...more });

const time = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

const choices = (
	displayName: string,
	name: string,
	values: string[],
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'multiOptions',
	options: values.map((value) => ({
		name: value
			.toLowerCase()
			.replace(
				/(^|_)(\w)/g,
				(_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase(),
			),
		value,
	})),
	default: [],
	description,
});

const subscriptions = [
	'NO_SUBSCRIPTION_STATUS',
	'NOT_SET',
	'PENDING',
	'SUBSCRIBED',
	'UNSUBSCRIBED',
];
const listHint = 'Several values are separated by commas; one of them must fit';

/** Everything by which Wix filters contacts; `name` is the key in `filterTable`. */
export const filterFields: INodeProperties[] = [
	text('Birthdate After', 'birthdateFrom', {
		placeholder: 'e.g. 1991-04-23',
		description: 'Only contacts born on this day or later',
	}),
	text('Birthdate Before', 'birthdateTo', {
		placeholder: 'e.g. 1991-04-23',
		description: 'Only contacts born before this day',
	}),
	text('City Starts With', 'city'),
	text('Company Starts With', 'company'),
	text('Contact IDs', 'ids', { description: listHint }),
	text('Country', 'country', { placeholder: 'e.g. US', description: listHint }),
	time('Created After', 'createdAfter', 'Only contacts made at or after this time'),
	time('Created Before', 'createdBefore', 'Only contacts made before this time'),
	text('Email', 'email', {
		placeholder: 'name@email.com',
		description: 'Only contacts that hold this address, as the primary one or as another',
	}),
	choices(
		'Email Deliverability',
		'deliverability',
		['BOUNCED', 'INACTIVE', 'NOT_SET', 'SPAM_COMPLAINT', 'VALID'],
		'Whether mail to the primary address arrives',
	),
	choices(
		'Email Subscription',
		'subscription',
		subscriptions,
		'Whether the primary address gets marketing mail',
	),
	{
		displayName: 'Extended Fields',
		name: 'extendedFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Condition',
		default: {},
		description: 'Conditions on the site’s own fields. All of them must hold.',
		options: [
			{
				displayName: 'Condition',
				name: 'item',
				values: [
					{
						displayName: 'Comparison',
						name: 'operator',
						type: 'options',
						options: [
							{ name: 'After or Greater', value: '$gt' },
							{ name: 'At Least', value: '$gte' },
							{ name: 'At Most', value: '$lte' },
							{ name: 'Before or Less', value: '$lt' },
							{ name: 'Equals', value: '$eq' },
							{ name: 'Not Equal To', value: '$ne' },
							{ name: 'Starts With', value: '$startsWith' },
						],
						default: '$eq',
						description:
							'For texts: Equals, Not Equal To and Starts With. For numbers and dates: all but Starts With.',
					},
					extendedFieldField('getExtendedFields'),
					text('Value', 'value'),
				],
			},
		],
	},
	text('First Name Starts With', 'firstName'),
	{
		displayName: 'Has Primary Email',
		name: 'hasEmail',
		type: 'boolean',
		default: true,
		description: 'Whether the contacts must have an address or must have none',
	},
	{
		displayName: 'Has Primary Phone',
		name: 'hasPhone',
		type: 'boolean',
		default: true,
		description: 'Whether the contacts must have a phone number or must have none',
	},
	text('Job Title Starts With', 'jobTitle'),
	text('Label', 'label', {
		placeholder: 'e.g. custom.newsletter',
		description: 'Only contacts that have the label with this key',
	}),
	labelsField('labelsAll', 'Labels, All', 'Only contacts that have all of these labels'),
	labelsField('labelsAny', 'Labels, Any', 'Only contacts that have at least one of these labels'),
	time('Last Activity After', 'activityAfter', 'Only contacts last active at or after this time'),
	time('Last Activity Before', 'activityBefore', 'Only contacts last active before this time'),
	text('Last Name Starts With', 'lastName'),
	text('Locale', 'locale', { placeholder: 'e.g. en-us', description: listHint }),
	text('Location IDs', 'locations', {
		description:
			'Several values are separated by commas; one of them must be a location of the contact',
	}),
	choices(
		'Membership',
		'membership',
		['APPROVED', 'DENIED', 'INACTIVE', 'PENDING'],
		'Only contacts of site members in one of these states',
	),
	text('Phone', 'phone', {
		description: 'Only contacts that have this number, written the way Wix shows it',
	}),
	text('Phone, International', 'e164Phone', {
		placeholder: 'e.g. +12075550123',
		description: 'Only contacts that have this number, in its international form',
	}),
	text('Primary Email Starts With', 'emailStart'),
	choices(
		'SMS Subscription',
		'smsSubscription',
		subscriptions,
		'Whether the primary number gets marketing messages',
	),
	text('Street Starts With', 'street'),
	text('Subdivision', 'subdivision', { placeholder: 'e.g. US-ME', description: listHint }),
	text('Text', 'search', {
		description: 'Only contacts with exactly this name, address or phone number',
	}),
	time('Updated After', 'updatedAfter', 'Only contacts changed at or after this time'),
	time('Updated Before', 'updatedBefore', 'Only contacts changed before this time'),
];
