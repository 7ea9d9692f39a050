import { ROW_Y, STEP_X } from '../lib/grid.mts';
import { layOutRows } from '../lib/rows.mts';
import { insertInBulk, links, remove, update } from '../lib/tables.mts';
import type { Position, Step, Workflow } from '../lib/workflow.mts';
import type { FlowWords } from './names.mts';

/** What is done with the links of one kind of change. */
interface Kind {
	operation: 'add' | 'update' | 'remove';
	/** As the names of its steps have it. */
	word: string;
	/** Text of an expression: the row of `json`, an item of Match & Map. */
	row: string;
	save: (position: Position) => Step;
}

const WITHOUT_ID = "json.link.removeField('rowId')";

/** Text of an expression: the row of `json.link` with the row id by which n8n finds it at once, where it has one. */
export const ROW_WITH_ID = `{ ...${WITHOUT_ID}, id: json.link.rowId }`;

/** Finds the row of an item by its id; a row that this run has added, by its link. */
export const BY_ROW = [
	{
		column: "={{ $json.id ? 'id' : 'linkId' }}",
		condition: 'eq',
		value: '={{ $json.id || $json.linkId }}',
	},
] as const;

const kindsOf = (suffix: string): readonly Kind[] => [
	{
		operation: 'add',
		word: 'new',
		row: WITHOUT_ID,
		save: (position) => insertInBulk({ name: `Add new links${suffix}`, position }, links),
	},
	{
		operation: 'update',
		word: 'changed',
		row: ROW_WITH_ID,
		save: (position) => update({ name: `Update changed links${suffix}`, position }, links, BY_ROW),
	},
	{
		operation: 'remove',
		word: 'removed',
		row: '{ id: json.link.rowId, linkId: json.link.linkId }',
		save: (position) => remove({ name: `Remove links${suffix}`, position }, links, BY_ROW),
	},
];

/**
 * Saves what Match & Map says of the links, before anything is written: new rows in bulk, changed ones by their row id. A failure
 * here ends the run. @returns the steps to lead into, from the topmost down
 */
export function saveLinks(
	workflow: Workflow,
	{ suffix }: FlowWords,
	[x, y]: Position,
	pitch: number = STEP_X,
): string[] {
	return kindsOf(suffix).map(({ operation, word, row, save }, index) => {
		const height = y + (index - 1) * ROW_Y;
		const { first, last } = layOutRows(
			workflow,
			{ name: `Lay out ${word} links${suffix}`, position: [x, height] },
			{ name: `Make a row for each ${word} link${suffix}`, position: [x + pitch, height] },
			`$input.all().filter(({ json }) => json.operation === '${operation}').map(({ json }) => (${row}))`,
		);
		workflow.connect(last, workflow.add(save([x + 2 * pitch, height])));
		return first;
	});
}
