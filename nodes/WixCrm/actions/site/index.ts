import type { INodeProperties } from 'n8n-workflow';

import { shownByOperation, type Operations } from '../operation';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

export const operations: Operations = { get, getAll };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['site'] } },
		options: [
			{ name: 'Get', value: 'get', action: 'Get a site' },
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many sites',
				description: 'List the sites of the account',
			},
		],
		default: 'getAll',
	},
	...shownByOperation('site', operations),
];
