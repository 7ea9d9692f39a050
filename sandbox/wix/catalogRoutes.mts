import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest, type Route } from '../control/http.mts';
import { bodyOf } from './body.mts';
import type { CatalogName } from './catalog.mts';
import { applicationError, validationError } from './errors.mts';
import { compileFilter, type FieldTable, type Operator } from './filters.mts';
import { pageInfo, readOrder, readPage, sortRows, type Page } from './paging.mts';
import { storeRoute, type StoreHandler } from './storeRoute.mts';
import type { WixStore } from './wixStore.mts';

interface Kind {
	path: string;
	name: CatalogName;
	/** What a single one is called in bodies and answers. */
	single: 'label' | 'field';
	typeKey: 'labelType' | 'fieldType';
	longestName: number;
	defaultLimit: number;
	maxLimit: number;
}

const kinds: Kind[] = [
	{
		path: '/contacts/v4/labels',
		name: 'labels',
		single: 'label',
		typeKey: 'labelType',
		longestName: 180,
		defaultLimit: 1000,
		maxLimit: 2000,
	},
	{
		path: '/contacts/v4/extended-fields',
		name: 'fields',
		single: 'field',
		typeKey: 'fieldType',
		longestName: 150,
		defaultLimit: 100,
		maxLimit: 100,
	},
];

function nameIn(parent: JsonObject, longest: number, field = 'displayName'): string {
	const { displayName } = parent;
	if (typeof displayName !== 'string' || displayName.length < 1 || displayName.length > longest) {
		throw validationError(field, `must have 1 to ${longest} characters`, 'MAX_LENGTH');
	}
	return displayName;
}

const filterable = ['namespace', 'key', 'displayName', 'labelType', 'fieldType', 'dataType'];
const textOperators: Operator[] = ['$eq', '$ne', '$in', '$nin', '$startsWith'];

const table: FieldTable<JsonObject> = (name) =>
	filterable.includes(name) || name === 'createdDate' || name === 'updatedDate'
		? {
				kind: 'text',
				operators: filterable.includes(name) ? textOperators : [],
				sortable: true,
				values: (entry) => (entry[name] === undefined ? [] : [entry[name]]),
			}
		: undefined;

function answerPage(store: WixStore, kind: Kind, all: JsonObject[], page: Page): Answer {
	const shown = all.slice(page.offset, page.offset + page.limit);
	const metadata = pageInfo(shown.length, page, all.length, store.behaviour);
	return ok({ [kind.name]: shown, metadata });
}

const list =
	(kind: Kind): StoreHandler =>
	(store, { query }) => {
		const paging = { limit: query.get('paging.limit'), offset: query.get('paging.offset') };
		const page = readPage(paging, kind.defaultLimit, kind.maxLimit);
		const wanted = (name: string) => query.get(name) ?? undefined;
		const [type, namespace, start] = [kind.typeKey, 'namespace', 'startsWith'].map(wanted);
		const all = [...store.catalog[kind.name].values()].filter(
			(entry) =>
				(type === undefined || entry[kind.typeKey] === type) &&
				(namespace === undefined || entry.namespace === namespace) &&
				String(entry.displayName).startsWith(start ?? ''),
		);
		return answerPage(store, kind, all, page);
	};

const query =
	(kind: Kind): StoreHandler =>
	(store, request) => {
		const { query: asked } = bodyOf(request);
		const { filter, sort, paging } = isJsonObject(asked) ? asked : {};
		const page = readPage(paging, kind.defaultLimit, kind.maxLimit);
		const passes = compileFilter(filter, table, false);
		const rows = [...store.catalog[kind.name].values()].filter(passes);
		return answerPage(store, kind, sortedRows(rows, sort), page);
	};

function sortedRows(rows: JsonObject[], sort: JsonValue | undefined): JsonObject[] {
	const order = readOrder(sort, 'query.sort');
	if (order && !table(order.fieldName)) {
		throw applicationError(400, 'INVALID_SORT', `Sorting by ${order.fieldName} is not supported.`);
	}
	return sortRows(rows, order, table);
}

const findOrCreate =
	(kind: Kind): StoreHandler =>
	(store, request) => {
		const body = bodyOf(request);
		const name = nameIn(body, kind.longestName);
		return ok(
			kind.name === 'labels'
				? store.catalog.ensureLabel(name)
				: store.catalog.ensureField(name, body.dataType),
		);
	};

const keyOf = (request: ApiRequest) => request.params.key ?? '';

const get =
	(kind: Kind): StoreHandler =>
	(store, request) =>
		ok({ [kind.single]: store.catalog.entry(kind.name, keyOf(request)) });

const rename =
	(kind: Kind): StoreHandler =>
	(store, request) => {
		const sent = bodyOf(request)[kind.single];
		if (!isJsonObject(sent)) throw validationError(kind.single, 'expected an object', 'TYPE');
		const displayName = nameIn(sent, kind.longestName, `${kind.single}.displayName`);
		return ok({ [kind.single]: store.catalog.rename(kind.name, keyOf(request), displayName) });
	};

const remove =
	(kind: Kind): StoreHandler =>
	(store, request) => {
		store.catalog.remove(kind.name, keyOf(request));
		store.dropFromContacts(kind.name, keyOf(request));
		return ok({});
	};

/** Labels and extended fields, two lists with the same calls. */
export function catalogRoutes(store: WixStore): Route[] {
	return kinds.flatMap((kind) => [
		storeRoute(store, 'POST', `${kind.path}/query`, query(kind)),
		storeRoute(store, 'GET', kind.path, list(kind)),
		storeRoute(store, 'POST', kind.path, findOrCreate(kind)),
		storeRoute(store, 'GET', `${kind.path}/:key`, get(kind)),
		storeRoute(store, 'PATCH', `${kind.path}/:key`, rename(kind)),
		storeRoute(store, 'DELETE', `${kind.path}/:key`, remove(kind)),
	]);
}
