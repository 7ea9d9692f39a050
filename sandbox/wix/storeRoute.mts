import type { Answer, ApiRequest, Route } from '../control/http.mts';
import { withUnpackedQuery } from './packedQuery.mts';
import type { WixStore } from './wixStore.mts';

export type StoreHandler = (store: WixStore, request: ApiRequest) => Answer;

/** A route of a handler that works on the store; a query by POST changes nothing. */
export const storeRoute = (
	store: WixStore,
	method: Route['method'],
	path: string,
	handler: StoreHandler,
): Route => ({
	method,
	path,
	handle: (request) => handler(store, withUnpackedQuery(request)),
	...(path.endsWith('/query') ? { readOnly: true } : {}),
});
