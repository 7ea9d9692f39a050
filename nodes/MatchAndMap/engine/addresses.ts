import type { LinkRow, Pending, Side } from '../../shared/contract';
import type { Property } from './rules';
import type { WriteValue } from './intents';
import { rememberedKey } from './readings';
import { furtherAddresses, type SideRecord } from './records';
import { idOn, isRowFault, isWhole, mayHaveBeenSent, parseRow, type Row } from './rows';
import { recordOf, type PlanState } from './state';

/** An address that a side does not show yet but that is spoken for. */
export interface Arrival {
	/** The row it is spoken for by; undefined for a row of another flow. */
	row: Row | undefined;
	/** It will show, or turn out free, without anybody's doing; else it is stuck in review. */
	soon: boolean;
}

/** Who holds which address on one side: as primary value, further (secondary, unverified), or soon (an announced write). */
export class AddressBook {
	private readonly primary = new Map<string, SideRecord[]>();
	private further: Map<string, SideRecord> | undefined;
	/** Record id to the addresses that it is about to show: a write was sent and nothing stands in its way. */
	private readonly underWay = new Map<string, Set<string>>();
	private readonly arrivals = new Map<string, Arrival>();

	/** @param wanted the only addresses that will be asked for, where they are known: saves an entry for everybody else */
	constructor(
		private readonly state: PlanState,
		private readonly side: Side,
		wanted?: ReadonlySet<string>,
	) {
		const unique = state.flow.properties.flatMap((property, index) =>
			property.unique ? [index] : [],
		);
		for (const record of state.listing[side].records) {
			for (const index of unique) {
				const key = record.key(index);
				if (key !== '' && (wanted === undefined || wanted.has(key))) add(this.primary, key, record);
			}
		}
		const written = new Set(
			state.writes.filter((intent) => intent.side === side).map(({ row }) => row),
		);
		for (const row of state.rows) {
			if (row.isQuiet) continue;
			if (isWhole(row)) this.noteWhole(row, written.has(row));
			else this.noteWaiting(row);
		}
		for (const { row, side: target } of state.verifies) if (target === side) this.noteUnlisted(row);
		for (const { row, side: target, values } of state.writes) {
			if (target === side) for (const { toKey } of values) this.arrive(toKey, { row, soon: true });
		}
		if (side === 'users') {
			const { byWixId, waiting } = state.linkedElsewhere;
			for (const link of byWixId.values()) this.noteElsewhere(link);
			for (const link of waiting) this.noteElsewhere(link);
		}
	}

	/** Records that hold `key` as their own value. */
	holders(key: string): readonly SideRecord[] {
		return this.primary.get(key) ?? [];
	}

	/** Whether an earlier run has sent `record` away from `key` already. */
	isLeaving(record: SideRecord, key: string): boolean {
		const keys = this.underWay.get(record.id);
		return keys !== undefined && !keys.has(key);
	}

	/** Whether a write of `values` takes `key` off every field in which `record` holds it. */
	isFreedBy(values: readonly WriteValue[], record: SideRecord, key: string): boolean {
		return this.state.flow.properties.every(
			(property, index) =>
				!property.unique ||
				record.key(index) !== key ||
				values.some((value) => value.property === property && value.toKey !== key),
		);
	}

	/** A record that holds `key` as a further address. Built on first use: only creates ask. */
	furtherHolder(key: string): SideRecord | undefined {
		this.further ??= this.furtherHolders();
		return this.further.get(key);
	}

	/** What speaks for `key` on this side. */
	arrival(key: string): Arrival | undefined {
		return this.arrivals.get(key);
	}

	arrive(key: string, arrival: Arrival): void {
		if (key !== '') this.arrivals.set(key, arrival);
	}

	private furtherHolders(): Map<string, SideRecord> {
		const holders = new Map<string, SideRecord>();
		for (const record of this.state.listing[this.side].records) {
			for (const address of furtherAddresses(this.state.flow, record)) holders.set(address, record);
		}
		return holders;
	}

	private noteWhole(row: Row, isWritten: boolean): void {
		if (row.pending.length === 0) return;
		const isUnderWay = this.state.underWay.has(row) || this.state.leased.has(row);
		for (const property of this.uniqueProperties()) {
			const keys = liveKeys(row.pending, property, this.side);
			for (const key of keys) this.arrive(key, { row, soon: isUnderWay || isWritten });
			const last = keys.at(-1);
			if (!isUnderWay || last === undefined) continue;
			const id = idOn(row, this.side);
			this.underWay.set(id, (this.underWay.get(id) ?? new Set()).add(last));
		}
	}

	/** A row that waits for a create: its record's address is what will be made, or what it was made from. */
	private noteWaiting(row: Row): void {
		const source = recordOf(this.state, row, row.wixId === '' ? 'users' : 'wix');
		this.state.flow.properties.forEach((property, index) => {
			if (!property.unique) return;
			const announced = row.pending
				.filter((entry) => entry.operation === 'create')
				.map((entry) => entry.to);
			const key =
				source?.key(index) ?? rememberedKey(announced[0], property.compare, property.type);
			this.arrive(key, { row, soon: true });
		});
	}

	/** A record that is only looked up by its id in this run may still be there, with what it held. */
	private noteUnlisted(row: Row): void {
		for (const property of this.uniqueProperties()) {
			const key = rememberedKey(row.base.get(property.key), property.compare, property.type);
			this.arrive(key, { row, soon: true });
		}
	}

	private noteElsewhere(link: LinkRow): void {
		const row = parseRow(link);
		if (isRowFault(row)) return;
		for (const entry of row.pending) {
			if (entry.side === this.side && (isLive(entry) || entry.operation === 'create')) {
				this.arrive(rememberedKey(entry.to, 'email', 'string'), { row: undefined, soon: true });
			}
		}
	}

	private uniqueProperties(): Property[] {
		return this.state.flow.properties.filter((property) => property.unique);
	}
}

const isLive = (entry: Pending) =>
	(entry.operation === 'create' || entry.operation === 'update') && mayHaveBeenSent(entry);

function liveKeys(entries: readonly Pending[], property: Property, side: Side): string[] {
	return entries
		.filter((entry) => entry.side === side && entry.property === property.key && isLive(entry))
		.map((entry) => rememberedKey(entry.to, property.compare, property.type))
		.filter((key) => key !== '');
}

function add(records: Map<string, SideRecord[]>, key: string, record: SideRecord): void {
	const known = records.get(key);
	if (known === undefined) records.set(key, [record]);
	else known.push(record);
}

/** The address book of each side, made when it is first asked for: most runs create nobody. */
export class AddressBooks {
	private readonly books = new Map<Side, AddressBook>();

	constructor(private readonly state: PlanState) {}

	of(side: Side): AddressBook {
		const known = this.books.get(side);
		if (known !== undefined) return known;
		const book = new AddressBook(this.state, side);
		this.books.set(side, book);
		return book;
	}
}
