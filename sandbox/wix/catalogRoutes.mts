import { ok, type Answer, type ApiRequest, type Route } from '../control/http.mts';
import { bodyOf } from './contactWrites.mts';
import { validationError } from './errors.mts';
import { pageInfo, readPage } from './paging.mts';
import type { WixStore } from './wixStore.mts';

function displayNameOf(request: ApiRequest, longest: number): string {
	const { displayName } = bodyOf(request);
	if (typeof displayName !== 'string' || displayName.length < 1 || displayName.length > longest) {
		throw validationError('displayName', `must have 1 to ${longest} characters`, 'MAX_LENGTH');
	}
	return displayName;
}

function pageOf(request: ApiRequest, fallback: number, maximum: number) {
	const paging = {
		limit: request.query.get('paging.limit'),
		offset: request.query.get('paging.offset'),
	};
	return readPage(paging, fallback, maximum);
}

function listLabels(store: WixStore, request: ApiRequest): Answer {
	const page = pageOf(request, 1000, 2000);
	const all = [...store.catalog.labels.values()];
	const labels = all.slice(page.offset, page.offset + page.limit);
	return ok({ labels, metadata: pageInfo(labels.length, page, all.length, false) });
}

function listFields(store: WixStore, request: ApiRequest): Answer {
	const page = pageOf(request, 100, 100);
	const all = [...store.catalog.fields.values()];
	const fields = all.slice(page.offset, page.offset + page.limit);
	return ok({ fields, metadata: pageInfo(fields.length, page, all.length, false) });
}

/** Labels and extended fields: list, and find or create. */
export function catalogRoutes(store: WixStore): Route[] {
	return [
		{
			method: 'GET',
			path: '/contacts/v4/labels',
			handle: (request) => listLabels(store, request),
		},
		{
			method: 'POST',
			path: '/contacts/v4/labels',
			handle: (request) => ok(store.catalog.ensureLabel(displayNameOf(request, 180))),
		},
		{
			method: 'GET',
			path: '/contacts/v4/extended-fields',
			handle: (request) => listFields(store, request),
		},
		{
			method: 'POST',
			path: '/contacts/v4/extended-fields',
			handle: (request) =>
				ok(store.catalog.ensureField(displayNameOf(request, 150), bodyOf(request).dataType)),
		},
	];
}
