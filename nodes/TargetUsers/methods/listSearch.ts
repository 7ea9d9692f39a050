import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { systemNamed } from '../systems';
import { listUsers } from '../systems/listUsers';

const most = 100;

/** Users for the picker, by name, login or address. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const system = systemNamed(this.getCurrentNodeParameter('system'));
	if (system === undefined) return { results: [] };
	const api = await system.connect(this);
	const filters = system.filtersFor(filter?.trim() ?? '');
	const { records, fault } = await listUsers(system, api, filters, most, 'syncFields', 0);
	if (fault !== undefined) throw fault;
	const results: INodeListSearchItems[] = records.map((user) => {
		const { id, name, login } = system.short(user);
		return { name: name ? `${name} (${login ?? id})` : (login ?? id), value: id };
	});
	return { results };
}
