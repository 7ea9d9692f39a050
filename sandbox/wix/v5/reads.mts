import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { textList } from '../contactReads.mts';
import { cutPage, orderRows, readCursorPage, readOrders } from '../cursorPaging.mts';
import { applicationError, validationError } from '../errors.mts';
import { addressesAsked, compileFilter } from '../filters.mts';
import type { Order } from '../paging.mts';
import type { Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { contactFieldsV5, freeTextFields, holdsText } from './contactFields.mts';
import { identifiersOf, matchesFor } from './matching.mts';
import { viewV5 } from './view.mts';

type Call = 'query' | 'search';
const mostSorts: Record<Call, number> = { query: 5, search: 10 };
const newestFirst: Order[] = [{ fieldName: 'createdDate', descending: true }];
const maxMatches = 100;

function textTest(store: WixStore, search: JsonValue | undefined): (contact: Contact) => boolean {
	const { expression, fields } = isJsonObject(search)
		? search
		: { expression: search, fields: null };
	if (typeof expression !== 'string' || expression === '') return () => true;
	if (expression.length > 100) {
		throw validationError('search.expression', 'has more than 100 characters', 'MAX_LENGTH');
	}
	const asked = textList(fields, 'search.fields');
	return (contact) =>
		holdsText(store, contact, expression, asked.length > 0 ? asked : freeTextFields);
}

function ordersOf(store: WixStore, call: Call, sort: JsonValue | undefined): Order[] {
	const orders = readOrders(sort, `${call}.sort`, mostSorts[call]);
	if (call === 'query' && !store.behaviour.v5DescSort && orders.some((order) => order.descending)) {
		throw applicationError(400, 'INVALID_SORT', 'Descending order is not supported.');
	}
	return orders.length > 0 ? orders : newestFirst;
}

function chosen(store: WixStore, call: Call, query: JsonObject, orders: Order[]): Contact[] {
	const table = contactFieldsV5(store, call);
	const foldCase = !store.behaviour.eqCaseSensitive;
	const passes = compileFilter(query.filter, table, foldCase);
	const holds = textTest(store, query.search);
	store.contacts.beginRead();
	const choose = (visible: Iterable<Contact>) => {
		const kept: Contact[] = [];
		for (const contact of visible) if (passes(contact) && holds(contact)) kept.push(contact);
		return orderRows(kept, orders, table);
	};
	const keys = addressesAsked(query.filter, ['email.email']);
	if (keys) return choose(store.contacts.visibleHolders(keys));
	const name = JSON.stringify(['v5', call, query, foldCase]);
	return store.contacts.listed(name, choose);
}

function answerPage(store: WixStore, call: Call, given: JsonValue | undefined): Answer {
	const page = readCursorPage(isJsonObject(given) ? given : {});
	const orders = ordersOf(store, call, page.query.sort);
	const all = chosen(store, call, page.query, orders);
	const { rows, metadata } = cutPage(all, page, orders, contactFieldsV5(store, call));
	const isFirst = page.after === undefined;
	return ok({
		contacts: rows.map((contact) => viewV5(store, contact)),
		pagingMetadata: {
			...metadata,
			...(call === 'search' && isFirst ? { total: all.length } : {}),
		},
	});
}

export const queryContactsV5 = (store: WixStore, request: ApiRequest): Answer =>
	answerPage(store, 'query', bodyOf(request).query);

export const searchContactsV5 = (store: WixStore, request: ApiRequest): Answer =>
	answerPage(store, 'search', bodyOf(request).search);

/** Counts by what Search can filter and find by. */
export function countContactsV5(store: WixStore, request: ApiRequest): Answer {
	const { filter, search } = bodyOf(request);
	const query: JsonObject = { filter: filter ?? null, search: search ?? null };
	return ok({ count: chosen(store, 'search', query, newestFirst).length });
}

/** By external id, main address and main number; strong, unlike Query. */
export function findMatching(store: WixStore, request: ApiRequest): Answer {
	const text = (name: string) => request.query.get(name) ?? '';
	const wanted = identifiersOf({
		externalId: text('externalId'),
		email: { email: text('email') },
		phone: { phone: text('phone') },
	});
	if (Object.values(wanted).every((value) => value === '')) {
		throw applicationError(400, 'NO_IDENTIFIER_PROVIDED', 'Give an email, phone or external ID.');
	}
	const matches = matchesFor(store, wanted).slice(0, maxMatches);
	return ok({ contacts: matches.map(({ contact }) => viewV5(store, contact)) });
}
