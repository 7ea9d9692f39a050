import { defaultBehaviour, type Behaviour } from '../control/behaviour.mts';
import { RecordStore } from '../control/recordStore.mts';
import { seededOktaIds } from './ids.mts';
import { keysOf, loginKey, serviceAccount, shortNameKey, ownerId, type User } from './types.mts';

/** All users of the organization. The seed people come in with the first call that needs them: most tests never ask Okta. */
export class UserStore {
	behaviour: Behaviour = { ...defaultBehaviour };
	readonly mintId: (prefix: string) => string;
	private readonly records = new RecordStore<User>({
		keysOf,
		behaviour: () => this.behaviour,
		seesUpTo: () => (this.seesAll ? Infinity : 0),
	});
	private seesAll = true;
	private people: (() => readonly User[]) | undefined;

	constructor(people: () => readonly User[], seed: number) {
		this.people = people;
		this.mintId = seededOktaIds(seed);
	}

	/** The people again, at the next call. */
	reset(people: () => readonly User[]): void {
		this.people = people;
	}

	load(users: readonly User[]): void {
		this.people = undefined;
		this.records.replaceAll(users);
	}

	get users(): RecordStore<User> {
		if (this.people) this.load(this.people());
		return this.records;
	}

	/** The user of an id, a login, or the part of a login before its @ where only one has it. */
	find(idOrLogin: string): User | undefined {
		const byId = this.users.get(idOrLogin);
		if (byId) return byId;
		const [login] = this.users.holders(loginKey(idOrLogin));
		if (login !== undefined) return this.users.get(login);
		const short = idOrLogin.includes('@') ? [] : this.users.holders(shortNameKey(idOrLogin));
		return short.length === 1 ? this.users.get(short[0] ?? '') : undefined;
	}

	/** The account that SSWS tokens act for. */
	tokenOwner(): User {
		return this.users.get(ownerId) ?? serviceAccount(new Date(Date.UTC(2024, 0, 1)).toISOString());
	}

	put(user: User): User {
		this.users.put(user);
		return user;
	}

	/** Writes the user with changes: `lastUpdated` moves on, and `statusChanged` with another status. */
	change(user: User, changes: Partial<User>): User {
		const now = this.stamp(user);
		const moved = changes.status !== undefined && changes.status !== user.status;
		return this.put({
			...user,
			...changes,
			...(moved ? { statusChanged: now } : {}),
			lastUpdated: now,
		} as User);
	}

	/**
	 * What a listing shows. `search` asks an index, which lags behind by the switches; all else sees every write. `keys` narrow
	 * the users to those that can fit at all.
	 */
	select(
		how: { indexed: boolean; name: string; keys: readonly string[] | undefined },
		choose: (visible: Iterable<User>) => User[],
	): User[] {
		const { users } = this;
		this.seesAll = !how.indexed;
		try {
			if (how.indexed) users.beginRead();
			if (how.keys) return choose(this.holdersOf(how.keys, how.indexed));
			return users.listed(how.name, choose);
		} finally {
			this.seesAll = true;
		}
	}

	private holdersOf(keys: readonly string[], indexed: boolean): Iterable<User> {
		if (indexed) return this.users.visibleHolders(keys);
		const ids = new Set(keys.flatMap((key) => this.users.holders(key)));
		return [...ids].flatMap((id) => this.users.get(id) ?? []);
	}

	/** Now, but later than the user's last write, so that no write leaves `lastUpdated` as it was. */
	private stamp(user: User): string {
		const last = Date.parse(user.lastUpdated);
		const now = Date.now();
		return new Date(last >= now ? last + 1 : now).toISOString();
	}
}
