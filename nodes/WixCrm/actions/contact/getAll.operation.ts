import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { contactListing, type ContactQuery } from '../../records/contactPages';
import { project, selectionFor } from '../../records/projection';
import { apiRequestAllItems } from '../../transport';
import { textOf } from '../../../shared/texts';
import { itemsOf } from '../../../shared/listing';
import { limitOf } from '../common/parameters';
import { filterFrom } from './filters';
import { outputOf } from './parameters';

export { getAllDescription as description } from './getAll.description';

function sortFrom({ fieldName, extendedField, order }: IDataObject): ContactQuery['sort'] {
	const own = textOf(extendedField);
	return {
		fieldName: own === '' ? textOf(fieldName) || 'createdDate' : `info.extendedFields.${own}`,
		order: order === 'DESC' ? 'DESC' : 'ASC',
	};
}

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const limit = limitOf(this, itemIndex);
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const sort = this.getNodeParameter('sort', itemIndex, {}) as IDataObject;
	const output = outputOf(this, itemIndex);
	const query: ContactQuery = {
		filter: await filterFrom(this, api, filters, itemIndex),
		sort: sortFrom(sort),
		search: textOf(filters.search),
		...selectionFor(output),
	};
	const listed = await apiRequestAllItems(api, contactListing(query), limit, itemIndex);
	return itemsOf(this, listed, (contact) => project(contact, output));
}
