import type { Side } from '../../shared/contracts';
import type { Property } from './compile';
import { furtherAddresses, type SideRecord } from './records';
import { rememberedKey } from './readings';
import { idOn, isWhole, type Row } from './rows';
import { recordOf, type PlanState } from './state';

/** Who holds which address on one side: as primary value, further (secondary, unverified), or soon (an announced write). */
export class AddressBook {
	private readonly primary = new Map<string, SideRecord[]>();
	private further: Map<string, SideRecord> | undefined;
	/** Record id to the addresses that it is about to show: a write was sent and nothing stands in its way. */
	private readonly underWay = new Map<string, Set<string>>();
	private readonly arriving = new Map<string, Row>();

	constructor(
		private readonly state: PlanState,
		private readonly side: Side,
	) {
		for (const record of state.listing[side].byId.values()) {
			state.flow.properties.forEach((property, index) => {
				const { key } = record.readings[index];
				if (property.unique && key !== '') add(this.primary, key, record);
			});
		}
		for (const row of state.rows) this.noteUnderWay(row);
		for (const { row, side: target, values } of state.writes) {
			if (target === side) for (const { toKey } of values) this.arriving.set(toKey, row);
		}
	}

	/** A write to this side brings its address here; a create on the other side shows that its source here holds it. */
	private noteUnderWay(row: Row): void {
		const waits = !isWhole(row);
		if (!waits && !this.state.underWay.has(row)) return;
		this.state.flow.properties.forEach((property, index) => {
			if (!property.unique) return;
			const key = waits ? this.sourceKey(row, index) : this.lastSent(row, property);
			if (key === '') return;
			this.arriving.set(key, row);
			const id = idOn(row, this.side);
			if (!waits) this.underWay.set(id, (this.underWay.get(id) ?? new Set()).add(key));
		});
	}

	/** What the record of a row that waits for a create holds: it is what will be made, or what it was made from. */
	private sourceKey(row: Row, index: number): string {
		const source = recordOf(this.state, row, row.wixId === '' ? 'users' : 'wix');
		if (source !== undefined) return source.readings[index].key;
		const property = this.state.flow.properties[index];
		return this.lastSent(row, property);
	}

	private lastSent(row: Row, property: Property): string {
		const entries = row.pending.filter(
			({ side, operation, outcome, ...entry }) =>
				entry.property === property.key &&
				(side === this.side || operation === 'create') &&
				(outcome === 'announced' || outcome === 'sent'),
		);
		const last = entries[entries.length - 1];
		return last === undefined ? '' : rememberedKey(last.to, property.compare, property.type);
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

	/** A record that holds `key` as a further address. Built on first use: only creates ask. */
	furtherHolder(key: string): SideRecord | undefined {
		if (this.further === undefined) {
			this.further = new Map();
			for (const record of this.state.listing[this.side].byId.values()) {
				for (const address of furtherAddresses(this.state.flow, record))
					this.further.set(address, record);
			}
		}
		return this.further.get(key);
	}

	/** The row with an announced write of `key` to this side. */
	arrivingRow(key: string): Row | undefined {
		return this.arriving.get(key);
	}
}

function add(records: Map<string, SideRecord[]>, key: string, record: SideRecord): void {
	const known = records.get(key);
	if (known === undefined) records.set(key, [record]);
	else known.push(record);
}
