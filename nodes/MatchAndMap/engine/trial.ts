import { comparisonKey } from '../../shared/normalize';
import type { Side } from '../../shared/contract';
import type { WriteIntent } from './intents';
import type { SideRecord } from './records';
import type { Row } from './rows';
import { recordOf, type PlanState } from './state';

const sides: readonly Side[] = ['wix', 'users'];

/** A trial: only the records named are written; all others are counted `excluded`, and nothing is announced for them. */
export class Trial {
	private readonly ids: ReadonlySet<string>;
	private readonly addresses: ReadonlySet<string>;

	constructor(private readonly state: PlanState) {
		const names = state.policies.onlyRecords
			.map((name) => name.trim())
			.filter((name) => name !== '');
		this.ids = new Set(names);
		this.addresses = new Set(names.map((name) => comparisonKey(name, 'email')));
	}

	/** Takes the writes and unlinks of everybody else out of the plan. */
	hold(): void {
		if (this.ids.size === 0) return;
		const { state } = this;
		const kept = state.writes.filter((intent) => this.holds(intent));
		state.writes = kept;
		state.unlinks = state.unlinks.filter(({ row }) => this.isIn(row));
	}

	/** Counts everybody else, once it is settled who is written. */
	count(): void {
		if (this.ids.size === 0) return;
		const { state } = this;
		const written = new Set(state.writes.map(({ row }) => row));
		for (const row of state.rows) {
			if (!state.removed.has(row) && !written.has(row) && !this.isIn(row))
				state.tally.mark(row, 'excluded');
		}
		for (const side of sides) {
			for (const record of state.listing[side].records) {
				if (record.isTaken || state.covered[side].has(record.id) || this.isNamed(record)) continue;
				state.tally.mark(record, 'excluded');
			}
		}
	}

	private holds(intent: WriteIntent): boolean {
		const { row, values } = intent;
		if (this.isIn(row) || values.some(({ toKey }) => this.addresses.has(toKey))) return true;
		this.state.tally.mark(row, 'excluded');
		for (const matter of this.state.answers.get(intent) ?? []) this.state.review.keep(matter);
		return false;
	}

	private isIn(row: Row): boolean {
		if (this.ids.has(row.wixId) || this.ids.has(row.userId)) return true;
		return sides.some((side) => {
			const record = recordOf(this.state, row, side);
			return record !== undefined && this.isNamed(record);
		});
	}

	private isNamed(record: SideRecord): boolean {
		if (this.ids.has(record.id)) return true;
		return this.state.flow.properties.some(
			({ unique }, index) => unique && this.addresses.has(record.key(index)),
		);
	}
}
