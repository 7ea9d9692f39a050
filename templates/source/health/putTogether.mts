import type {
	Compared,
	Failures,
	Figures,
	Links,
	Matters,
	RunRow,
	Summary,
	Writes,
} from './shapes.mts';

interface Parts {
	at: string;
	days: number;
	compared: Compared[];
	links: Links;
	matters: Matters;
	writes: Writes;
	runs: RunRow[];
	failures: Failures;
	/** Rows of the health table, the oldest first. */
	earlier: Array<Figures & { id?: number }>;
}

/** Everything that the report says. The report of a week before is the newest that is at least six days old. */
export const putTogether = (parts: Parts): Summary => {
	const { at, days, compared, links, matters, writes, failures } = parts;
	const known = compared.filter((each) => each.problem === '');
	const sumOf = (figure: 'inSync' | 'drift') =>
		known.length === 0 ? null : known.reduce((sum, each) => sum + (each[figure] ?? 0), 0);
	const reports = parts.earlier
		.filter((row) => row.id !== undefined)
		.sort((one, other) => (one.at < other.at ? -1 : 1));
	const aWeekAgo = new Date(Date.parse(at) - 6 * 24 * 3600 * 1000).toISOString();
	const old = reports.filter((row) => row.at <= aWeekAgo);
	const lastGood = parts.runs
		.filter((row) => row.mode === 'finished' && row.startedAt)
		.map((row) => ({ flow: String(row.flow), at: String(row.startedAt) }));
	return {
		at,
		days,
		...links,
		...matters,
		...writes,
		...failures,
		inSync: sumOf('inSync'),
		drift: sumOf('drift'),
		compared,
		lastGood,
		before: old[old.length - 1] ?? null,
		trend: reports.slice(-11),
	};
};
