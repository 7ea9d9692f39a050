import type { Count, LinkRow, Links } from './shapes.mts';

/** How many pairs there are, and what is under way or refused for them: by the newest write of each property. */
export const countLinks = (rows: readonly LinkRow[]): Links => {
	const newestWrites = (text: string | null): Array<{ outcome: string; code: string }> => {
		try {
			const list: unknown = JSON.parse(text || '[]');
			const entries = Array.isArray(list) ? list : [];
			return Object.values(
				Object.fromEntries(entries.map((entry) => [String(entry.property), entry])),
			);
		} catch {
			// Match & Map lists such a row for review
			return [];
		}
	};
	const kinds = new Map<string, number>();
	let waiting = 0;
	let failing = 0;
	for (const row of rows) {
		const writes = newestWrites(row.pending);
		const refused = writes.filter((write) => String(write.outcome).startsWith('refused'));
		if (refused.length > 0) failing++;
		else if (writes.length > 0) waiting++;
		for (const write of refused) {
			const how = write.outcome === 'refused' ? 'for good' : 'tried again';
			const what = `${write.code || 'without a code'} (${how})`;
			kinds.set(what, (kinds.get(what) ?? 0) + 1);
		}
	}
	const failingBy: Count[] = [...kinds].map(([what, count]) => ({ what, count }));
	const pairs = rows.filter((row) => row.state === 'linked').length;
	return { pairs, waiting, failing, failingBy: failingBy.sort((a, b) => b.count - a.count) };
};
