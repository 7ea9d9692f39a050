/** What the steps of the health report hand on. Everything here goes through n8n as plain items; rows are as n8n gives them. */

export interface Count {
	what: string;
	count: number;
}

export interface LinkRow {
	id?: number;
	state: string | null;
	/** JSON text: a list of `Pending`. */
	pending: string | null;
}

export interface MatterRow {
	id?: number;
	flow: string | null;
	reason: string | null;
	/** ISO; rows of earlier tables have none. */
	firstSeenAt?: string | null;
	createdAt: string;
}

export interface HistoryRow {
	id?: number;
	run: string | null;
	side: string | null;
	operation: string | null;
	linkId: string | null;
	outcome: string | null;
}

export interface RunRow {
	id?: number;
	flow: string | null;
	mode: string | null;
	startedAt: string | null;
}

export interface FailureRow {
	id?: number;
	workflow: string | null;
	step: string | null;
}

export interface Links {
	pairs: number;
	/** Pairs with a write that is not seen yet. */
	waiting: number;
	/** Pairs whose last write was refused. */
	failing: number;
	failingBy: Count[];
}

export interface Matters {
	forReview: number;
	reviewBy: Count[];
	/** The matter that has waited longest. */
	oldest: { flow: string; reason: string; since: string } | null;
}

export interface Writes {
	writesDone: number;
	writesFailed: number;
	writesBy: Array<Count & { side: string }>;
}

/** What Match & Map says of one flow, both sides read now; without figures where they could not be had. */
export interface Compared {
	flow: string;
	inSync: number | null;
	/** Pairs that differ although nothing waits: the next run would write them. */
	drift: number | null;
	/** Why there are no figures; '' when there are. */
	problem: string;
}

export interface Failures {
	failedRuns: number;
	failedBy: Array<Count & { workflow: string }>;
}

/** The figures that make a trend: columns of the health table. */
export interface Figures {
	at: string;
	pairs: number | null;
	inSync: number | null;
	drift: number | null;
	waiting: number | null;
	forReview: number | null;
	failing: number | null;
	writesDone: number | null;
	writesFailed: number | null;
	failedRuns: number | null;
}

export interface Summary extends Figures, Links, Matters, Writes, Failures {
	at: string;
	days: number;
	pairs: number;
	waiting: number;
	failing: number;
	forReview: number;
	writesDone: number;
	writesFailed: number;
	failedRuns: number;
	compared: Compared[];
	lastGood: Array<{ flow: string; at: string }>;
	/** The report of a week before; nothing when there is none that old. */
	before: Figures | null;
	/** Earlier reports, the oldest first. */
	trend: Figures[];
}
