import { filter, layOut, node, nothing, splitOut } from '../lib/steps.mts';
import { history, insertInBulk, links, review, update, upsert } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { stepRef, type, type FlowWords } from './names.mts';
import { planName } from './read.mts';
import { matterOf, newMattersSaved } from './review.mts';

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
export function write(workflow: Workflow, words: FlowWords, [x, y]: Position): Writers {
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
		node({ name: names.wix, position: [x, y + 220], settings: toErrorOutput }, type.wixCrm, 1, {
			resource,
			...apply,
		}),
	);
	const results = workflow.add(
		nothing({ name: `Results of the writes${suffix}`, position: [x + 220, y + 110] }),
	);
	const kept = [
		saveResultLinks(workflow, words, [x + 440, y - 30]),
		saveNewMatters(workflow, words, [x + 440, y + 160]),
	];
	const past = saveHistory(workflow, words, [x + 440, y + 350]);
	for (const writer of [names.users, names.wix]) {
		workflow.chain(writer, results);
		workflow.connect(writer, past, { output: 1 });
	}
	for (const next of [...kept, past]) workflow.connect(results, next);
	return names;
}

const exists = (left: string, of: string) => ({ left, type: of, operation: 'exists' });

function saveResultLinks(workflow: Workflow, { suffix }: FlowWords, [x, y]: Position): string {
	const keep = workflow.add(
		filter({ name: `Keep results that change a link${suffix}`, position: [x, y] }, [
			exists('$json.outcome', 'string'),
			exists('$json.link', 'object'),
		]),
	);
	const lay = workflow.add(
		layOut(
			{ name: `Lay out result links${suffix}`, position: [x + 220, y] },
			"$json.link.removeField('rowId')",
		),
	);
	const save = workflow.add(
		update({ name: `Save result links${suffix}`, position: [x + 440, y] }, links, [
			{ column: 'linkId', condition: 'eq', value: '={{ $json.linkId }}' },
		]),
	);
	workflow.chain(keep, lay, save);
	return keep;
}

function saveNewMatters(workflow: Workflow, words: FlowWords, [x, y]: Position): string {
	const { suffix } = words;
	const keep = workflow.add(
		filter({ name: `Keep results to review${suffix}`, position: [x, y] }, [
			exists('$json.outcome', 'string'),
			exists('$json.review', 'object'),
		]),
	);
	const lay = workflow.add(
		layOut(
			{ name: `Lay out new matters${suffix}`, position: [x + 220, y] },
			matterOf('$json.review'),
		),
	);
	const save = workflow.add(
		upsert({ name: newMattersSaved(words), position: [x + 440, y] }, review, [
			{ column: 'reviewId', condition: 'eq', value: '={{ $json.reviewId }}' },
		]),
	);
	workflow.chain(keep, lay, save);
	return keep;
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

function saveHistory(workflow: Workflow, words: FlowWords, [x, y]: Position): string {
	const { suffix } = words;
	const lay = workflow.add(
		layOut(
			{ name: `Lay out the history${suffix}`, position: [x, y] },
			rowsOfChange(planName(words)),
		),
	);
	const split = workflow.add(
		splitOut({ name: `Make a row for each property${suffix}`, position: [x + 220, y] }, 'rows'),
	);
	const save = workflow.add(
		insertInBulk({ name: `Add to the history${suffix}`, position: [x + 440, y] }, history),
	);
	workflow.chain(lay, split, save);
	return lay;
}
