import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { present } from '../../nodes/shared/present';
import { ok, type Answer, type ApiRequest, type Route } from '../control/http.mts';
import { bodyOf } from './body.mts';
import { cutPage, orderRows, readCursorPage, readOrders } from './cursorPaging.mts';
import { compileFilter, type FieldTable, type Operator } from './filters.mts';

type Site = JsonObject & { id: string };

const account = '77665544-3322-4110-9f8e-7d6c5b4a3928';
const names = ['tidewater', 'harbor-books', 'north-lane', 'bright-oven', 'quiet-garden'];

function site(order: number, namespace: string): Site {
	const name = `${names[order % names.length] ?? 'site'}${order < names.length ? '' : `-${order}`}`;
	const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	const createdDate = new Date(Date.UTC(2024, 7, 14, 12) + order * 86_400_000).toISOString();
	return {
		id: `d0c1b2a3-9485-4766-8574-${order.toString(16).padStart(12, '0')}`,
		name,
		displayName: words.join(' '),
		createdDate,
		updatedDate: createdDate,
		published: true,
		premium: order % 2 === 0,
		viewUrl: `https://${name}.example.com/`,
		editUrl: 'https://editor.wix.com/',
		ownerAccountId: account,
		editorType: 'EDITOR',
		blocked: false,
		namespace,
		domainConnected: true,
	};
}

/** The sites of the account: enough for two pages, some of them without a website. */
const sites = Array.from({ length: 120 }, (_, order) =>
	site(order, order % 40 === 39 ? 'HEADLESS' : 'WIX'),
);

const operators: Operator[] = ['$eq', '$ne', '$in', '$nin', '$startsWith'];
const table: FieldTable<Site> = (name) =>
	['id', 'name', 'displayName', 'namespace', 'createdDate', 'updatedDate'].includes(name)
		? {
				kind: 'text',
				operators,
				sortable: name !== 'namespace',
				values: (entry) => (entry[name] === undefined ? [] : [entry[name]]),
			}
		: undefined;

/** Without a filter on the namespace only the WIX sites show. */
function withNamespace(filter: JsonObject): JsonObject {
	return filter.namespace === undefined ? { ...filter, namespace: 'WIX' } : filter;
}

function querySites(request: ApiRequest): Answer {
	const { query } = bodyOf(request);
	const page = readCursorPage(isJsonObject(query) ? query : {});
	const orders = readOrders(page.query.sort, 'query.sort', 5);
	const { filter } = page.query;
	const passes = compileFilter(
		filter === undefined || isJsonObject(filter) ? withNamespace(filter ?? {}) : filter,
		table,
		true,
	);
	const all = orderRows(sites.filter(passes), orders, table);
	const { rows, metadata } = cutPage(all, page, orders, table);
	return ok({ sites: rows, metadata: present(metadata) });
}

function countSites(request: ApiRequest): Answer {
	const { filter } = bodyOf(request);
	const passes = compileFilter(withNamespace(isJsonObject(filter) ? filter : {}), table, true);
	return ok({ count: sites.filter(passes).length });
}

const base = '/site-list/v2/sites';
export const isAccountCall = (path: string): boolean => path.startsWith(`${base}/`);

/** The list of the account's sites: called with `wix-account-id`, and without any site. */
export const siteRoutes: Route[] = [
	{ method: 'POST', path: `${base}/query`, handle: querySites, readOnly: true },
	{ method: 'POST', path: `${base}/count`, handle: countSites, readOnly: true },
];
