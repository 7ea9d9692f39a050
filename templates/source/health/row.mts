import type { Summary } from './shapes.mts';

/** The row of the health table: the figures as columns, what they are made of as JSON text. */
export const rowOf = (run: string, summary: Summary): Record<string, string | number | null> => {
	const { reviewBy, failingBy, writesBy, failedBy, compared, lastGood, oldest } = summary;
	const newest = lastGood.map((each) => each.at).sort();
	return {
		at: summary.at,
		run,
		pairs: summary.pairs,
		inSync: summary.inSync,
		drift: summary.drift,
		waiting: summary.waiting,
		forReview: summary.forReview,
		failing: summary.failing,
		writesDone: summary.writesDone,
		writesFailed: summary.writesFailed,
		failedRuns: summary.failedRuns,
		oldestMatterAt: oldest === null ? null : oldest.since,
		lastGoodRunAt: newest[newest.length - 1] ?? null,
		compared: compared
			.filter((each) => each.problem === '')
			.map((each) => each.flow)
			.join(', '),
		details: JSON.stringify({ reviewBy, failingBy, writesBy, failedBy, compared, lastGood }),
	};
};
