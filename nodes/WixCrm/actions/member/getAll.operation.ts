import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { listMembers, type MemberQuery } from '../../records/memberPages';
import { projectMember } from '../../records/memberProjection';
import { itemsOf } from '../../../shared/listing';
import { limitOf } from '../common/parameters';
import { outputOf } from './parameters';

export { getAllDescription as description } from './getAll.description';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const prefixes: Readonly<Record<string, string>> = {
	firstName: 'contact.firstName',
	lastName: 'contact.lastName',
	nickname: 'profile.nickname',
};

/** The filters of Get Many in Wix's query language. */
function filterFrom(filters: IDataObject): IDataObject {
	const filter: IDataObject = {};
	for (const [name, path] of Object.entries(prefixes)) {
		const text = textOf(filters[name]);
		if (text !== '') filter[path] = { $startsWith: text };
	}
	const email = textOf(filters.loginEmail);
	// Whether `$eq` heeds case is not documented: ask for both spellings.
	if (email !== '') filter.loginEmail = { $in: [...new Set([email, email.toLowerCase()])] };
	const contactId = textOf(filters.contactId);
	if (contactId !== '') filter.contactId = { $eq: contactId };
	const privacy = textOf(filters.privacyStatus);
	if (privacy !== '') filter.privacyStatus = { $eq: privacy };
	const { status } = filters;
	if (Array.isArray(status) && status.length > 0) filter.status = { $in: status };
	return filter;
}

function queryFrom(filters: IDataObject, sort: IDataObject): MemberQuery {
	const expression = textOf(filters.search);
	const fields = ['loginEmail', 'contact.firstName', 'contact.lastName', 'profile.nickname'];
	const fieldName = textOf(sort.fieldName);
	const order = sort.order === 'DESC' ? 'DESC' : 'ASC';
	const isSorted = fieldName !== '' || sort.order !== undefined;
	return {
		filter: filterFrom(filters),
		...(isSorted ? { sort: { fieldName: fieldName || 'createdDate', order } } : {}),
		...(expression === '' ? {} : { search: { expression, fields } }),
	};
}

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const query = queryFrom(
		this.getNodeParameter('filters', itemIndex, {}) as IDataObject,
		this.getNodeParameter('sort', itemIndex, {}) as IDataObject,
	);
	const output = outputOf(this, itemIndex);
	const listed = await listMembers(api, query, limitOf(this, itemIndex), itemIndex);
	return itemsOf(this, listed, (member) => projectMember(member, output));
}
