import { ROW_Y, STEP_X } from '../lib/grid.mts';
import { html, ifAll, layOut, once, onceAndOn, stopWith } from '../lib/steps.mts';
import { history, remove, review } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { setting, stepRef, type FlowWords } from './names.mts';
import { planName } from './read.mts';
import { settingsOf } from './settings.mts';
import type { Writers } from './write.mts';

export interface RunEnds {
	/** The step whose item holds `startedAt`. */
	since: string;
	/** Adds the step that lets the next run begin. */
	end: (position: Position) => string;
	/** How many changes a run sends to each side, as text of an expression; all of them if it is left out. */
	most?: string;
}

interface Finish {
	/** The step to lead into from the output Report. */
	first: string;
	/** What counts what came of the run. */
	count: string;
	/** The step after which the next part may begin. */
	last: string;
}

/** Text of an expression: how many writes had which outcome, ended in an error, and are left of the plan (those among them). */
const outcomesOf = (writer: string, plan: string, output: number, most = 'Infinity') => {
	const sent = `(${stepRef(writer)}.isExecuted ? ${stepRef(writer)}.all() : [])`;
	const planned = `${stepRef(plan)}.all(${output}).length`;
	return `{ ...${sent}.reduce((sum, item) => ({ ...sum, [item.json.outcome]: (sum[item.json.outcome] ?? 0) + 1 }), {}), errors: Math.min(${most}, ${planned}) - ${sent}.length, notSent: ${planned} - ${sent}.length }`;
};

/** Draws the report, takes settled matters and old history away, counts, and lets the next run begin. Takes five columns. */
export function finish(
	workflow: Workflow,
	words: FlowWords,
	writers: Writers,
	[x, y]: Position,
	run: RunEnds,
	pitch: number = STEP_X,
): Finish {
	const { flow, suffix } = words;
	const plan = planName(words);
	const at = (column: number): Position => [x + column * pitch, y];
	const show = workflow.add(
		html({ name: `Show the report${suffix}`, position: at(0) }, '$json.html'),
	);
	const settled = workflow.add(
		remove(
			{ name: `Remove settled matters${suffix}`, position: at(1), settings: onceAndOn },
			review,
			[
				{ column: 'flow', condition: 'eq', value: flow },
				{
					column: 'seenAt',
					condition: 'lt',
					value: `={{ ${stepRef(run.since)}.first().json.startedAt }}`,
				},
			],
		),
	);
	const past = workflow.add(
		remove({ name: `Remove old history${suffix}`, position: at(2), settings: onceAndOn }, history, [
			{
				column: 'at',
				condition: 'lt',
				value: `={{ $now.minus({ days: ${setting(settingsOf.history.name)} }).toISO() }}`,
			},
		]),
	);
	const report = `${stepRef(plan)}.first(4).json`;
	const count = workflow.add(
		layOut(
			{ name: `Count the outcomes${suffix}`, position: at(3), settings: once },
			`{ pairs: ${report}.counts, waitingForReview: ${report}.review, guard: ${report}.guard, writtenToUsers: ${outcomesOf(writers.users, plan, 1, run.most)}, writtenToWix: ${outcomesOf(writers.wix, plan, 2, run.most)} }`,
		),
	);
	const end = run.end(at(4));
	workflow.chain(show, settled, past, count, end);
	return { first: show, count, last: end };
}

/** Text of an expression: the sum of what `each` gives for the counts of either side, over the steps that counted. */
export const sumOf = (counts: readonly string[], each: string) =>
	`[${counts.map((name) => `${stepRef(name)}.first().json`).join(', ')}].flatMap((run) => [run.writtenToUsers, run.writtenToWix]).reduce((sum, counts) => sum + ${each}, 0)`;

/**
 * Fails a run in which a write did not go through, after everything else was saved, so that n8n shows and reports it.
 * @returns the step whose first output goes on when all did
 */
export function failIfUnsent(
	workflow: Workflow,
	[x, y]: Position,
	after: string,
	counts: readonly string[],
): string {
	const unsent = sumOf(counts, '(counts.failed ?? 0) + counts.errors');
	const check = workflow.add(
		ifAll({ name: 'Did every write go through?', position: [x, y] }, [
			{ left: unsent, type: 'number', operation: 'equals', right: 0 },
		]),
	);
	const stop = workflow.add(
		stopWith(
			{ name: 'Say how many did not', position: [x + STEP_X, y + ROW_Y] },
			`={{ ${unsent} }} changes could not be written: see the Error output of the steps that write, or the table wix_user_sync_history. Everything else is saved. The next run tries them again.`,
		),
	);
	workflow.connect(after, check);
	workflow.connect(check, stop, { output: 1 });
	return check;
}
