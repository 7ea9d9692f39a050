import type { JsonObject } from '../../../nodes/shared/contract/index';
import { isJsonObject, parsePath, valueAt } from '../../../nodes/shared/paths';
import { ApiError, ok, type ApiRequest, type Route } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { cutPage, orderRows, readCursorPage, readOrders } from '../cursorPaging.mts';
import { plainFailure, validationError } from '../errors.mts';
import { compileFilter, type FieldTable, type Operator } from '../filters.mts';
import type { Automation, Automations } from './automations.mts';

const operators: Operator[] = ['$eq', '$ne', '$in', '$hasSome', '$startsWith', '$exists'];

const filterable = [
	'name',
	'origin',
	'configuration.status',
	'configuration.trigger.appId',
	'configuration.trigger.triggerKey',
];

const table: FieldTable<Automation> = (name) =>
	filterable.includes(name)
		? {
				kind: 'text',
				operators,
				sortable: true,
				values: (automation) => {
					const value = valueAt(automation, parsePath(name) ?? []);
					return value === undefined ? [] : [value];
				},
			}
		: undefined;

function query(automations: Automations, body: JsonObject): JsonObject {
	const page = readCursorPage(isJsonObject(body.query) ? body.query : {});
	const orders = readOrders(page.query.sort, 'query.sort', 5);
	const passes = compileFilter(page.query.filter, table, false);
	const all = orderRows(automations.all().filter(passes), orders, table);
	const { rows, metadata } = cutPage(all, page, orders, table);
	return { automations: rows, pagingMetadata: metadata };
}

function automationIn(body: JsonObject): JsonObject {
	if (isJsonObject(body.automation)) return body.automation;
	throw validationError('automation', 'is required', 'REQUIRED_FIELD');
}

const notFound = () => new ApiError(plainFailure(404, 'There is no such automation.'));

function idIn(request: ApiRequest): string {
	return request.params.id ?? '';
}

/** Automations v2, where Wix's own n8n node calls them, and at the shorter path of Wix's SDK. */
export const automationRoutes = (automations: Automations): Route[] =>
	['/automations-service/v2/automations', '/v2/automations'].flatMap((base): Route[] => [
		{
			method: 'POST',
			path: `${base}/query`,
			readOnly: true,
			handle: (request) => ok(query(automations, bodyOf(request))),
		},
		{
			method: 'POST',
			path: base,
			handle: (request) => ok({ automation: automations.create(automationIn(bodyOf(request))) }),
		},
		{
			method: 'GET',
			path: `${base}/:id`,
			handle: (request) => {
				const automation = automations.get(idIn(request));
				if (!automation) throw notFound();
				return ok({ automation });
			},
		},
		{
			method: 'DELETE',
			path: `${base}/:id`,
			handle: (request) => {
				if (!automations.remove(idIn(request))) throw notFound();
				return ok({});
			},
		},
	]);
