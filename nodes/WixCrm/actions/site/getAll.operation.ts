import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { JsonObject } from '../../../shared/contract';
import { allNamespaces, siteListing } from '../../records/sites';
import { apiRequestAllItems } from '../../transport';
import { textOf, textsOf } from '../../../shared/texts';
import { sortOrderField } from '../common/fields';
import { itemsOf } from '../../../shared/listing';
import { limitOf } from '../common/parameters';
import { accountField, accountOf } from './parameters';
import { returnAllFields } from '../../../shared/parameters/returnAll';

export const description: INodeProperties[] = [
	accountField,
	...returnAllFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Kind',
				name: 'namespaces',
				type: 'multiOptions',
				options: [
					{ name: 'Headless Project', value: 'HEADLESS' },
					{ name: 'Wix Site', value: 'WIX' },
				],
				default: ['WIX'],
				description: 'Only sites of these kinds',
			},
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Only sites with this in their name, in any case',
			},
			{
				displayName: 'Published',
				name: 'published',
				type: 'boolean',
				default: true,
				description: 'Whether the sites must be published or must not be',
			},
		],
	},
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'collection',
		placeholder: 'Add Sort',
		default: {},
		description: 'By creation, the oldest first when nothing is chosen',
		options: [sortOrderField],
	},
];

function fits(site: JsonObject, { name, published }: IDataObject): boolean {
	const typed = textOf(name).toLowerCase();
	const named = [site.displayName, site.name].some((text) =>
		String(text ?? '')
			.toLowerCase()
			.includes(typed),
	);
	return named && (typeof published !== 'boolean' || site.published === published);
}

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const limit = limitOf(this, itemIndex);
	const account = await accountOf(this, itemIndex);
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const sort = this.getNodeParameter('sort', itemIndex, {}) as IDataObject;
	const namespaces = textsOf(filters.namespaces);
	const listing = siteListing(account, {
		namespaces: namespaces.length === 0 ? allNamespaces : namespaces,
		order: sort.order === 'DESC' ? 'DESC' : 'ASC',
	});
	const isFiltered = textOf(filters.name) !== '' || typeof filters.published === 'boolean';
	const listed = await apiRequestAllItems(api, listing, isFiltered ? Infinity : limit, itemIndex);
	const records = listed.records.filter((site) => fits(site, filters)).slice(0, limit);
	return itemsOf(this, { ...listed, records }, (site) => site);
}
