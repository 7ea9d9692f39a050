import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Answer, ApiRequest, Route } from '../control/http.mts';
import { scimAnswer } from './errors.mts';
import { setTextsAside, type FilterText } from './filterText.mts';
import type { CallContext } from './handlers.mts';
import type { InnerCall } from './inject.mts';
import { asSwitched, isList, refused } from './liberties.mts';
import { unmetCondition } from './preconditions.mts';
import { scimBasePath } from './types.mts';
import type { UserStore } from './userStore.mts';

const wholeNumber = /^-?\d+$/;

type Query = InnerCall['query'];
type ScimApp = typeof import('./scimApp.mts');

function queryOf(route: Route, request: ApiRequest): Query {
	const entries = [...request.query].map(([name, value]): [string, string | number] => {
		const isPaging = name === 'startIndex' || name === 'count';
		return [name, isPaging && wholeNumber.test(value) ? Number(value) : value];
	});
	// scimmy reads the user as these have it before it changes and writes it: the rest would be lost.
	const isLossy = (name: string) => name === 'attributes' || name === 'excludedAttributes';
	const kept = route.method === 'PATCH' ? entries.filter(([name]) => !isLossy(name)) : entries;
	return Object.fromEntries(kept);
}

/** A PUT without `userName` gets the present one, where the switch allows that. */
function bodyOf(store: UserStore, route: Route, { body, params }: ApiRequest) {
	if (route.method !== 'PUT' || store.behaviour.scimPutNeedsUserName) return body;
	const before = store.users.get(params.id ?? '');
	return before && isJsonObject(body) ? { userName: before.userName, ...body } : body;
}

/** The filter as scimmy can read it, and the texts taken out of it. It stands in the query, or in the body of a search. */
function filterOf(query: Query, body: JsonValue | undefined): FilterText | undefined {
	if (typeof query.filter === 'string') return setTextsAside(query.filter);
	const isSearch = isJsonObject(body) && typeof body.filter === 'string';
	return isSearch ? setTextsAside(String(body.filter)) : undefined;
}

/** What scimmy-routers leaves out: `Location` of a new user (RFC 7644 section 3.3), and `ETag`. */
function headersOf(status: number, body: JsonObject | undefined): Record<string, string> {
	const meta = isJsonObject(body?.meta) ? body.meta : {};
	return {
		...(status === 201 && typeof meta.location === 'string' ? { location: meta.location } : {}),
		...(typeof meta.version === 'string' ? { etag: meta.version } : {}),
	};
}

async function answerInTurn(
	scimmy: ScimApp,
	store: UserStore,
	route: Route,
	request: ApiRequest,
): Promise<Answer> {
	const { behaviour } = store;
	const refusal = refused(route, request, behaviour) ?? unmetCondition(store.ready(), request);
	if (refusal) return refusal;
	const query = queryOf(route, request);
	const body = bodyOf(store, route, request);
	const filter = isList(route) ? filterOf(query, body) : undefined;
	if (filter && !scimmy.isFilter(filter.text)) {
		return scimAnswer(400, 'The filter cannot be read.', 'invalidFilter');
	}
	const context: CallContext = { store, texts: filter?.values ?? [] };
	const answer = await scimmy.callScimmy(
		{
			method: route.method,
			path: scimBasePath + request.path,
			query: filter && 'filter' in query ? { ...query, filter: filter.text } : query,
			headers: { host: request.header('host') ?? '', 'content-type': 'application/scim+json' },
			body: filter && isJsonObject(body) ? { ...body, filter: filter.text } : body,
		},
		context,
	);
	const full = { ...answer, headers: headersOf(answer.status, answer.body) };
	return asSwitched(route, full, context.startIndex, behaviour);
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Answers one call by scimmy, with the liberties of a real server before and after it. One call waits for another: scimmy keeps its
 * settings and its base path in one place for the whole process, which several sandboxes share, and a condition is to hold until
 * the work is done.
 */
export async function answerUserCall(
	store: UserStore,
	route: Route,
	request: ApiRequest,
): Promise<Answer> {
	// Only here: a sandbox that nobody asks for SCIM need not load it.
	const scimmy = await import('./scimApp.mts');
	const turn = last.then(() => answerInTurn(scimmy, store, route, request));
	last = turn.catch(() => undefined);
	return turn;
}
