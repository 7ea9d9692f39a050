import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { systemNamed } from '../systems';

const most = 100;

/** Users for the picker, by name, login or address. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const system = systemNamed(this.getCurrentNodeParameter('system'));
	const api = await system.connect(this);
	const filters = {
		query: system.queryFor(filter?.trim() ?? ''),
		includeBanned: true,
		includeGuests: true,
	};
	const users = await system.getAll(api, filters, most, 'syncFields');
	if (!users.ok) throw api.toError(users.failure, 0);
	const results: INodeListSearchItems[] = users.value.map(({ id, name, login }) => ({
		name: name ? `${String(name)} (${String(login)})` : String(login),
		value: String(id),
	}));
	return { results };
}
