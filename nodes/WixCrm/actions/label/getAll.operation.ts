import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { JsonObject } from '../../../shared/contract';
import { labelListing } from '../../records/labels';
import { apiRequestAllItems } from '../../transport';
import { textOf, textsOf } from '../../../shared/texts';
import { itemsOf } from '../../../shared/listing';
import { limitOf } from '../common/parameters';
import { returnAllFields } from '../../../shared/parameters/returnAll';

export const description: INodeProperties[] = [
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
				name: 'labelTypes',
				type: 'multiOptions',
				options: [
					{ name: 'Made by Apps', value: 'WIX_APP_DEFINED' },
					{ name: 'Made by People', value: 'USER_DEFINED' },
					{ name: 'Made by Wix', value: 'SYSTEM' },
				],
				default: [],
				description: 'Only labels of these kinds',
			},
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Only labels with this in their name, in any case',
			},
		],
	},
];

function fits(label: JsonObject, { labelTypes, name }: IDataObject): boolean {
	const types = textsOf(labelTypes);
	const typed = textOf(name).toLowerCase();
	const isOfType = types.length === 0 || types.includes(String(label.labelType));
	return isOfType && String(label.displayName).toLowerCase().includes(typed);
}

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const limit = limitOf(this, itemIndex);
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const isFiltered = textsOf(filters.labelTypes).length > 0 || textOf(filters.name) !== '';
	// A site has few labels, and by what Wix filters them is not documented: they are sorted out here.
	const listed = await apiRequestAllItems(
		api,
		labelListing,
		isFiltered ? Infinity : limit,
		itemIndex,
	);
	const records = listed.records.filter((label) => fits(label, filters)).slice(0, limit);
	return itemsOf(this, { ...listed, records }, (label) => label);
}
