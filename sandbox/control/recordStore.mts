import { sandboxClock } from './clock.mts';
import type { Behaviour } from './behaviour.mts';

interface HiddenWrite<T> {
	before: T | undefined;
	visibleAt: number;
	visibleAtRead: number;
	/** The number that this write has among those of all stores of the server. */
	number: number;
}

interface StoreOptions<T> {
	/** What a record is found by (lower-cased addresses and the like): the index that duplicate checks and searches use. */
	keysOf: (record: T) => string[];
	behaviour: () => Behaviour;
	/** Numbers the writes of the server. */
	nextWrite?: () => number;
	/** The caller may see all writes up to this number, however they lag: it has a token that says so. */
	seesUpTo?: () => number;
}

/**
 * Records by id in the order of their birth, with an index by address and the like. Records are never changed in place: a write puts
 * a new object. So a listing can go on showing the object from before (query lag), and a reset costs nothing.
 */
export class RecordStore<T extends { id: string }> {
	private records = new Map<string, T>();
	private index = new Map<string, Set<string>>();
	private hidden = new Map<string, HiddenWrite<T>[]>();
	private reads = 0;
	private version = 0;
	private remembered?: { key: string; version: number; rows: T[] };

	constructor(private readonly options: StoreOptions<T>) {}

	get size(): number {
		return this.records.size;
	}

	/** The strong read. */
	get(id: string): T | undefined {
		return this.records.get(id);
	}

	all(): IterableIterator<T> {
		return this.records.values();
	}

	/** Ids of the records that have this key; always up to date. */
	holders(key: string): string[] {
		return [...(this.index.get(key) ?? [])];
	}

	put(record: T): void {
		const before = this.records.get(record.id);
		this.hide(record.id, before);
		if (before) this.unindex(before);
		this.records.set(record.id, record);
		this.addToIndex(record);
		this.version++;
	}

	delete(id: string): void {
		const before = this.records.get(id);
		if (!before) return;
		this.hide(id, before);
		this.unindex(before);
		this.records.delete(id);
		this.version++;
	}

	replaceAll(records: readonly T[]): void {
		this.records = new Map(records.map((record) => [record.id, record]));
		this.index = new Map();
		this.hidden = new Map();
		for (const record of this.records.values()) this.addToIndex(record);
		this.version++;
	}

	/** Marks that one more listing or query begins: lag can be counted in reads. */
	beginRead(): void {
		this.reads++;
		const now = sandboxClock.now();
		for (const [id, writes] of this.hidden) {
			const still = writes.filter(
				(write) => now < write.visibleAt || this.reads <= write.visibleAtRead,
			);
			if (still.length === writes.length) continue;
			this.version++;
			if (still.length > 0) this.hidden.set(id, still);
			else this.hidden.delete(id);
		}
	}

	/** What a listing shows, by `key`, which names what `choose` does: repeated pages of one listing cost nothing. */
	listed(key: string, choose: (visible: Iterable<T>) => T[]): T[] {
		if (this.hidden.size > 0 && this.seesUpTo() > 0) return choose(this.visible());
		if (this.remembered?.key === key && this.remembered.version === this.version) {
			return this.remembered.rows;
		}
		const rows = choose(this.hidden.size === 0 ? this.all() : this.visible());
		this.remembered = { key, version: this.version, rows };
		return rows;
	}

	/** The visible records that have one of these keys, without a scan unless writes are hidden (then all visible ones). */
	visibleHolders(keys: readonly string[]): Iterable<T> {
		if (this.hidden.size > 0) return this.visible();
		const ids = new Set(keys.flatMap((key) => this.holders(key)));
		return [...ids].flatMap((id) => this.records.get(id) ?? []);
	}

	private *visible(): Generator<T> {
		for (const record of this.records.values()) {
			const hidden = this.firstUnseen(this.hidden.get(record.id));
			const shown = hidden ? hidden.before : record;
			if (shown) yield shown;
		}
		for (const [id, writes] of this.hidden) {
			const before = this.firstUnseen(writes)?.before;
			if (before && !this.records.has(id)) yield before;
		}
	}

	private seesUpTo(): number {
		return this.options.seesUpTo?.() ?? 0;
	}

	private firstUnseen(writes: readonly HiddenWrite<T>[] = []): HiddenWrite<T> | undefined {
		const seen = this.seesUpTo();
		return writes.find((write) => write.number > seen);
	}

	private hide(id: string, before: T | undefined): void {
		const number = this.options.nextWrite?.() ?? 1;
		const { queryLagMs, queryLagReads } = this.options.behaviour();
		if (queryLagMs === 0 && queryLagReads === 0) return;
		const writes = this.hidden.get(id) ?? [];
		writes.push({
			before,
			number,
			visibleAt: sandboxClock.now() + queryLagMs,
			visibleAtRead: this.reads + queryLagReads,
		});
		this.hidden.set(id, writes);
	}

	private addToIndex(record: T): void {
		for (const key of this.options.keysOf(record)) {
			const ids = this.index.get(key) ?? new Set();
			this.index.set(key, ids.add(record.id));
		}
	}

	private unindex(record: T): void {
		for (const key of this.options.keysOf(record)) {
			const ids = this.index.get(key);
			ids?.delete(record.id);
			if (ids?.size === 0) this.index.delete(key);
		}
	}
}
