import { totals, type ComparedPair, type Verdict } from './compare.mts';
import type { Flow } from './flow.mts';
import type { StepResult } from './play.mts';
import { print } from './print.mts';
import type { System } from './system.mts';
import { countsInWords, textTable } from './table.mts';

const ROWS_SHOWN = 10;
const NAMES: Record<Verdict, string> = { agree: 'agree', inReview: 'in review', differ: 'differ' };

export interface DaySummary {
	ok: boolean;
	pairs: Record<Verdict, number>;
	lastRunWrites: number;
	steps: StepResult[];
}

/**
 * In sync means: every linked pair agrees or is in review, no last run of a step failed, and the last run of all wrote
 * nothing. Where there are people, no pair at all is no success.
 */
export function summarize(steps: StepResult[], pairs: ComparedPair[], people: number): DaySummary {
	const counts = totals(pairs);
	const lastRun = steps.flatMap(({ runs }) => runs).at(-1);
	const lastRunWrites = lastRun ? lastRun.written.wix + lastRun.written.users : 0;
	const noFailure = steps.every(({ runs }) => runs.at(-1)?.failure === undefined);
	const ok =
		counts.differ === 0 &&
		(counts.agree > 0 || people === 0) &&
		lastRun !== undefined &&
		lastRunWrites === 0;
	return { ok: ok && noFailure, pairs: counts, lastRunWrites, steps };
}

export function printSummary(
	summary: DaySummary,
	pairs: ComparedPair[],
	{ noun }: Flow,
	{ title }: System,
): void {
	print('\nThe day');
	const rows = summary.steps.map(({ title, runs }) => [
		title,
		runs.length,
		runs.reduce((sum, { written }) => sum + written.wix, 0),
		runs.reduce((sum, { written }) => sum + written.users, 0),
		countsInWords(runs.at(-1)?.review ?? {}),
	]);
	print(textTable([['step', 'runs', 'wix', 'users', 'waiting for review'], ...rows]));

	print('\nEvery linked pair, as the two servers have it');
	const { agree, inReview, differ } = summary.pairs;
	print(
		textTable([
			['agree', 'in review', 'differ', 'pairs'],
			[agree, inReview, differ, pairs.length],
		]),
	);
	const apart = pairs.filter(({ verdict }) => verdict !== 'agree');
	if (apart.length > 0) {
		const heading = ['', noun, 'in Wix', `in ${title}`];
		printPairs(apart.sort(byVerdict).slice(0, ROWS_SHOWN), apart.length, heading);
	}
	print(
		`\n${summary.ok ? 'In sync' : 'NOT in sync'}: the last run wrote ${summary.lastRunWrites}.`,
	);
}

function printPairs(pairs: ComparedPair[], of: number, heading: string[]): void {
	print(`\nNot the same (${pairs.length} of ${of})`);
	const rows = pairs.map(({ wixId, wix, user, verdict }) => [NAMES[verdict], wixId, wix, user]);
	print(textTable([heading, ...rows]));
}

function byVerdict(one: ComparedPair, other: ComparedPair): number {
	return one.verdict.localeCompare(other.verdict);
}
