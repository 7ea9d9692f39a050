import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { panels, systemsWithSuccessor } from '../../systems';
import { acceptHidden } from '../../systems/panels/common';
import type { Panel } from '../../systems/panels/Panel';

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
						properties: {
							regex: '^\\s*[^\\s/?#]*\\s*$',
							errorMessage: 'This is no user ID',
						},
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

/** Apply Changes needs a successor only when the plan deletes users. */
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
			name: 'Simplified',
			value: 'simplified',
			description:
				'ID, login, name, email and whether the user is active: the same for every system',
		},
		{
			name: 'Sync Fields Only',
			value: 'syncFields',
			description:
				'Only ID, login, name, addresses and whether the user is active, as the system shows them',
		},
	],
	default: 'full',
	description: 'How much of each user to return',
};

/** A collection that has other options for each system; a system without any has none. */
function perSystem(
	displayName: string,
	name: string,
	placeholder: string,
	optionsOf: (panel: Panel) => INodeProperties[],
): INodeProperties[] {
	return panels
		.filter((panel) => optionsOf(panel).length > 0)
		.flatMap((panel) =>
			updateDisplayOptions({ show: { system: [panel.option.value] } }, [
				{
					displayName,
					name,
					type: 'collection',
					placeholder,
					default: {},
					options: optionsOf(panel),
				},
			]),
		);
}

/** Of the operations that look for an address before they create a user; only where a system may hide addresses. */
export const optionFieldsWith = (...more: readonly INodeProperties[]): INodeProperties[] =>
	perSystem('Options', 'options', 'Add Option', ({ filters }) => [
		...filters.filter((filter) => filter === acceptHidden),
		...more,
	]);

export const optionFields = optionFieldsWith();

export const filterFields = perSystem('Filters', 'filters', 'Add Filter', ({ filters }) => filters);

export const createFields = perSystem(
	'Additional Fields',
	'additionalFields',
	'Add Field',
	(panel) => panel.createFields,
);

export const updateFields = perSystem(
	'Update Fields',
	'updateFields',
	'Add Field',
	(panel) => panel.updateFields,
);

/** Shown only for systems in which somebody takes over what a deleted user owned. */
export const successorOf = (field: INodeProperties): INodeProperties[] =>
	updateDisplayOptions({ show: { system: systemsWithSuccessor } }, [field]);
