import type { HistoryRow, Writes } from './shapes.mts';

/** Writes by side and outcome. The history has a row for each property; a write of several properties counts once. */
export const countWrites = (rows: readonly HistoryRow[]): Writes => {
	const seen = new Set<string>();
	const kinds = new Map<string, number>();
	for (const row of rows.filter((each) => each.id !== undefined)) {
		const write = JSON.stringify([row.run, row.side, row.operation, row.linkId]);
		if (seen.has(write)) continue;
		seen.add(write);
		const kind = JSON.stringify([row.side ?? '', row.outcome ?? '']);
		kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
	}
	const writesBy = [...kinds].map(([kind, count]) => {
		const [side, what] = JSON.parse(kind) as [string, string];
		return { side, what, count };
	});
	const sumOf = (outcomes: string[]) =>
		writesBy.reduce((sum, each) => (outcomes.includes(each.what) ? sum + each.count : sum), 0);
	return {
		writesDone: sumOf(['applied', 'already']),
		writesFailed: sumOf(['failed']),
		writesBy: writesBy.sort((a, b) =>
			a.side === b.side ? b.count - a.count : a.side < b.side ? 1 : -1,
		),
	};
};
