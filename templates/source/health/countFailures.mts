import type { FailureRow, Failures } from './shapes.mts';

/** Runs that failed, by workflow and step. */
export const countFailures = (rows: readonly FailureRow[]): Failures => {
	const failed = rows.filter((row) => row.id !== undefined);
	const kinds = new Map<string, number>();
	for (const row of failed) {
		const kind = JSON.stringify([row.workflow ?? '', row.step ?? '']);
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	const failedBy = [...kinds].map(([kind, count]) => {
		const [workflow, what] = JSON.parse(kind) as [string, string];
		return { workflow, what, count };
	});
	return { failedRuns: failed.length, failedBy: failedBy.sort((a, b) => b.count - a.count) };
};
