import type { ApiFailure, Attempt } from '../../nodes/shared/apiTypes';
import type { RecordStore } from '../../nodes/shared/apply/RecordStore';
import { comparisonKey } from '../../nodes/shared/normalize';
import type { JsonObject, JsonValue, Side } from '../../nodes/shared/contract/index';
import { contact, user } from './builders.mts';

/** One person's record in memory. `edited`: a person set the address and the other side has not held it since. */
export interface Held {
	id: string;
	address: string | null;
	parked: string | null;
	banned: boolean;
	locked: boolean;
	edited: boolean;
}

const failure = (code: string): { ok: false; failure: ApiFailure } => ({
	ok: false,
	failure: { kind: 'status', status: 409, code, enveloped: true, firstContact: false },
});
const done = <T,>(value: T): Attempt<T> => ({ ok: true, value });

/** A system as the writers see it, with what real ones do to a write: lock it, park it, refuse a double. */
export class MemorySystem {
	readonly held = new Map<string, Held>();
	/** Writes are accepted but kept aside until confirmed. */
	parks = false;
	writes = 0;
	/** Record ids by the record of the other side that they were created for. */
	readonly createdFor = new Map<string, string[]>();
	lostEdits: string[] = [];
	/** Writes that brought what another request had brought already. */
	repeated: string[] = [];
	/** While a request is on its way; a world that lets others go on meanwhile sets it. */
	underWay: () => Promise<void> = async () => undefined;
	private next = 1;

	constructor(readonly side: Side) {}

	add(address: string | null): Held {
		const id = `${this.side === 'wix' ? 'C' : 'U'}${this.next++}`;
		const record: Held = { id, address, parked: null, banned: false, locked: false, edited: false };
		this.held.set(id, record);
		return record;
	}

	list(): JsonObject[] {
		return [...this.held.values()].map((record) => this.show(record));
	}

	show(record: Held): JsonObject {
		return this.side === 'wix'
			? contact(record.id, record.address)
			: user(record.id, record.address, record.parked ?? undefined);
	}

	holders(key: string): string[] {
		return [...this.held.values()]
			.filter(({ address, parked }) =>
				[address, parked].some((value) => comparisonKey(value, 'email') === key),
			)
			.map(({ id }) => id);
	}

	/** As the writers' generic part needs it. `mayLose` says whether overwriting a person's edit is what the policy asks for. */
	store(mayLose: () => boolean): RecordStore {
		const valueOf = (record: JsonObject): JsonValue =>
			this.held.get(String(record.id))?.address ?? null;
		return {
			side: this.side,
			noun: this.side === 'wix' ? 'contact' : 'user',
			comparisonOf: () => 'email',
			faultOfPath: () => undefined,
			valueOf,
			parkedValueOf: (record) => this.held.get(String(record.id))?.parked ?? null,
			read: async (id) => {
				const record = this.held.get(id);
				return done(record === undefined ? undefined : this.show(record));
			},
			write: async (shown, set, { allowDuplicates }) => {
				await this.underWay();
				return this.write(String(shown.id), addressIn(set), allowDuplicates === true, mayLose());
			},
			create: async (set) => {
				this.writes++;
				const record = this.add(addressIn(set));
				return done(record.id);
			},
			holdersOf: async (address) => done(this.holders(comparisonKey(address, 'email'))),
			faultOfRemoval: () => undefined,
			isDeactivated: (record) => this.held.get(String(record.id))?.banned ?? false,
			remove: async (id, operation) => {
				this.writes++;
				const record = this.held.get(id);
				if (operation === 'delete') this.held.delete(id);
				else if (record !== undefined) record.banned = true;
				return done(undefined);
			},
			refusalOf: ({ code = '' }) => ({
				kind: code === 'DUPLICATE' ? 'taken' : 'refused',
				code,
				otherIds: [],
			}),
			explain: ({ code = '' }) => code,
		};
	}

	private write(
		id: string,
		address: string,
		allowDuplicates: boolean,
		mayLose: boolean,
	): Attempt<JsonObject | undefined> {
		const record = this.held.get(id);
		if (record === undefined) return failure('NOT_FOUND');
		if (record.locked) return failure('CANNOT_UPDATE_MEMBER_EMAIL');
		const others = this.holders(comparisonKey(address, 'email')).filter((other) => other !== id);
		if (others.length > 0 && this.side === 'wix' && !allowDuplicates) return failure('DUPLICATE');
		this.writes++;
		if (same(record.address, address)) this.repeated.push(`${id}: ${address}`);
		if (this.parks) {
			record.parked = address;
			return done(undefined);
		}
		if (record.edited && !mayLose)
			this.lostEdits.push(`${id}: ${String(record.address)} -> ${address}`);
		record.address = address;
		record.parked = null;
		record.edited = false;
		return done(this.show(record));
	}
}

const same = (left: string | null, right: string) =>
	comparisonKey(left, 'email') === comparisonKey(right, 'email');

const addressIn = (set: JsonObject) => String(Object.values(set)[0]);
