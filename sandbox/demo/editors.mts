import type { JsonObject } from '../../nodes/shared/contract/index';
import { seededRandom } from '../control/random.mts';
import { addressKey, wixAddress } from './records.mts';
import type { ServerName } from './scenario.mts';
import { USER_EMAIL } from './system.mts';
import type { Servers } from './world.mts';

/** One address that a person typed. */
export interface PersonsEdit {
	/** In the order in which they were made. */
	number: number;
	server: ServerName;
	/** Of a contact or a user. */
	id: string;
	value: string;
}

interface Somebody {
	wix: string;
	users: string;
	address: string;
}

/** Shares of edits that are no fresh address. */
const EMPTIED = 0.04;
const OF_SOMEBODY_ELSE = 0.04;
const AS_ON_THE_OTHER_SIDE = 0.04;

/** People at both systems who edit addresses, repeatable by a seed, and a note of all that they did. */
export class Editors {
	readonly made: PersonsEdit[] = [];
	private readonly random: () => number;
	private readonly last = new Map<string, string>();

	/** They edit only `somebodies`, so that now and then both sides of one pair are edited. */
	private constructor(
		private readonly servers: Servers,
		private readonly seed: number,
		private readonly somebodies: readonly Somebody[],
	) {
		this.random = seededRandom(seed);
	}

	/** @param most how many people they look after; those with one address on both sides */
	static async begin(servers: Servers, seed: number, most: number): Promise<Editors> {
		const contacts = groupBy(await servers.wix.records(), wixAddress);
		const users = groupBy(await servers.users.records(), servers.system.addressOf);
		const all: Somebody[] = [];
		for (const [key, [wix, ...others]] of contacts) {
			const [user, ...namesakes] = users.get(key) ?? [];
			if (wix === undefined || user === undefined || others.length + namesakes.length > 0) continue;
			all.push({ wix: String(wix.id), users: String(user.id), address: key });
		}
		const random = seededRandom(seed + 1);
		const ranked = all.map((somebody) => ({ somebody, rank: random() }));
		ranked.sort((one, other) => one.rank - other.rank);
		return new Editors(
			servers,
			seed,
			ranked.slice(0, most).map(({ somebody }) => somebody),
		);
	}

	/** So many edits on each side, in any order. */
	async edit(aSide: number): Promise<void> {
		const sides = [...Array(aSide * 2).keys()].map((n): ServerName => (n % 2 ? 'wix' : 'users'));
		for (const side of sides) await this.editOne(side);
	}

	async editOne(server: ServerName): Promise<void> {
		const somebody = this.anybody();
		const value = this.valueFor(somebody, server);
		const id = somebody[server];
		try {
			const path = server === 'wix' ? 'primaryInfo.email' : USER_EMAIL;
			await this.servers[server].edit(id, path, value);
		} catch {
			// Wix lets nobody empty the address of a member
			return;
		}
		this.last.set(id, value);
		this.made.push({ number: this.made.length, server, id, value });
	}

	private anybody(): Somebody {
		const one = this.somebodies[Math.floor(this.random() * this.somebodies.length)];
		if (one === undefined) throw new Error('There is nobody to edit.');
		return one;
	}

	private valueFor(somebody: Somebody, server: ServerName): string {
		const chance = this.random();
		if (chance < EMPTIED) return '';
		const another = this.anybody();
		// What a pair held first, typed again while a write replaces it, counts as the echo of that write: docs/protocol.md
		const isElse = chance < EMPTIED + OF_SOMEBODY_ELSE && another !== somebody;
		if (isElse) return another.address;
		const other = this.last.get(somebody[server === 'wix' ? 'users' : 'wix']);
		const isSame = chance < EMPTIED + OF_SOMEBODY_ELSE + AS_ON_THE_OTHER_SIDE;
		if (isSame && other !== undefined) return other;
		return `edit.${this.seed}.${this.made.length}.${server}@example.org`;
	}
}

/** Those with an address, by that address. */
function groupBy(
	records: ReadonlyMap<string, JsonObject>,
	addressOf: (record: JsonObject) => string,
): Map<string, JsonObject[]> {
	const groups = new Map<string, JsonObject[]>();
	for (const record of records.values()) {
		const key = addressKey(addressOf(record));
		if (key === '') continue;
		const group = groups.get(key);
		if (group) group.push(record);
		else groups.set(key, [record]);
	}
	return groups;
}
