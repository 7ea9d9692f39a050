import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { itemsOf } from '../../../shared/listing';
import { isoTime, textOf } from '../../../shared/texts';
import { addressesHidden } from '../../systems/find';
import { hidesAddresses } from '../../systems/hiddenAddresses';
import { listUsers } from '../../systems/listUsers';
import type { UserSystem } from '../../systems/UserSystem';
import { filterFields, outputField } from './fields';
import { outputOf, project } from './parameters';
import { returnAllFields } from '../../../shared/parameters/returnAll';

export const description: INodeProperties[] = [...returnAllFields, outputField, ...filterFields];

/** The filters as a person chose them; a time that was picked is one of the workflow's zone. */
function filtersIn(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const { updatedAfter } = filters;
	if (textOf(updatedAfter) === '') return { ...filters, updatedAfter: '' };
	return { ...filters, updatedAfter: isoTime(context, updatedAfter, 'Updated After', itemIndex) };
}

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const returnAll = this.getNodeParameter('returnAll', itemIndex) === true;
	const limit = returnAll ? Infinity : Number(this.getNodeParameter('limit', itemIndex));
	const filters = filtersIn(this, itemIndex);
	const output = outputOf(this, itemIndex);
	const listed = await listUsers(system, api, filters, limit, output, itemIndex);
	const isWhole = returnAll && listed.fault === undefined && !system.isSearch(filters);
	if (isWhole && filters.acceptHidden !== true) {
		const hides = await hidesAddresses(system, api, listed.records);
		if (hides) throw api.toError(addressesHidden, itemIndex);
	}
	return itemsOf(this, listed, (user) => project(system, user, output));
}
