import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { Attempt, Caller } from '../../shared/apiTypes';
import type { RecordStore, WriteOptions } from '../../shared/applyChange/RecordStore';
import type { JsonObject } from '../../shared/contracts';

export type Output = 'full' | 'syncFields';

export interface UserFilters {
	/** In the system's own search language; '' for all. */
	query: string;
	includeBanned: boolean;
	includeGuests: boolean;
}

/** What a person gives for a new user; empty parts are left out. */
export interface NewUser {
	email: string;
	login: string;
	name: string;
}

/** One directory of users. Everything that differs between systems is behind this. */
export interface UserSystem {
	/** As people call it. */
	readonly name: string;
	connect(caller: Caller): Promise<Api>;
	get(api: Api, id: string, output: Output): Promise<Attempt<JsonObject | undefined>>;
	/** All users that fit, or the first `limit`, in a fixed order, each once. */
	getAll(
		api: Api,
		filters: UserFilters,
		limit: number,
		output: Output,
	): Promise<Attempt<JsonObject[]>>;
	create(api: Api, user: NewUser): Promise<Attempt<JsonObject>>;
	/** Reads and writes single users. `successorId` is who takes over what a deleted user owned. */
	store(api: Api, successorId: string): RecordStore;
	/** Record paths of the fields that a person may set: email, login, name, banned. */
	readonly paths: Readonly<Record<'email' | 'login' | 'name' | 'banned', string>>;
	/** A search for the picker: whatever starts with or holds `typed`. */
	queryFor(typed: string): string;
	project(user: JsonObject, output: Output): IDataObject;
}

export type { WriteOptions };
