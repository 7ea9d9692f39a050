import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { defaultBehaviour, type Behaviour } from '../control/behaviour.mts';
import { seededIds } from '../control/random.mts';
import { RecordStore } from '../control/recordStore.mts';
import { keysOf, lookupKey, revisionOf, versionOf, type ScimUser } from './types.mts';

const isSame = (a: JsonObject, b: JsonObject): boolean =>
	isDeepStrictEqual({ ...a, meta: null }, { ...b, meta: null });

/** All users of the SCIM server, and those that a soft delete took out of its sight. */
export class UserStore {
	behaviour: Behaviour = { ...defaultBehaviour };
	readonly users = new RecordStore<ScimUser>({ keysOf, behaviour: () => this.behaviour });
	readonly mintId: () => string;
	/** How many lists were answered: totals that drift go by it. */
	lists = 0;
	private hidden = new Map<string, ScimUser>();
	private isLoaded = false;

	/** `people` is asked for when the first call needs them. */
	constructor(
		private readonly people: () => readonly ScimUser[],
		seed: number,
	) {
		this.mintId = seededIds(seed);
	}

	/** Puts in the seed people, once. */
	ready(): this {
		if (!this.isLoaded) this.load(this.people());
		return this;
	}

	reset(): void {
		this.isLoaded = false;
	}

	load(users: readonly ScimUser[]): void {
		this.users.replaceAll(users);
		this.hidden.clear();
		this.lists = 0;
		this.isLoaded = true;
	}

	create(content: JsonObject): ScimUser {
		const created = new Date().toISOString();
		const user = {
			...content,
			id: this.mintId(),
			meta: { resourceType: 'User', created, lastModified: created, version: versionOf(1) },
		} as JsonObject as ScimUser;
		this.users.put(user);
		return user;
	}

	/** The user with other content; nothing but `meta` is kept. The version goes up when the content differs. */
	replace(before: ScimUser, content: JsonObject): ScimUser {
		const after = { ...content, id: before.id, meta: before.meta } as JsonObject as ScimUser;
		return isSame(after, before) ? before : this.touch(after);
	}

	/** Puts the user under a new version. */
	touch(user: ScimUser): ScimUser {
		const lastModified = new Date().toISOString();
		const meta = { ...user.meta, lastModified, version: versionOf(revisionOf(user) + 1) };
		const touched: ScimUser = { ...user, meta };
		this.users.put(touched);
		return touched;
	}

	/** A soft delete leaves an inactive user behind, who keeps the user name and whom the API no longer knows. */
	delete(user: ScimUser): void {
		this.users.delete(user.id);
		if (this.behaviour.scimSoftDelete) this.hidden.set(user.id, { ...user, active: false });
	}

	/** Takes the record away for good; false for an unknown id. */
	forget(id: string): boolean {
		const isKnown = this.users.get(id) !== undefined;
		this.users.delete(id);
		return this.hidden.delete(id) || isKnown;
	}

	isTaken(userName: string, exceptId: string | undefined): boolean {
		const key = lookupKey('userName', userName);
		if (this.users.holders(key).some((id) => id !== exceptId)) return true;
		return [...this.hidden.values()].some((user) => lookupKey('userName', user.userName) === key);
	}

	all(): ScimUser[] {
		return [...this.users.all(), ...this.hidden.values()];
	}
}
