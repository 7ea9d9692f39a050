import type { Count, MatterRow, Matters } from './shapes.mts';

/** What waits for a person, by reason, and what has waited longest. */
export const countMatters = (rows: readonly MatterRow[]): Matters => {
	const kinds = new Map<string, number>();
	let oldest: Matters['oldest'] = null;
	const matters = rows.filter((row) => row.id !== undefined);
	for (const row of matters) {
		const reason = String(row.reason ?? '');
		kinds.set(reason, (kinds.get(reason) ?? 0) + 1);
		const since = row.firstSeenAt || row.createdAt;
		if (oldest === null || since < oldest.since)
			oldest = { flow: String(row.flow ?? ''), reason, since };
	}
	const reviewBy: Count[] = [...kinds].map(([what, count]) => ({ what, count }));
	return {
		forReview: matters.length,
		reviewBy: reviewBy.sort((a, b) => b.count - a.count),
		oldest,
	};
};
