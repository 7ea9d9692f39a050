import type { LinkRow, Pending, Side } from '../../../shared/contract';
import { addTo } from '../../../shared/grouped';
import type { Decision, WriteValue } from '../decision';
import type { Half } from '../pair';
import {
	baseOf,
	furtherAddresses,
	idOn,
	isComplete,
	isRowFault,
	mayHaveBeenSent,
	otherSide,
	parseRow,
	rememberedKey,
	type Known,
	type Row,
	type SideRecord,
} from '../read';
import type { Property } from '../rules';

/** An address that a side does not show yet but that is spoken for. */
export interface Arrival {
	/** The row it is spoken for by; undefined for a row of another flow. */
	row: Row | undefined;
	/** It will show, or turn out free, without anybody's doing; else it is stuck with a person. */
	isSoon: boolean;
}

/** Who holds which address on one side: as primary value, further (secondary, unverified), or soon (an announced write). */
export class AddressBook {
	private readonly primary = new Map<string, SideRecord[]>();
	private further: Map<string, SideRecord> | undefined;
	/** Record id to the addresses that it is about to show: a write was sent and nothing stands in its way. */
	private readonly underWay = new Map<string, Set<string>>();
	private readonly arrivals = new Map<string, Arrival>();
	/** Values to be written in this run, by record id. */
	private readonly written = new Map<string, readonly WriteValue[]>();

	/**
	 * @param decisions those that were made so far
	 * @param wanted the only addresses that will be asked for, where they are known: saves an entry for everybody else
	 */
	constructor(
		private readonly known: Known,
		private readonly side: Side,
		decisions: readonly Decision[],
		halves: readonly Half[],
		wanted?: ReadonlySet<string>,
	) {
		const unique = known.rules.properties.flatMap(({ unique }, index) => (unique ? [index] : []));
		for (const record of known.records[side].records) {
			for (const index of unique) {
				const key = record.key(index);
				if (key === '' || (wanted !== undefined && !wanted.has(key))) continue;
				addTo(this.primary, key, record);
			}
		}
		for (const decision of decisions) this.note(decision);
		for (const { row } of halves) this.noteRow(row, false, false);
		for (const { row, write } of decisions) {
			if (row === undefined || write?.side !== side) continue;
			this.written.set(write.recordId, write.values);
			for (const { toKey } of write.values) this.arrive(toKey, { row, isSoon: true });
		}
		if (side === 'users') {
			const { byWixId, waiting } = known.ledger.elsewhere;
			for (const link of [...byWixId.values(), ...waiting]) this.noteElsewhere(link);
		}
	}

	/** Records that hold `key` as their own value. */
	holders(key: string): readonly SideRecord[] {
		return this.primary.get(key) ?? [];
	}

	/** Whether a write takes `key` off every field in which `record` holds it: one of this run, or one that an earlier run has sent. */
	isLeaving(record: SideRecord, key: string): boolean {
		return this.isSentAway(record, key) || this.isFreed(record, key);
	}

	isSentAway(record: SideRecord, key: string): boolean {
		const keys = this.underWay.get(record.id);
		return keys !== undefined && !keys.has(key);
	}

	isFreed(record: SideRecord, key: string): boolean {
		const values = this.written.get(record.id);
		if (values === undefined) return false;
		return this.known.rules.properties.every(
			(property, index) =>
				!property.unique ||
				record.key(index) !== key ||
				values.some((value) => value.property === property && value.toKey !== key),
		);
	}

	/** A record that holds `key` as a further address. Built on first use: only creates ask. */
	furtherHolder(key: string): SideRecord | undefined {
		const { rules, records } = this.known;
		this.further ??= new Map(
			records[this.side].records.flatMap((record) =>
				furtherAddresses(rules, record).map((address) => [address, record] as const),
			),
		);
		return this.further.get(key);
	}

	/** What speaks for `key` on this side. */
	arrival(key: string): Arrival | undefined {
		return this.arrivals.get(key);
	}

	arrive(key: string, arrival: Arrival): void {
		if (key !== '') this.arrivals.set(key, arrival);
	}

	private note({ row, write, lookUps, isUnderWay = false }: Decision): void {
		if (row === undefined || row.state !== 'linked') return;
		this.noteRow(row, isUnderWay, write?.side === this.side);
		// A record that is only looked up by its id in this run may still be there, with what it held
		if (lookUps?.includes(this.side) !== true) return;
		for (const property of this.uniqueProperties())
			this.arrive(keyOf(property, baseOf(row, property.key)), { row, isSoon: true });
	}

	private noteRow(row: Row, isUnderWay: boolean, isWritten: boolean): void {
		if (!isComplete(row)) {
			this.noteWaiting(row);
			return;
		}
		if (row.pending.length === 0) return;
		const id = idOn(row, this.side);
		for (const property of this.uniqueProperties()) {
			const keys = liveKeys(row.pending, property, this.side);
			for (const key of keys) this.arrive(key, { row, isSoon: isUnderWay || isWritten });
			const last = keys.at(-1);
			if (isUnderWay && last !== undefined)
				this.underWay.set(id, (this.underWay.get(id) ?? new Set()).add(last));
		}
	}

	/** A row that waits for a create: its record's address is what will be made, or what it was made from. */
	private noteWaiting(row: Row): void {
		const other = otherSide(row.wixId === '' ? 'wix' : 'users');
		const source = this.known.records[other].byId.get(idOn(row, other));
		this.known.rules.properties.forEach((property, index) => {
			if (!property.unique) return;
			const announced = row.pending.find((entry) => entry.operation === 'create');
			this.arrive(source?.key(index) ?? keyOf(property, announced?.to), { row, isSoon: true });
		});
	}

	private noteElsewhere(link: LinkRow): void {
		const row = parseRow(link);
		if (isRowFault(row)) return;
		for (const entry of row.pending) {
			if (entry.side === this.side && (isLive(entry) || entry.operation === 'create'))
				this.arrive(rememberedKey(entry.to, 'email', 'string'), { row: undefined, isSoon: true });
		}
	}

	private uniqueProperties(): Property[] {
		return this.known.rules.properties.filter((property) => property.unique);
	}
}

const keyOf = ({ compare, type }: Property, value: Pending['to'] | undefined) =>
	rememberedKey(value, compare, type);

const isLive = (entry: Pending) =>
	(entry.operation === 'create' || entry.operation === 'update') && mayHaveBeenSent(entry);

const liveKeys = (entries: readonly Pending[], property: Property, side: Side): string[] =>
	entries
		.filter((entry) => entry.side === side && entry.property === property.key && isLive(entry))
		.map((entry) => keyOf(property, entry.to))
		.filter((key) => key !== '');
