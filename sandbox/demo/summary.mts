import { totals, type ComparedPair, type Verdict } from './compare.mts';
import type { StepResult } from './play.mts';
import { print } from './print.mts';
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
	const lastRunWrites = lastRun ? lastRun.written.wix + lastRun.written.youtrack : 0;
	const noFailure = steps.every(({ runs }) => runs.at(-1)?.failure === undefined);
	const ok =
		counts.differ === 0 &&
		(counts.agree > 0 || people === 0) &&
		lastRun !== undefined &&
		lastRunWrites === 0;
	return { ok: ok && noFailure, pairs: counts, lastRunWrites, steps };
}

export function printSummary(summary: DaySummary, pairs: ComparedPair[], noun: string): void {
	print('\nThe day');
	const rows = summary.steps.map(({ title, runs }) => [
		title,
		runs.length,
		runs.reduce((sum, { written }) => sum + written.wix, 0),
		runs.reduce((sum, { written }) => sum + written.youtrack, 0),
		countsInWords(runs.at(-1)?.review ?? {}),
	]);
	print(textTable([['step', 'runs', 'wix', 'youtrack', 'waiting for review'], ...rows]));

	print('\nEvery linked pair, as the two servers have it');
	const { agree, inReview, differ } = summary.pairs;
	print(
		textTable([
			['agree', 'in review', 'differ', 'pairs'],
			[agree, inReview, differ, pairs.length],
		]),
	);
	const apart = pairs.filter(({ verdict }) => verdict !== 'agree');
	if (apart.length > 0) printPairs(apart.sort(byVerdict).slice(0, ROWS_SHOWN), apart.length, noun);
	print(
		`\n${summary.ok ? 'In sync' : 'NOT in sync'}: the last run wrote ${summary.lastRunWrites}.`,
	);
}

function printPairs(pairs: ComparedPair[], of: number, noun: string): void {
	print(`\nNot the same (${pairs.length} of ${of})`);
	const rows = pairs.map(({ wixId, wix, user, verdict }) => [NAMES[verdict], wixId, wix, user]);
	print(textTable([['', noun, 'in Wix', 'in YouTrack'], ...rows]));
}

function byVerdict(one: ComparedPair, other: ComparedPair): number {
	return one.verdict.localeCompare(other.verdict);
}
