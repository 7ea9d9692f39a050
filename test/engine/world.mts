import { applyChange } from '../../nodes/shared/applyChange/applyChange';
import { comparisonKey } from '../../nodes/shared/normalize';
import type {
	Change,
	JsonObject,
	Link,
	Plan,
	Policies,
} from '../../nodes/MatchAndMap/engine/index';
import { baseOf, now, pendingOf, run, save } from './builders.mts';
import { MemorySystem, type Held } from './memorySystem.mts';

export interface RunOptions {
	/** Number of steps (saving, then each write, then saving its results) after which the run dies. */
	diesAfter?: number | undefined;
	/** Only these records are in the input. */
	only?: { wix: string[]; users: string[] };
	/** This side's listing lags: it shows what was there at the run before. */
	stale?: 'wix' | 'users';
}

/** Two systems, a links table, and runs between them that may die at any step. */
export class World {
	readonly wix = new MemorySystem('wix');
	readonly users = new MemorySystem('users');
	links: Link[] = [];
	private hours = 0;
	/** What a late list would show of each record. */
	private readonly listed = new Map<string, string | null>();
	private addresses = 0;
	private earlier: { wix: JsonObject[]; users: JsonObject[] } = { wix: [], users: [] };

	constructor(
		readonly policies: Partial<Policies>,
		people: number,
	) {
		for (let count = 0; count < people; count++) {
			const address = this.freshAddress();
			this.wix.add(address);
			this.users.add(address);
		}
		this.remember();
	}

	freshAddress(): string {
		return `p${this.addresses++}@example.com`;
	}

	private remember(): void {
		this.earlier = { wix: this.wix.list(), users: this.users.list() };
		for (const { id, address } of [...this.wix.held.values(), ...this.users.held.values()])
			this.listed.set(id, address);
	}

	partnerOf(record: Held): Held | undefined {
		const row = this.links.find(
			(link) => link.state === 'linked' && (link.wixId === record.id || link.userId === record.id),
		);
		if (row === undefined) return undefined;
		return row.wixId === record.id ? this.users.held.get(row.userId) : this.wix.held.get(row.wixId);
	}

	/** A person's edit. It may be lost only to the same person's next one, or where the policy says so. */
	edit(record: Held, address: string | null): void {
		record.address = address;
		const partner = this.partnerOf(record);
		const counts =
			partner !== undefined && !same(partner.address, address) && !this.isKnown(record, address);
		record.edited = address !== null && counts;
		this.settleEdits();
	}

	/** The system takes over a parked value: our own write becoming visible. A later edit by a person voids it. */
	confirm(record: Held): void {
		if (!record.edited) record.address = record.parked;
		record.parked = null;
		this.settleEdits();
	}

	/** No edit: what the base holds, what a write under way replaces or brings, and what the partner's late list shows. */
	private isKnown(record: Held, address: string | null): boolean {
		const rows = this.links.filter((link) => link.wixId === record.id || link.userId === record.id);
		const own = rows
			.flatMap(pendingOf)
			.filter((entry) => (entry.side === 'wix') === record.id.startsWith('C'));
		const partner = this.partnerOf(record);
		const late = partner === undefined ? null : this.listed.get(partner.id);
		const known = [late, ...rows.map(baseOf), ...own.flatMap((entry) => [entry.from, entry.to])];
		return known.some((value) => typeof value === 'string' && same(value, address));
	}

	plan(options: RunOptions = {}, minutes = 60): Plan {
		this.hours += minutes / 60;
		const listing = {
			wix: options.stale === 'wix' ? this.earlier.wix : this.wix.list(),
			users: options.stale === 'users' ? this.earlier.users : this.users.list(),
		};
		this.remember();
		const { only } = options;
		return run({
			wixRecords:
				only === undefined
					? listing.wix
					: listing.wix.filter(({ id }) => only.wix.includes(String(id))),
			users:
				only === undefined
					? listing.users
					: listing.users.filter(({ id }) => only.users.includes(String(id))),
			complete: { wix: only === undefined, users: only === undefined },
			links: this.links,
			now: new Date(Date.parse(now) + this.hours * 3_600_000).toISOString(),
			policies: this.policies,
		});
	}

	/** @returns whether the run came to its end */
	async carryOut(plan: Plan, diesAfter = Infinity): Promise<boolean> {
		let left = diesAfter;
		const alive = () => left-- > 0;
		for (const change of plan.links) {
			if (!alive()) return false;
			this.links = save(this.links, { links: [change] });
		}
		for (const changes of [plan.toUsers, plan.toWix]) {
			const rows: Link[] = [];
			for (const change of changes) {
				if (!alive()) return false;
				const row = await this.apply(change);
				if (row !== undefined) rows.push(row);
			}
			for (const row of rows) {
				if (!alive()) return false;
				this.links = save(this.links, { links: [] }, [row]);
			}
		}
		return true;
	}

	private async apply(change: Change): Promise<Link | undefined> {
		const system = change.side === 'wix' ? this.wix : this.users;
		const loser = change.side === 'wix' ? 'usersWin' : 'wixWins';
		const store = system.store(() => this.policies.bothEdited === loser);
		const applied = await applyChange(change, store);
		this.settleEdits();
		if (!('result' in applied)) throw new Error(`the writer stopped at ${change.operation}`);
		const { result } = applied;
		if (change.operation === 'create' && result.outcome === 'applied') {
			const source = change.side === 'wix' ? change.link.userId : change.link.wixId;
			system.createdFor.set(source, [
				...(system.createdFor.get(source) ?? []),
				result.recordId ?? '',
			]);
		}
		return result.link;
	}

	/** An edit that the partner holds by now is no longer one that could be lost. */
	private settleEdits(): void {
		for (const link of this.links) {
			const wix = this.wix.held.get(link.wixId);
			const user = this.users.held.get(link.userId);
			if (wix === undefined || user === undefined || !same(wix.address, user.address)) continue;
			wix.edited = false;
			user.edited = false;
		}
	}
}

export const same = (left: string | null, right: string | null) =>
	comparisonKey(left, 'email') === comparisonKey(right, 'email');
