import type { Outcome } from '../../shared/contracts';

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
	'inSync',
	'withoutKey',
	'unmatched',
];
const rank = new Map(outcomesByRank.map((outcome, index) => [outcome, index]));

/** Counts subjects (a row of the links table, or a record that is in none) by their first outcome. */
export class Tally {
	private readonly outcomes = new Map<object, Outcome>();

	mark(subject: object, outcome: Outcome): void {
		const known = this.outcomes.get(subject);
		if (known === undefined || (rank.get(outcome) ?? 0) < (rank.get(known) ?? 0))
			this.outcomes.set(subject, outcome);
	}

	has(subject: object): boolean {
		return this.outcomes.has(subject);
	}

	/** Takes a subject out, because another one stands for it. */
	drop(subject: object): void {
		this.outcomes.delete(subject);
	}

	counts(): Record<Outcome, number> {
		const counts = Object.fromEntries(outcomesByRank.map((outcome) => [outcome, 0])) as Record<
			Outcome,
			number
		>;
		for (const outcome of this.outcomes.values()) counts[outcome]++;
		return counts;
	}
}
