import { STEP_X } from '../lib/grid.mts';
import { layOutRows } from '../lib/rows.mts';
import { onceAndOn } from '../lib/steps.mts';
import { getRows, insertInBulk, review } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { stepRef, type FlowWords } from './names.mts';
import { planName } from './read.mts';

/** Text of an expression: a row of the review table out of a matter, with what else it holds. */
export const matterOf = (matter: string, more = '') =>
	`{ reviewId: ${matter}.reviewId, flow: ${matter}.flow, reason: ${matter}.reason, wixIds: ${matter}.wixIds.join(', '), userIds: ${matter}.userIds.join(', '), message: ${matter}.message, howToDecide: ${matter}.howToDecide, seenAt: $now.toISO()${more} }`;

/** The step that saves what the writers found out. */
export const newMattersSaved = ({ suffix }: FlowWords) => `Save new matters${suffix}`;

/** A row for each matter that the writers have not saved in this run, with the day it was first met. In one go: linear in the matters. */
const rowsOf = (plan: string, known: string, saved: string) =>
	[
		`[${stepRef(plan)}.all(3)].flatMap((matters) => {`,
		` const since = new Map(${stepRef(known)}.all().map((row) => [row.json.reviewId, row.json.firstSeenAt]));`,
		` const done = new Set((${stepRef(saved)}.isExecuted ? ${stepRef(saved)}.all() : []).map((row) => row.json.reviewId));`,
		` return matters.filter((matter) => !done.has(matter.json.reviewId)).map((matter) => (`,
		`${matterOf('matter.json', ', firstSeenAt: since.get(matter.json.reviewId) ?? $now.toISO()')}));`,
		` })`,
	].join('');

/**
 * Saves what waits for a person, all rows anew in one statement (an upsert takes 15 ms a row); those of earlier runs leave the
 * table when the report is drawn. @returns the step to lead into
 */
export function saveMatters(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	pitch: number = STEP_X,
): string {
	const { flow, suffix } = words;
	const known = workflow.add(
		getRows({ name: `Get known matters${suffix}`, position: [x, y], settings: onceAndOn }, review, [
			{ column: 'flow', condition: 'eq', value: flow },
		]),
	);
	const { first, last } = layOutRows(
		workflow,
		{ name: `Lay out what waits${suffix}`, position: [x + pitch, y] },
		{ name: `Make a row for each matter${suffix}`, position: [x + 2 * pitch, y] },
		rowsOf(planName(words), known, newMattersSaved(words)),
	);
	const save = workflow.add(
		insertInBulk({ name: `Save what waits${suffix}`, position: [x + 3 * pitch, y] }, review),
	);
	workflow.chain(known, first);
	workflow.chain(last, save);
	return known;
}
