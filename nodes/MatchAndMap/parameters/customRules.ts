import type { INodeProperties } from 'n8n-workflow';
import { linkRuleTitle, pairTitle, propertyRuleTitle } from './rowTitles';

const displayOptions = { show: { preset: ['custom'] } };

const wixField: INodeProperties = {
	displayName: 'Field in Wix',
	name: 'wix',
	type: 'string',
	requiresDataPath: 'single',
	required: true,
	default: '',
	placeholder: 'e.g. primaryInfo.email',
	description:
		'Drag it from the Wix input, or type its path. An item of a list is named by its place or as the primary one, such as info.phones.items[0].phone or info.phones.items[primary].phone.',
};

const userField: INodeProperties = {
	displayName: 'Field of the User',
	name: 'user',
	type: 'string',
	requiresDataPath: 'single',
	required: true,
	default: '',
	placeholder: 'e.g. profile.email.email',
	description:
		'Drag it from the Users input, or type its path, such as profile.email.email or name',
};

/** The choices of a rule take no expression: else a field that is dragged to a path beside them could be dropped on them. */
const sameWhen: INodeProperties = {
	displayName: 'Same When',
	name: 'compare',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Same Email Address',
			value: 'email',
			description: 'Case does not count. Nobody else on the same side may hold the address.',
		},
		{
			name: 'Same Phone Number',
			value: 'phone',
			description: 'Only the digits and a leading plus count',
		},
		{
			name: 'Same Text, Any Case',
			value: 'ignoreCase',
			description: 'Case and white space around the value do not count',
		},
		{
			name: 'Exactly the Same',
			value: 'exact',
			description: 'Case counts; only white space around the value does not',
		},
	],
	default: 'email',
	description: 'What counts as the same value. An empty value is never the same as anything.',
};

/** Shown while Rules is Custom: which rows of the links table, who is linked to whom, and what is kept the same. */
export const customRuleParameters: INodeProperties[] = [
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: 'Custom rules',
		placeholder: 'e.g. Customers and agents',
		description: 'Stands at the top of the report. It can be changed at any time.',
		displayOptions,
	},
	{
		displayName: 'Name in the Links Table',
		name: 'flowId',
		type: 'string',
		noDataExpression: true,
		required: true,
		default: 'custom',
		placeholder: 'e.g. custom',
		description:
			"The 'flow' column of the links of these rules. Keep it: under another name all links start from scratch. A second set of custom rules on the same links table needs a name of its own. Enter contacts (or members) to go on with the links of that preset.",
		displayOptions,
	},
	{
		displayName: 'Wix Records Are',
		name: 'wixEntity',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Contacts', value: 'contact' },
			{ name: 'Site Members', value: 'member' },
		],
		default: 'contact',
		description: 'What the Wix input lists',
		displayOptions,
	},
	{
		displayName: 'Link Rules',
		name: 'linkRules',
		type: 'fixedCollection',
		placeholder: 'Add Link Rule',
		description:
			'When a Wix record and a user are the same person. The rules are tried from top to bottom; one that matches is enough. Nobody is linked where several match: they are listed in Review.',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			minRequiredFields: 1,
			fixedCollection: {
				itemTitle: linkRuleTitle,
			},
		},
		default: {
			rule: [
				{
					pairs: {
						pair: [{ compare: 'email', user: 'profile.email.email', wix: 'primaryInfo.email' }],
					},
				},
			],
		},
		options: [
			{
				displayName: 'Link Rule',
				name: 'rule',
				values: [
					{
						displayName: 'All of These Match',
						name: 'pairs',
						type: 'fixedCollection',
						placeholder: 'Add Fields to Compare',
						description: 'One to three pairs of fields; all of them have to be the same',
						typeOptions: {
							multipleValues: true,
							sortable: true,
							// No limits here: n8n 2.41 looks for nested rows in the wrong place. The node counts them itself.
							fixedCollection: {
								itemTitle: pairTitle,
							},
						},
						default: { pair: [{ compare: 'email', user: '', wix: '' }] },
						options: [
							{
								displayName: 'Fields to Compare',
								name: 'pair',
								values: [wixField, userField, sameWhen],
							},
						],
					},
				],
			},
		],
		displayOptions,
	},
	{
		displayName: 'Property Rules',
		name: 'propertyRules',
		type: 'fixedCollection',
		placeholder: 'Add Property Rule',
		description:
			'Which fields of linked records are kept the same. Without a rule, records are only linked.',
		typeOptions: {
			multipleValues: true,
			sortable: true,
			fixedCollection: {
				itemTitle: propertyRuleTitle,
			},
		},
		default: {
			rule: [
				{
					compare: 'email',
					direction: 'both',
					type: 'string',
					user: 'profile.email.email',
					wix: 'primaryInfo.email',
				},
			],
		},
		options: [
			{
				displayName: 'Property Rule',
				name: 'rule',
				values: [
					wixField,
					userField,
					{
						displayName: 'Kept the Same',
						name: 'direction',
						type: 'options',
						noDataExpression: true,
						options: [
							{
								name: 'In Both Directions',
								value: 'both',
								description: 'An edit made on either side is carried over to the other one',
							},
							{
								name: 'From Wix to the User',
								value: 'toUsers',
								description: 'An edit made on the user is put back to the value in Wix',
							},
							{
								name: 'From the User to Wix',
								value: 'toWix',
								description: 'An edit made in Wix is put back to the value of the user',
							},
						],
						default: 'both',
						description: 'Which side follows the other',
					},
					sameWhen,
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						noDataExpression: true,
						options: [
							{ name: 'Text', value: 'string' },
							{ name: 'Number', value: 'number' },
							{ name: 'True or False', value: 'boolean' },
							{ name: 'Date', value: 'date' },
						],
						default: 'string',
						description:
							'What the field holds. A value of another type is listed in Review and left alone.',
					},
				],
			},
		],
		displayOptions,
	},
];
