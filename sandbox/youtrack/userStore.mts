import { defaultBehaviour, type Behaviour } from '../control/behaviour.mts';
import { omit } from '../control/objects.mts';
import { seededIds } from '../control/random.mts';
import { RecordStore } from '../control/recordStore.mts';
import { addressKeysOf, guestId, ownerId, profileOf, type User } from './types.mts';

const serviceAccount = (id: string, login: string, name: string, guest: boolean): User => ({
	type: 'user',
	id,
	aliases: [],
	login,
	name,
	banned: false,
	guest,
	profile: {},
	details: [],
	groups: [],
	creationTime: Date.UTC(2024, 0, 1),
});

/** All users of the Hub, the logins in use, and what became of merged ids. */
export class UserStore {
	behaviour: Behaviour = { ...defaultBehaviour };
	readonly users = new RecordStore<User>({
		keysOf: addressKeysOf,
		behaviour: () => this.behaviour,
	});
	readonly mintId: () => string;
	private logins = new Map<string, string>();
	private merged = new Map<string, string>();

	constructor(seed: number) {
		this.mintId = seededIds(seed);
	}

	load(users: readonly User[]): void {
		this.users.replaceAll(users);
		this.logins = new Map(users.map((user) => [user.login.toLowerCase(), user.id]));
		this.merged.clear();
	}

	put(user: User): User {
		const before = this.users.get(user.id);
		if (before) this.freeLogin(before);
		this.users.put(user);
		this.logins.set(user.login.toLowerCase(), user.id);
		return user;
	}

	remove(user: User): void {
		this.users.delete(user.id);
		this.freeLogin(user);
	}

	noteMerge(source: User, targetId: string): void {
		this.remove(source);
		this.merged.set(source.id, targetId);
	}

	ownerOfLogin(login: string): string | undefined {
		return this.logins.get(login.toLowerCase());
	}

	/** The id itself, or that of the user it was merged into. */
	survivorOf(id: string): string {
		if (this.behaviour.mergedIdsGone) return id;
		let survivor = id;
		for (let next = this.merged.get(survivor); next; next = this.merged.get(survivor))
			survivor = next;
		return survivor;
	}

	/** The account that calls without a token are made as. */
	guest(): User {
		return this.users.get(guestId) ?? serviceAccount(guestId, 'guest', 'guest', true);
	}

	/** The account that every token acts for. */
	tokenOwner(): User {
		return (
			this.users.get(ownerId) ?? serviceAccount(ownerId, 'sync.service', 'Sync Service', false)
		);
	}

	/** The user as the token's owner may see it. */
	visible(user: User): User {
		if (!this.behaviour.hiddenEmails || user.id === ownerId) return user;
		return { ...user, profile: omit(profileOf(user), 'email', 'unverifiedEmail') };
	}

	private freeLogin(user: User): void {
		const key = user.login.toLowerCase();
		if (this.logins.get(key) === user.id) this.logins.delete(key);
	}
}
