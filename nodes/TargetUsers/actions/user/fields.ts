import type { INodeProperties } from 'n8n-workflow';

function locator(
	name: string,
	displayName: string,
	description: string,
	required: boolean,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchUsers', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 7b1f0c52-3d0e-4f0a-9a55-0c1d2e3f4a51',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^\\s*[\\w-]*\\s*$', errorMessage: 'This is no user ID' },
					},
				],
			},
		],
	};
}

export const userLocator = locator('userId', 'User', 'The user to work on', true);

export const successorLocator = locator(
	'successorId',
	'Successor',
	'The user who takes over what the deleted user owned',
	true,
);

/** Apply Change needs a successor only when the plan deletes users. */
export const optionalSuccessorLocator = locator(
	'successorId',
	'Successor',
	'The user who takes over what deleted users owned. Only needed where the plan deletes users.',
	false,
);

export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Full', value: 'full', description: 'Users as the system shows them' },
		{
			name: 'Sync Fields Only',
			value: 'syncFields',
			description: 'Only ID, login, name, addresses and whether the user is banned',
		},
	],
	default: 'full',
	description: 'How much of each user to return',
};
