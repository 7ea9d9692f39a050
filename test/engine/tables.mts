import type { LinkRow, Pending, Plan, ReviewRow } from '../../nodes/MatchAndMap/engine/index';
import { finding, pendingOf, pendings } from './builders.mts';

/**
 * n8n's tables as the runs of a test share them. A known row is saved only if nobody saved it since it was read, and comes out of
 * the step then; the writers get what came out and nothing else.
 */
export class Tables {
	private saves = 0;
	private lastId = 100;

	links: LinkRow[];
	review: ReviewRow[] = [];

	constructor(links: readonly LinkRow[] = []) {
		this.links = [...links];
	}

	/** What a run reads, as it stands now. */
	read(): { links: LinkRow[]; review: ReviewRow[] } {
		return { links: [...this.links], review: this.review.map((row) => ({ ...row })) };
	}

	/** *Add new links*, *Save matters* and *Save changed links*. @returns the rows that the writers get */
	save(outcome: Plan): LinkRow[] {
		for (const row of outcome.newLinks) this.links.push({ ...row, ...this.stamp(++this.lastId) });
		for (const row of outcome.review) this.saveMatter(row);
		return this.saveLinks(outcome.changedLinks);
	}

	/** *Save changed links* or *Save results*. @returns the rows that came out */
	saveLinks(rows: readonly LinkRow[]): LinkRow[] {
		const out: LinkRow[] = [];
		this.links = this.links.map((known) => {
			const row = rows.find(
				({ id, updatedAt }) => id === known.id && updatedAt === known.updatedAt,
			);
			if (row === undefined) return known;
			const saved = { ...row, ...this.stamp(known.id) };
			out.push(saved);
			return saved;
		});
		return rows.flatMap(({ id }) => out.find((row) => row.id === id) ?? []);
	}

	/** What the look-ups of the writers find about the rows that came out: `gone`, unless said by id. */
	lookUp(rows: readonly LinkRow[], at: string, found: Record<string, Partial<Pending>> = {}): void {
		const results = rows.map((row) => {
			const entries = pendingOf(row).map((entry) => {
				if (entry.operation !== 'verify' || entry.outcome !== 'announced') return entry;
				const id = entry.side === 'wix' ? row.wixId : row.userId;
				return finding(entry.side, 'gone', { at, ...found[id] });
			});
			return { ...row, pending: pendings(...entries) };
		});
		this.saveLinks(results);
	}

	/** *Sweep*: rows that are done with. */
	sweep(): void {
		this.links = this.links.filter(({ state }) => state !== 'removed');
	}

	/** A person works in the Data Tables screen. */
	type(id: number | undefined, more: Partial<LinkRow>): void {
		this.links = this.links.map((row) =>
			row.id === id ? { ...row, ...more, ...this.stamp(id) } : row,
		);
	}

	/** A person answers the one matter of a kind. */
	answer(reason: ReviewRow['reason'], answer: string): void {
		this.review = this.review.map((row) => (row.reason === reason ? { ...row, answer } : row));
	}

	/** The matters that are open. */
	asked(): ReviewRow[] {
		return this.review.filter(({ state }) => state === 'open');
	}

	private saveMatter(row: ReviewRow): void {
		const known = this.review.find(({ reviewId }) => reviewId === row.reviewId);
		if (known === undefined) this.review.push({ id: ++this.lastId, answer: '', ...row });
		else Object.assign(known, row);
	}

	private stamp(id: number | undefined): Pick<LinkRow, 'id' | 'updatedAt'> {
		const updatedAt = new Date(Date.parse('2026-05-01T00:00:00.000Z') + ++this.saves).toISOString();
		return { ...(id === undefined ? {} : { id }), updatedAt };
	}
}
