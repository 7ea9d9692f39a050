import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { allNamespaces, siteListing } from '../../records/sites';
import { apiRequestAllItems } from '../../transport';
import { siteLocator } from '../common/locators';
import { notFound } from '../common/notFound';
import { locatedId } from '../common/parameters';
import { accountField, accountOf } from './parameters';

export const description: INodeProperties[] = [siteLocator, accountField];

/** Wix has no call for one site of an account: it is looked for among all of them. */
export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = locatedId(this, 'siteId', 'Site', itemIndex);
	const account = await accountOf(this, itemIndex);
	const listing = siteListing(account, { namespaces: allNamespaces, order: 'DESC' });
	const { records, fault } = await apiRequestAllItems(api, listing, Infinity, itemIndex);
	const site = records.find((one) => one.id === id);
	if (site !== undefined) return [{ json: site }];
	throw fault ?? notFound(api, 'site', id, itemIndex);
}
