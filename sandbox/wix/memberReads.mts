import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject, parsePath, valueAt } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { listParameter, textList } from './contactReads.mts';
import { bodyOf } from './body.mts';
import { memberNotFound, validationError } from './errors.mts';
import { addressesAsked, compileFilter, type FieldSpec, type Operator } from './filters.mts';
import { showMember, type MemberFieldset } from './memberShape.mts';
import { pageInfo, readOrder, readPage, sortRows, type Page } from './paging.mts';
import type { Member } from './types.mts';
import type { WixStore } from './wixStore.mts';

const maxLimit = 100;
const textOperators: Operator[] = [
	'$eq',
	'$ne',
	'$in',
	'$nin',
	'$exists',
	'$startsWith',
	'$gt',
	'$gte',
	'$lt',
	'$lte',
];
const rangeOperators: Operator[] = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'];
const choiceOperators: Operator[] = ['$eq', '$ne', '$in', '$exists', '$hasSome'];
const fieldOperators: Record<string, Operator[]> = {
	id: textOperators,
	loginEmail: textOperators,
	contactId: textOperators,
	'contact.firstName': textOperators,
	'contact.lastName': textOperators,
	'profile.nickname': textOperators,
	'profile.slug': textOperators,
	privacyStatus: choiceOperators,
	status: choiceOperators,
	createdDate: [],
	updatedDate: [],
	lastLoginDate: [],
};
const sortable = new Set([
	'profile.nickname',
	'contact.firstName',
	'contact.lastName',
	'createdDate',
	'updatedDate',
	'lastLoginDate',
]);
const searchable = [
	'loginEmail',
	'contact.firstName',
	'contact.lastName',
	'profile.title',
	'profile.nickname',
	'profile.slug',
];

const kindOf = (name: string): FieldSpec<Member>['kind'] => {
	if (name === 'loginEmail') return 'email';
	return name.endsWith('Date') ? 'date' : 'text';
};

const fullView = (store: WixStore, member: Member) =>
	showMember(member, store.contacts.get(member.contactId), 'FULL');

function memberFields(store: WixStore): (name: string) => FieldSpec<Member> | undefined {
	return (name) => {
		const known = Object.hasOwn(fieldOperators, name) ? fieldOperators[name] : undefined;
		const operators =
			name === 'createdDate' && store.behaviour.memberDateFilter ? rangeOperators : known;
		const segments = parsePath(name);
		if (!operators || !segments) return undefined;
		const inContact = segments[0] === 'contact';
		return {
			kind: kindOf(name),
			operators,
			sortable: sortable.has(name) && (name !== 'updatedDate' || store.behaviour.memberUpdatedSort),
			values: (member) => {
				const value = valueAt(inContact ? fullView(store, member) : member, segments);
				return value === undefined ? [] : [value];
			},
		};
	};
}

export function readFieldset(names: readonly string[]): MemberFieldset {
	for (const name of names) {
		if (name !== 'PUBLIC' && name !== 'EXTENDED' && name !== 'FULL') {
			throw validationError('fieldsets', 'must be one of PUBLIC, EXTENDED, FULL', 'ENUM');
		}
	}
	if (names.includes('FULL')) return 'FULL';
	return names.includes('EXTENDED') ? 'EXTENDED' : 'PUBLIC';
}

function searchTest(store: WixStore, search: JsonValue | undefined): (member: Member) => boolean {
	if (!isJsonObject(search) || typeof search.expression !== 'string') return () => true;
	const wanted = search.expression.toLowerCase();
	const asked = textList(search.fields ?? 'profile.nickname', 'search.fields');
	const paths = asked.map((field) => {
		if (!searchable.includes(field)) {
			throw validationError('search.fields', `must be among ${searchable.join(', ')}`, 'ENUM');
		}
		return parsePath(field) ?? [];
	});
	return (member) => {
		const view = fullView(store, member);
		return paths.some((path) =>
			String(valueAt(view, path) ?? '')
				.toLowerCase()
				.includes(wanted),
		);
	};
}

/** What more than 100 a page does is not documented: refused, or by a switch the same as 100. */
function pageOf(store: WixStore, paging: JsonValue | undefined): Page {
	const isClamped = store.behaviour.membersLimit === 'clamped';
	const page = readPage(paging, maxLimit, isClamped ? Infinity : maxLimit);
	return { ...page, limit: Math.min(page.limit, maxLimit) };
}

function answerPage(
	store: WixStore,
	query: JsonObject,
	fieldset: MemberFieldset,
	search: JsonValue | undefined,
): Answer {
	const table = memberFields(store);
	const page = pageOf(store, query.paging);
	const order = readOrder(query.sorting, 'query.sorting');
	const foldCase = !store.behaviour.eqCaseSensitive;
	const passes = compileFilter(query.filter, table, foldCase);
	const found = searchTest(store, search);
	store.members.beginRead();
	const choose = (visible: Iterable<Member>) =>
		sortRows(
			[...visible].filter((member) => passes(member) && found(member)),
			order,
			table,
		);
	const keys = addressesAsked(query.filter, ['loginEmail']);
	const isShown = ({ role }: Member) =>
		store.behaviour.membersArea === 'installed' || role === 'OWNER';
	const rows = choose(
		keys ? store.members.visibleHolders(keys) : store.members.listed('all', (all) => [...all]),
	).filter(isShown);
	const shown = rows
		.slice(page.offset, page.offset + page.limit)
		.map((member) => showMember(member, store.contacts.get(member.contactId), fieldset));
	return ok({
		members: shown,
		metadata: pageInfo(shown.length, page, rows.length, store.behaviour),
	});
}

export function queryMembers(store: WixStore, request: ApiRequest): Answer {
	const { query, fieldsets, search } = bodyOf(request);
	const fieldset = readFieldset(textList(fieldsets, 'fieldsets'));
	return answerPage(store, isJsonObject(query) ? query : {}, fieldset, search);
}

export function listMembers(store: WixStore, request: ApiRequest): Answer {
	const fieldName = request.query.get('sorting.fieldName');
	const query: JsonObject = {
		paging: {
			limit: request.query.get('paging.limit'),
			offset: request.query.get('paging.offset'),
		},
		sorting:
			fieldName === null ? null : { fieldName, order: request.query.get('sorting.order') ?? 'ASC' },
	};
	return answerPage(store, query, readFieldset(listParameter(request, 'fieldsets')), undefined);
}

export function memberAt(store: WixStore, request: ApiRequest): Member {
	const member = store.members.get(request.params.id ?? '');
	if (!member) throw memberNotFound();
	return member;
}

/** What a write answers: the whole member, or by a switch what the default fieldset shows. */
export const answerMember = (store: WixStore, member: Member): Answer =>
	ok({
		member: showMember(member, store.contacts.get(member.contactId), store.behaviour.memberAnswers),
	});

export function getMember(store: WixStore, request: ApiRequest): Answer {
	const member = memberAt(store, request);
	const fieldset = readFieldset(listParameter(request, 'fieldsets'));
	return ok({ member: showMember(member, store.contacts.get(member.contactId), fieldset) });
}
