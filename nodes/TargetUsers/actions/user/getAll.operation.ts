import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { UserSystem } from '../../systems/UserSystem';
import { outputField } from './fields';
import { outputOf } from './parameters';

export const description: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	outputField,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
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
	},
];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const returnAll = this.getNodeParameter('returnAll', itemIndex) === true;
	const limit = returnAll ? Infinity : Number(this.getNodeParameter('limit', itemIndex));
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const output = outputOf(this, itemIndex);
	const users = await system.getAll(
		api,
		{
			query: typeof filters.query === 'string' ? filters.query.trim() : '',
			includeBanned: filters.includeBanned !== false,
			includeGuests: filters.includeGuests === true,
		},
		limit,
		output,
	);
	if (!users.ok) throw api.toError(users.failure, itemIndex);
	return users.value.map((user) => ({ json: system.project(user, output) }));
}
