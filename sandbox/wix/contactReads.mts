import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { contactFields } from './contactFields.mts';
import { projection } from './contactProjection.mts';
import { bodyOf } from './body.mts';
import { contactNotFound, validationError } from './errors.mts';
import { addressesAsked, compileFilter } from './filters.mts';
import { pageInfo, readOrder, readPage, sortRows, type Order } from './paging.mts';
import { itemsOf, nameOf, type Contact } from './types.mts';
import type { WixStore } from './wixStore.mts';

const defaultLimit = 50;
const maxLimit = 1000;
const emailFields = ['info.emails.email', 'primaryInfo.email', 'primaryEmail.email'];

/** All values of a parameter that may be repeated or hold a comma-separated list. */
export const listParameter = (request: ApiRequest, name: string): string[] =>
	request.query
		.getAll(name)
		.flatMap((value) => value.split(','))
		.filter((value) => value !== '');

/** A list in a body; a bare text counts as a list of one. */
export function textList(value: JsonValue | undefined, field: string): string[] {
	if (value === undefined || value === null) return [];
	const list = Array.isArray(value) ? value : [value];
	return list.map((entry) => {
		if (typeof entry === 'string') return entry;
		throw validationError(field, 'must be a list of strings', 'TYPE');
	});
}

/** Free text finds the whole of a name, address or number, in any case. */
export function matchesText(contact: Contact, search: string): boolean {
	const { first, last } = nameOf(contact.info);
	const values = [
		first,
		last,
		...itemsOf(contact.info, 'emails').map((item) => item.email),
		...itemsOf(contact.info, 'phones').map((item) => item.phone),
	];
	return values.some((value) => typeof value === 'string' && value.toLowerCase() === search);
}

/** Free text in lower case; undefined for none. */
export function readSearch(search: JsonValue | undefined): string | undefined {
	if (search === undefined || search === null || search === '') return undefined;
	if (typeof search !== 'string' || search.length > 100) {
		throw validationError('search', 'must be a string of at most 100 characters', 'MAX_LENGTH');
	}
	return search.trim().toLowerCase();
}

const standardOrder = (store: WixStore): Order | undefined =>
	store.behaviour.defaultSort === 'createdDesc'
		? { fieldName: 'createdDate', descending: true }
		: undefined;

function answerPage(store: WixStore, query: JsonObject, search: string | undefined): Answer {
	const table = contactFields(store.catalog);
	const foldCase = !store.behaviour.eqCaseSensitive;
	const page = readPage(query.paging, defaultLimit, maxLimit);
	const order = readOrder(query.sort, 'query.sort') ?? standardOrder(store);
	const passes = compileFilter(query.filter, table, foldCase);
	const project = projection(
		textList(query.fields, 'query.fields'),
		textList(query.fieldsets, 'query.fieldsets'),
	);
	store.contacts.beginRead();
	const keys = addressesAsked(query.filter, emailFields);
	const choose = (visible: Iterable<Contact>) => {
		const chosen: Contact[] = [];
		for (const contact of visible) {
			if (passes(contact) && (!search || matchesText(contact, search))) chosen.push(contact);
		}
		return sortRows(chosen, order, table);
	};
	const name = JSON.stringify([query.filter ?? null, order ?? null, search ?? null, foldCase]);
	const rows = keys
		? choose(store.contacts.visibleHolders(keys))
		: store.contacts.listed(name, choose);
	const shown = rows.slice(page.offset, page.offset + page.limit).map(project);
	return ok({
		contacts: shown,
		pagingMetadata: pageInfo(shown.length, page, rows.length, store.behaviour),
	});
}

export function queryContacts(store: WixStore, request: ApiRequest): Answer {
	const { query, search } = bodyOf(request);
	if (query !== undefined && query !== null && !isJsonObject(query)) {
		throw validationError('query', 'expected an object', 'TYPE');
	}
	return answerPage(store, isJsonObject(query) ? query : {}, readSearch(search));
}

export function listContacts(store: WixStore, request: ApiRequest): Answer {
	const fieldName = request.query.get('sort.fieldName');
	const query: JsonObject = {
		paging: {
			limit: request.query.get('paging.limit'),
			offset: request.query.get('paging.offset'),
		},
		sort:
			fieldName === null ? null : { fieldName, order: request.query.get('sort.order') ?? 'ASC' },
		fields: listParameter(request, 'fields'),
		fieldsets: listParameter(request, 'fieldsets'),
	};
	return answerPage(store, query, undefined);
}

/** A merged-away id answers its survivor, with `responseType` MERGED. */
export function getContact(store: WixStore, request: ApiRequest): Answer {
	const id = request.params.id ?? '';
	const survivor = store.survivorOf(id);
	const contact = store.contacts.get(survivor);
	if (!contact) throw contactNotFound();
	const project = projection(listParameter(request, 'fields'), listParameter(request, 'fieldsets'));
	return ok({ contact: project(contact), responseType: survivor === id ? 'REGULAR' : 'MERGED' });
}
