import { STEP_X } from '../lib/grid.mts';
import { layOutRows } from '../lib/rows.mts';
import { layOut, node, nothing, splitOut } from '../lib/steps.mts';
import { history, insertInBulk, links, review, update, upsert } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { stepRef, type, type FlowWords } from './names.mts';
import { planName } from './read.mts';
import { matterOf, newMattersSaved } from './review.mts';
import { BY_ROW, ROW_WITH_ID } from './saveLinks.mts';

export interface Writers {
	users: string;
	wix: string;
}

const apply = { operation: 'applyChange' };
const toErrorOutput = { onError: 'continueErrorOutput' };

const writersOf = ({ flow, suffix }: FlowWords): Writers => ({
	users: `Write to users${suffix}`,
	wix: `Write to Wix ${flow}`,
});

/**
 * Sends the changes, users first, and keeps what came of each: in its link, in review, in the history.
 * @param position of the first writer
 */
export function write(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	pitch: number = STEP_X,
): Writers {
	const { suffix, resource } = words;
	const names = writersOf(words);
	workflow.add(
		node({ name: names.users, position: [x, y], settings: toErrorOutput }, type.targetUsers, 1, {
			system: 'youTrack',
			resource: 'user',
			...apply,
		}),
	);
	workflow.add(
		node({ name: names.wix, position: [x, y + 224], settings: toErrorOutput }, type.wixCrm, 1, {
			resource,
			...apply,
		}),
	);
	const results = workflow.add(
		nothing({ name: `Results of the writes${suffix}`, position: [x + pitch - 16, y - 64] }),
	);
	const kept = [
		saveResultLinks(workflow, words, [x + 2 * pitch, y - 32], pitch),
		saveNewMatters(workflow, words, [x + 2 * pitch, y + 144], pitch),
	];
	const past = saveHistory(workflow, words, [x + 2 * pitch, y + 320], pitch);
	for (const writer of [names.users, names.wix]) {
		workflow.chain(writer, results);
		workflow.connect(writer, past, { output: 1 });
	}
	for (const next of [...kept, past]) workflow.connect(results, next);
	return names;
}

/** Text of an expression: `row` of `json`, for each result that has `part`. */
const rowsWith = (part: 'link' | 'review', row: string) =>
	`$input.all().filter(({ json }) => json.outcome && json.${part}).map(({ json }) => (${row}))`;

function saveResultLinks(
	workflow: Workflow,
	{ suffix }: FlowWords,
	[x, y]: Position,
	pitch: number,
): string {
	const { first, last } = layOutRows(
		workflow,
		{ name: `Lay out result links${suffix}`, position: [x, y] },
		{ name: `Make a row for each link${suffix}`, position: [x + pitch, y] },
		rowsWith('link', ROW_WITH_ID),
	);
	const save = workflow.add(
		update({ name: `Save result links${suffix}`, position: [x + 2 * pitch, y] }, links, BY_ROW),
	);
	workflow.chain(last, save);
	return first;
}

function saveNewMatters(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	pitch: number,
): string {
	const { suffix } = words;
	const { first, last } = layOutRows(
		workflow,
		{ name: `Lay out new matters${suffix}`, position: [x, y] },
		{ name: `Make a row for each new matter${suffix}`, position: [x + pitch, y] },
		rowsWith('review', matterOf('json.review')),
	);
	const save = workflow.add(
		upsert({ name: newMattersSaved(words), position: [x + 2 * pitch, y] }, review, [
			{ column: 'reviewId', condition: 'eq', value: '={{ $json.reviewId }}' },
		]),
	);
	workflow.chain(last, save);
	return first;
}

/** A row for each property that a change sets (one for a deletion): from its plan and what the writer says of it. */
const rowsOfChange = (plan: string) =>
	[
		`{ rows: [${stepRef(plan)}.item.json].filter((change) => change.operation !== 'verify')`,
		`.flatMap((change) => (Object.keys(change.set).length === 0 ? [''] : Object.keys(change.set))`,
		`.map((property) => ({ at: $now.toISO(), run: $execution.id, flow: change.flow, side: change.side,`,
		` operation: change.operation, reason: change.reason, linkId: change.link.linkId,`,
		` wixId: change.link.wixId, userId: change.link.userId, property,`,
		` oldValue: String(change.expected[property] ?? ''), newValue: String(change.set[property] ?? ''),`,
		` outcome: $json.outcome ?? 'failed', message: String($json.message ?? $json.error ?? '') }))) }`,
	].join('');

function saveHistory(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	pitch: number,
): string {
	const { suffix } = words;
	const lay = workflow.add(
		layOut(
			{ name: `Lay out the history${suffix}`, position: [x, y] },
			rowsOfChange(planName(words)),
		),
	);
	const split = workflow.add(
		splitOut({ name: `Make a row for each property${suffix}`, position: [x + pitch, y] }, 'rows'),
	);
	const save = workflow.add(
		insertInBulk({ name: `Add to the history${suffix}`, position: [x + 2 * pitch, y] }, history),
	);
	workflow.chain(lay, split, save);
	return lay;
}
