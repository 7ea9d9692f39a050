import type { Resources, Schemas } from 'scimmy';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { tidyLists } from './lists.mts';
import { refusal } from './refusal.mts';
import { rowsFor } from './rows.mts';
import type { ScimUser } from './types.mts';
import type { UserStore } from './userStore.mts';

/** What scimmy's handlers are told of the call that they work for. */
export interface CallContext {
	store: UserStore;
	/** The texts that were set aside from the call's filter. */
	texts: readonly string[];
	/** Where the page begins, once a list was read. */
	startIndex?: number;
}

type UserResource = InstanceType<typeof Resources.User>;

function shown(store: UserStore, user: ScimUser): JsonObject {
	if (store.behaviour.scimVersions) return user;
	const { version: _version, ...meta } = user.meta;
	return { ...user, meta };
}

function known(store: UserStore, id: string): ScimUser {
	const user = store.users.get(id);
	if (!user) throw refusal(404, `There is no user ${id}.`);
	return user;
}

function totalOf(store: UserStore, count: number): number {
	switch (store.behaviour.scimTotals) {
		case 'exact':
			return count;
		case 'tooFew':
			return Math.floor(count / 2);
		case 'tooMany':
			return count + 10;
		case 'drifting':
			return Math.max(0, count + (store.lists % 2 === 0 ? -2 : 2));
	}
}

function pageSize({ behaviour }: UserStore, count: number | undefined): number {
	const { scimPageMaximum, scimPageCut } = behaviour;
	const size = Math.min(count ?? scimPageMaximum, scimPageMaximum);
	return scimPageCut > 0 ? Math.min(size, scimPageCut) : size;
}

/**
 * One page of a list. scimmy would build every user of the whole list for each page, and begin anew beyond the last one, so the page
 * is cut here and scimmy is told that it is the first.
 */
function listUsers(resource: UserResource, context: CallContext): JsonObject[] {
	const { store, texts } = context;
	const { startIndex = 1, count, sortBy, sortOrder } = resource.constraints ?? {};
	const rows = rowsFor(store, { filter: resource.filter, texts, sortBy, sortOrder });
	store.lists++;
	const page = rows.slice(startIndex - 1, startIndex - 1 + pageSize(store, count));
	context.startIndex = startIndex;
	const told = { startIndex: 1, count: page.length, totalResults: totalOf(store, rows.length) };
	resource.constraints = told as NonNullable<typeof resource.constraints>;
	return page.map((user) => shown(store, user));
}

/** One user, or one page of them. */
export function egress(resource: UserResource, context: CallContext): JsonObject | JsonObject[] {
	if (!resource.id) return listUsers(resource, context);
	return shown(context.store, known(context.store, resource.id));
}

/** Creates a user, or gives one that exists other content. */
export function ingress(
	resource: UserResource,
	instance: Schemas.User,
	{ store }: CallContext,
): JsonObject {
	const before = resource.id ? known(store, resource.id) : undefined;
	// scimmy's instance leaves out, as JSON, what nobody may read: the password.
	const content = tidyLists(before, JSON.parse(JSON.stringify(instance)) as JsonObject);
	if (store.isTaken(String(content.userName), before?.id)) {
		throw refusal(409, 'Another user has this userName.', 'uniqueness');
	}
	return shown(store, before ? store.replace(before, content) : store.create(content));
}

/** Deletes a user. */
export function degress(resource: UserResource, { store }: CallContext): void {
	store.delete(known(store, resource.id ?? ''));
}
