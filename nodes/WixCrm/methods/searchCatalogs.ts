import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { textOf } from '../../shared/texts';
import { allLabels } from '../records/labels';
import { accountIdOf, allNamespaces, siteListing } from '../records/sites';
import { apiRequestAllItems, wixApi } from '../transport';

/** Those whose name or id has what was typed in it, by name. */
function matching(
	items: INodeListSearchItems[],
	filter: string | undefined,
): INodeListSearchResult {
	const typed = filter?.trim().toLowerCase() ?? '';
	const fits = ({ name, value }: INodeListSearchItems) =>
		`${name}\n${value}`.toLowerCase().includes(typed);
	return {
		results: items.filter(fits).sort((left, right) => left.name.localeCompare(right.name)),
	};
}

/** Labels for the picker. */
export async function searchLabels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const labels = await allLabels(await wixApi(this));
	return matching(
		labels.map(({ key, displayName }) => ({
			name: String(displayName ?? key),
			value: String(key),
		})),
		filter,
	);
}

/** Sites of the account for the picker. */
export async function searchSites(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const own = textOf(this.getCurrentNodeParameter('accountId'));
	const account = own === '' ? await accountIdOf(this) : own;
	if (account === '') {
		throw new NodeOperationError(this.getNode(), "The parameter 'Account ID' is empty", {
			description: 'Fill it in here or in the credential to choose a site from a list.',
		});
	}
	const listing = siteListing(account, { namespaces: allNamespaces, order: 'DESC' });
	const { records, fault } = await apiRequestAllItems(await wixApi(this), listing, Infinity, 0);
	if (fault !== undefined) throw fault;
	return matching(
		records.map(({ id, displayName, name }) => ({
			name: String(displayName ?? name ?? id),
			value: String(id),
		})),
		filter,
	);
}
