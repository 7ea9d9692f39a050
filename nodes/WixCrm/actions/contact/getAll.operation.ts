import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { project, selectionFor } from '../../records/projection';
import { apiRequestAllItems, type ContactQuery } from '../../transport';
import { filterFrom } from '../../transport/filters';
import { outputOf } from './parameters';

export { getAllDescription as description } from './getAll.description';

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const returnAll = this.getNodeParameter('returnAll', itemIndex) === true;
	const limit = returnAll ? Infinity : Number(this.getNodeParameter('limit', itemIndex));
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const sort = this.getNodeParameter('sort', itemIndex, {}) as IDataObject;
	const output = outputOf(this, itemIndex);
	const query: ContactQuery = {
		filter: filterFrom(this, filters, itemIndex),
		sort: {
			fieldName: typeof sort.fieldName === 'string' ? sort.fieldName : 'createdDate',
			order: sort.order === 'DESC' ? 'DESC' : 'ASC',
		},
		...selectionFor(output),
	};
	const contacts = await apiRequestAllItems(api, query, limit, itemIndex);
	return contacts.map((contact) => ({ json: project(contact, output) }));
}
