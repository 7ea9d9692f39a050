import { applyTasks } from '../../nodes/shared/apply/applyTasks';
import { readRow } from '../../nodes/shared/apply/readRow';
import { rowAfter } from '../../nodes/shared/apply/rowAfter';
import { clock } from '../../nodes/shared/clock';
import { comparisonKey } from '../../nodes/shared/normalize';
import type {
	JsonObject,
	LinkRow,
	Policies,
	ReviewRow,
} from '../../nodes/MatchAndMap/engine/index';
import { baseOf, now, pendingOf, run, type Seen } from './builders.mts';
import { MemorySystem, type Held } from './memorySystem.mts';

type Side = 'wix' | 'users';

export interface RunOptions {
	/** Number of steps (a save, a write, the save of a result) after which the run dies. */
	diesAfter?: number | undefined;
	/** Only these records are in the input. */
	only?: { wix: string[]; users: string[] };
	/** This side's listing lags: it shows what was there when it was listed before. */
	stale?: Side;
}

/** What a run has done last. sending: its request is on the way. */
export type RunStep = 'read' | 'save' | 'sending' | 'write';

/** What a run has in hand between its steps. */
interface Listing {
	wix: JsonObject[];
	users: JsonObject[];
}

/** Two systems, the tables, and runs that may overlap, die at any step and be slow. */
export class World {
	readonly wix = new MemorySystem('wix');
	readonly users = new MemorySystem('users');
	links: LinkRow[] = [];
	review: ReviewRow[] = [];
	/** Saves that failed because somebody saved the row since. */
	missedSaves = 0;
	private nowMs = Date.parse(now);
	private nextRowId = 1;
	private saves = 0;
	/** What late lists would show of each record: the last ones that runs have read. */
	private readonly listed = new Map<string, Array<string | null>>();
	private addresses = 0;
	private earlier: Listing = { wix: [], users: [] };

	constructor(
		readonly policies: Partial<Policies>,
		people: number,
	) {
		for (let count = 0; count < people; count++) {
			const address = this.freshAddress();
			this.wix.add(address);
			this.users.add(address);
		}
		this.earlier = this.list();
		clock.now = () => this.nowMs;
	}

	get time(): string {
		return new Date(this.nowMs).toISOString();
	}

	wait(minutes: number): void {
		this.nowMs += minutes * 60_000;
	}

	freshAddress(): string {
		return `p${this.addresses++}@example.com`;
	}

	private list(): Listing {
		return { wix: this.wix.list(), users: this.users.list() };
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

	/** No edit: what the base holds, what a write under way replaces or brings, and what late lists show of the partner. */
	private isKnown(record: Held, address: string | null): boolean {
		const rows = this.links.filter((link) => link.wixId === record.id || link.userId === record.id);
		const own = rows
			.flatMap(pendingOf)
			.filter((entry) => (entry.side === 'wix') === record.id.startsWith('C'));
		const partner = this.partnerOf(record);
		const late = partner === undefined ? [] : (this.listed.get(partner.id) ?? []);
		const known = [...late, ...rows.map(baseOf), ...own.flatMap((entry) => [entry.from, entry.to])];
		return known.some((value) => typeof value === 'string' && same(value, address));
	}

	/**
	 * One run, step by step: rows first, then each list, the plan, the saves, the writes with the saves of what came of them. It gives
	 * back after each step, so that another run, a person or a kill can come between.
	 */
	async *run(options: RunOptions = {}): AsyncGenerator<RunStep, Seen, void> {
		const readFrom = this.time;
		const links = this.links.map((link) => ({ ...link }));
		const review = this.review.map((row) => ({ ...row }));
		yield 'read';
		const wix = options.stale === 'wix' ? this.earlier.wix : this.wix.list();
		yield 'read';
		const users = options.stale === 'users' ? this.earlier.users : this.users.list();
		this.noteListed({ wix, users });
		const plan = this.planOf(links, review, { wix, users }, readFrom, options);
		for (const link of plan.newLinks) this.insert(link);
		this.saveReview(plan.review);
		yield 'save';
		const saved: LinkRow[] = [];
		for (const link of plan.changedLinks) {
			const row = this.save(link);
			if (row !== undefined) saved.push(row);
			yield 'save';
		}
		let rows = saved;
		for (const side of ['users', 'wix'] as const) {
			const next: LinkRow[] = [];
			for (const row of rows) {
				const written = yield* this.write(row, side);
				if (written !== undefined) next.push(written);
				yield 'write';
			}
			rows = next;
		}
		for (const row of rows) {
			this.save(row);
			yield 'save';
		}
		return plan;
	}

	/** A plan as of now, of which nothing is carried out. */
	plan(options: RunOptions = {}): Seen {
		const listing = this.list();
		return this.planOf(this.links, this.review, listing, this.time, options);
	}

	private planOf(
		links: readonly LinkRow[],
		review: readonly ReviewRow[],
		listing: Listing,
		readFrom: string,
		{ only }: RunOptions,
	): Seen {
		const seenOn = (side: Side) =>
			only === undefined
				? listing[side]
				: listing[side].filter(({ id }) => only[side].includes(String(id)));
		return run({
			wixRecords: seenOn('wix'),
			users: seenOn('users'),
			complete: { wix: only === undefined, users: only === undefined },
			...{ links, review, readFrom },
			now: this.time,
			policies: this.policies,
		});
	}

	private noteListed(listing: Listing): void {
		this.earlier = listing;
		for (const record of [...this.wix.held.values(), ...this.users.held.values()]) {
			const known = this.listed.get(record.id) ?? [];
			this.listed.set(record.id, [...known.slice(-3), record.address]);
		}
	}

	private stamp(): string {
		return new Date(Date.parse(now) + this.saves++).toISOString();
	}

	private insert(link: LinkRow): void {
		this.links.push({ ...link, id: this.nextRowId++, updatedAt: this.stamp() });
	}

	/** As Data Table > Update with the row's id and the time of its last save: only if nobody saved it since. */
	private save(link: LinkRow): LinkRow | undefined {
		const place = this.links.findIndex(
			({ id, updatedAt }) => id === link.id && updatedAt === link.updatedAt,
		);
		if (place < 0) {
			this.missedSaves++;
			return undefined;
		}
		const row = { ...link, updatedAt: this.stamp() };
		this.links[place] = row;
		return row;
	}

	/** What the writer of one side hands on of a row. */
	private async *write(
		row: LinkRow,
		side: Side,
	): AsyncGenerator<RunStep, LinkRow | undefined, void> {
		const system = this[side];
		const loser = side === 'wix' ? 'usersWin' : 'wixWins';
		const read = readRow(row, side);
		if ('fault' in read) throw new Error(read.fault);
		const store = system.store(() => this.policies.bothEdited === loser);
		const results = yield* this.sendingOf(system, async () => await applyTasks(read.tasks, store));
		this.settleEdits();
		for (const [task, { outcome }] of results) {
			if (task.operation !== 'create' || outcome !== 'applied') continue;
			const source = side === 'wix' ? row.userId : row.wixId;
			system.createdFor.set(source, [...(system.createdFor.get(source) ?? []), outcome]);
		}
		const after = rowAfter(read, side, results, false);
		return after.isHandedOn ? ({ ...row, ...after.columns } as LinkRow) : undefined;
	}

	/** Gives back while a request of `work` is on its way, and lets it arrive when it is asked on. */
	private async *sendingOf<T>(
		system: MemorySystem,
		work: () => Promise<T>,
	): AsyncGenerator<RunStep, T, void> {
		let isSending: () => void = () => undefined;
		let arrive: () => void = () => undefined;
		const untilSending = () =>
			new Promise<'sending'>((resolve) => {
				isSending = () => resolve('sending');
			});
		const underWay = async () => {
			isSending();
			await new Promise<void>((resolve) => {
				arrive = resolve;
			});
		};
		let next = untilSending();
		system.underWay = underWay;
		const done = work().then((value) => ({ value }));
		for (;;) {
			const outcome = await Promise.race([done, next]);
			if (outcome !== 'sending') return outcome.value;
			next = untilSending();
			yield 'sending';
			// Another run may have been at work on the same system
			system.underWay = underWay;
			arrive();
		}
	}

	private saveReview(rows: readonly ReviewRow[]): void {
		for (const row of rows) {
			const known = this.review.find(({ reviewId }) => reviewId === row.reviewId);
			if (known === undefined) this.review.push({ answer: '', ...row });
			else Object.assign(known, row);
		}
		this.review = this.review.filter(({ state }) => state === 'open');
	}

	/** An edit that the partner holds by now is no longer one that could be lost. */
	settleEdits(): void {
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
