import type { LinkRow, Side } from '../../../shared/contract';
import type { Question } from '../ask';
import type { Because, Decision } from '../decision';
import {
	idOn,
	isLeased,
	marksOf,
	type Known,
	type Marks,
	type Row,
	type SideRecord,
} from '../read';

/** Two that are linked. A record that the run did not see, because its list is not whole, is undefined. */
export interface Pair {
	row: Row;
	wix: SideRecord | undefined;
	users: SideRecord | undefined;
	isNew: boolean;
}

/** A row that lacks a record for good: it waits for one to be created, or has lost it. */
export interface Half {
	row: Row;
	/** The side that lacks a record. */
	side: Side;
	/** The record on the other side; undefined where it is not listed. */
	source: SideRecord | undefined;
	isVanished: boolean;
	/** The record is one of several that match: a question about them is open. */
	isDoubtful: boolean;
}

/**
 * What the stage came to. Invariants: each row that is not at rest is in one of `decided`, `pairs`, `halves` and `unlinked`;
 * `lone` are the records that rules could link and did not, without those that a question or a half holds; `taken` has the ids
 * of every pair.
 */
export interface Paired {
	known: Known;
	/** Those of `Known.atRest` that nothing was decided about. */
	atRest: readonly LinkRow[];
	decided: readonly Decision[];
	pairs: readonly Pair[];
	halves: readonly Half[];
	unlinked: readonly Row[];
	lone: Record<Side, readonly SideRecord[]>;
	taken: Record<Side, Marks>;
	/** Rows of links that two runs added at once: the same as one that stays. */
	doubles: readonly LinkRow[];
	/** Rows of another set of rules whose link passed over to a pair of this one. */
	handedOver: readonly LinkRow[];
}

/** What the files of this stage fill together, and nobody else sees. */
export class Pairing {
	readonly decided: Decision[] = [];
	atRest: readonly LinkRow[];
	pairs: Pair[] = [];
	halves: Half[] = [];
	unlinked: Row[] = [];
	readonly doubles: LinkRow[] = [];
	readonly handedOver: LinkRow[] = [];
	readonly taken: Record<Side, Marks>;
	/** Linked in this run: no candidates any more. */
	readonly linked: Record<Side, Marks>;
	/** Ids that an answer of this run bars. */
	private readonly barred: Record<Side, Set<string>> = { wix: new Set(), users: new Set() };

	constructor(readonly known: Known) {
		this.atRest = known.atRest;
		this.taken = marksOf(known.records, known.ledger.taken);
		this.linked = marksOf(known.records);
	}

	recordOf(row: Pick<Row, 'wixId' | 'userId'>, side: Side): SideRecord | undefined {
		return this.known.records[side].byId.get(idOn(row, side));
	}

	isBarred(side: Side, id: string): boolean {
		const known = this.known.ledger.barred[side];
		return (
			(known.size > 0 && known.has(id)) || (this.barred[side].size > 0 && this.barred[side].has(id))
		);
	}

	isRowBarred({ wixId, userId }: Row): boolean {
		return this.isBarred('wix', wixId) || this.isBarred('users', userId);
	}

	/** Another run is at work on the row. */
	isOthers(row: Row): boolean {
		return row.pending.length > 0 && isLeased(row, this.known.rules.readFromMs);
	}

	bar(side: Side, id: string): void {
		this.barred[side].add(id);
	}

	isKeptApart(wixId: string, userId: string): boolean {
		const { keptApart } = this.known.ledger;
		return keptApart.size > 0 && keptApart.get(wixId)?.has(userId) === true;
	}

	/** Takes a row as a pair; where it is new, its records are no candidates for others from here on. */
	link(
		row: Row,
		isNew: boolean,
		wix = this.recordOf(row, 'wix'),
		users = this.recordOf(row, 'users'),
	): void {
		this.pairs.push({ row, wix, users, isNew });
		if (!isNew) return;
		this.taken.wix.add(row.wixId, wix);
		this.taken.users.add(row.userId, users);
		if (wix !== undefined) this.linked.wix.add(row.wixId, wix);
		if (users !== undefined) this.linked.users.add(row.userId, users);
	}

	/** The row goes: it is swept, and counts as not there. */
	remove(row: Row, because: Because, answered: readonly Question[] = []): void {
		this.decided.push({ row: { ...row, state: 'removed' }, because, answered });
	}

	/** A question about the two of a row, which is left as it was read. */
	askAbout(row: Row, question: Question): void {
		const because = { code: question.code };
		this.decided.push({ row, outcome: 'review', because, questions: [question] });
	}
}
