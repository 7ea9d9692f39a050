import type { Outcome } from '../../shared/contract';

/** By rank: a pair or a lone record counts once, by the first that fits. */
const outcomesByRank: readonly Outcome[] = [
	'ignored',
	'excluded',
	'refused',
	'review',
	'changed',
	'waiting',
	'waitingForFullRun',
	'vanished',
	'linkedNow',
	'putBack',
	'outside',
	'inSync',
	'withoutKey',
	'unmatched',
];
const rankOf = new Map(outcomesByRank.map((outcome, rank) => [outcome, rank]));

/** The rank of what has no outcome yet. */
export const unranked = outcomesByRank.length;

/** What is counted: a row of the links table, or a record that is in none. The rank stays with it, to save a map. */
export interface Countable {
	rank: number;
}

/** What came of a subject; undefined for what has no outcome. */
export const outcomeOf = ({ rank }: Countable): Outcome | undefined => outcomesByRank[rank];

/** Counts subjects by their first outcome. */
export class Tally {
	private readonly totals: number[] = [];

	mark(subject: Countable, outcome: Outcome): void {
		const rank = rankOf.get(outcome) ?? unranked;
		if (rank < subject.rank) this.move(subject, rank);
	}

	/** Takes a subject out, because another one stands for it. */
	drop(subject: Countable): void {
		this.move(subject, unranked);
	}

	has(subject: Countable): boolean {
		return subject.rank < unranked;
	}

	counts(): Record<Outcome, number> {
		return Object.fromEntries(
			outcomesByRank.map((outcome, rank) => [outcome, this.totals[rank] ?? 0]),
		) as Record<Outcome, number>;
	}

	private move(subject: Countable, rank: number): void {
		this.add(subject.rank, -1);
		this.add(rank, 1);
		subject.rank = rank;
	}

	private add(rank: number, number: number): void {
		this.totals[rank] = (this.totals[rank] ?? 0) + number;
	}
}
