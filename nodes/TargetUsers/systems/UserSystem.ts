import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { ApiFailure, Attempt, Caller, Service } from '../../shared/apiTypes';
import type { Refusal } from '../../shared/apply/RecordStore';
import type { Comparison, JsonObject, JsonValue } from '../../shared/contract';
import type { Listing } from '../../shared/listing';

/** How much of each user is returned. */
export type Output = 'full' | 'simplified' | 'syncFields';

/** What a new user is called where the values to set do not say it; '' where nobody chose. */
export interface Identity {
	login: string;
	name: string;
}

/** What a system tells of a user that it has made; nothing of it is certain. */
export interface Created {
	id?: string | undefined;
	user?: JsonObject;
}

/** A user in the words that all systems share. */
export interface ShortUser extends IDataObject {
	id: string;
	login: string | null;
	name: string | null;
	email: string | null;
	active: boolean;
}

/**
 * One system that users live in. Everything that differs between systems is behind this; each is one file. Paths are data
 * paths into a user as the system returns it, or an alias that `valueOf` and `bodyFor` of the adapter agree on.
 */
export interface UserSystem {
	/** As people call it. */
	readonly name: string;
	/** Its credential, its words for people, and how its errors read. */
	readonly service: Service;
	connect(caller: Caller): Promise<Api>;

	/** All users that fit the filters of Get Many, in an order that holds while they are read. */
	listing(filters: IDataObject, output: Output): Listing;
	/** The same in another way, for a server that answers the first one with `failure`; undefined: there is none. */
	listingAfter?(failure: ApiFailure, filters: IDataObject, output: Output): Listing | undefined;
	/** Whether `filters` leave users out for what they are, so that a list of them says nothing about the rest. */
	isSearch(filters: IDataObject): boolean;
	/** The filters that find users for the picker by what was `typed`; '' for all. */
	filtersFor(typed: string): IDataObject;
	/** Users whose address or login may be one of `spellings`; more than these do no harm, they are compared again. */
	search(
		api: Api,
		by: 'email' | 'login',
		spellings: readonly string[],
	): Promise<Attempt<JsonObject[]>>;
	/** Why `text` cannot be searched for, in words; undefined when it can. */
	faultForSearch?(text: string): string | undefined;
	/** Why what this credential is shown cannot be taken for all there is, before a list is read; asked once in a run. */
	faultOfAccess?(api: Api): Promise<ApiFailure | undefined>;
	/** The id of the account that asks, where it is among the users. */
	ownId?(api: Api): Promise<string | undefined>;

	/** undefined when the system itself says that there is no such user. A merged user comes back with another id. */
	get(api: Api, id: string): Promise<Attempt<JsonObject | undefined>>;
	create(api: Api, set: JsonObject, options: IDataObject): Promise<Attempt<Created>>;
	/** The first of `ids` stays; the rest become other names of it. Only where the system can. */
	merge?(api: Api, ids: readonly string[]): Promise<Attempt<JsonObject | undefined>>;
	/**
	 * Lets a new or deactivated user in; one who is in already stays as it is. Only where that is a call of its own. The answer is
	 * what there is to hand on, such as a link by which the person comes in.
	 */
	activate?(api: Api, id: string, options: IDataObject): Promise<Attempt<IDataObject | undefined>>;
	/** Partial: what `set` does not name stays. `user` has just been read. The answer may be empty, then it is undefined. */
	update(api: Api, user: JsonObject, set: JsonObject): Promise<Attempt<JsonObject | undefined>>;
	deactivate(api: Api, id: string): Promise<Attempt<undefined>>;
	delete(api: Api, id: string, successorId: string): Promise<Attempt<undefined>>;
	/** Whether a deleted user's belongings need somebody who takes them over. */
	readonly needsSuccessor: boolean;

	/** How values at `path` are compared; undefined when it cannot be written. */
	writable(path: string): Comparison | undefined;
	/** What can be written, for messages. */
	readonly writablePaths: string;
	/** By the names of the node's own fields, `email` and `login` among them: where each is in a user. */
	readonly fields: Readonly<Record<string, string> & Record<'email' | 'login', string>>;
	valueOf(user: JsonObject, path: string): JsonValue;
	/** An address that was accepted but awaits confirmation. */
	waitingEmailOf?(user: JsonObject): JsonValue;
	/** All further places of a user that hold an address. */
	otherEmailsOf?(user: JsonObject): JsonValue[];
	/** `set` with what the system demands of a new user beside it: a login that only this user has, a name. */
	withIdentity(set: JsonObject, identity: Identity): JsonObject;
	isActive(user: JsonObject): boolean;
	/**
	 * When a user was made and last changed, where the system says so and can be asked for later ones (filter `updatedAfter`).
	 * ISO dates; '' where this user has none.
	 */
	stampsOf?(user: JsonObject): { created: string; updated: string };
	short(user: JsonObject): ShortUser;
	/** `user` with what the presets read where the system itself keeps that elsewhere. */
	withAliases?(user: JsonObject): IDataObject;
	/** Only what the presets read. */
	syncFields(user: JsonObject): IDataObject;
	refusalOf(failure: ApiFailure): Refusal;
}
