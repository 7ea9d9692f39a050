import { beside, canvas, OVERVIEW } from '../lib/grid.mts';
import { noteColor, type Workflow } from '../lib/workflow.mts';
import type { FlowWords } from './names.mts';
import { type Place } from './sync.mts';

/** The notes that name the sections. What a person sets stands on a blue one. */

const TOP = -200;
const TOP_HEIGHT = 376;
/** How far a note reaches to the sides of the steps on it. */
const ASIDE = 48;
const ONE = 192;
/** How far the free end of an output before a note reaches into its column. */
const FREE_END = 32;

/** From the left edge of a note on the steps of `column` to the right edge of one on those of `last`. */
const across = (column: number, last: number) => {
	const [left] = beside(column, 0);
	const [right] = beside(last, 0);
	return { left: left - ASIDE, width: right - left + ONE };
};

export function overviewNote(workflow: Workflow, content: string): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, TOP],
		size: [OVERVIEW, TOP_HEIGHT],
		color: noteColor.overview,
		content,
	});
}

/** Behind the triggers. */
export function whenNote(workflow: Workflow, content: string): void {
	const { left, width } = across(0, 0);
	workflow.note({
		name: 'Note: when',
		at: [left, TOP],
		size: [width, TOP_HEIGHT],
		color: noteColor.settings,
		content: `### When\n${content}`.trim(),
	});
}

/** Behind the other steps of the first row. */
export function knownNote(workflow: Workflow, last: number, content: string): void {
	const { left, width } = across(1, last);
	workflow.note({
		name: 'Note: what is known',
		at: [left, TOP],
		size: [width, TOP_HEIGHT],
		content: `### What is known\n${content}`,
	});
}

/** Behind the steps that read, and behind Match & Map. */
export function planNotes(
	workflow: Workflow,
	{ suffix }: FlowWords,
	{ column, y }: Place,
	rules = '*Preview Only* is on: nothing is sent. Switch it off when the report looks right.\n*Only These People*: a trial.',
): void {
	const add = (name: string, over: number, content: string) => {
		const { left, width } = across(column + over, column + over);
		workflow.note({
			name: `Note: ${name}${suffix}`,
			at: [left, y - 48],
			size: [width, 544],
			color: noteColor.settings,
			content,
		});
	};
	add('read', 0, '### Read\n*System*, credentials.');
	add('decide', 1, `### Decide\nThe rules and policies.\n${rules}`);
}

/** Behind the writers. */
export function sendNote(workflow: Workflow, { suffix }: FlowWords, { column, y }: Place): void {
	const { left, width } = across(column + 1, column + 2);
	workflow.note({
		name: `Note: send${suffix}`,
		at: [left, y + 288],
		size: [width, 400],
		color: noteColor.settings,
		content: '### Send\n*System*, credentials.',
	});
}

interface Box {
	/** Its first and its last column. */
	columns: readonly [number, number];
	y: number;
	height: number;
}

/** A note beside the steps. */
export function besideNote(
	workflow: Workflow,
	name: string,
	{ columns, y, height }: Box,
	content: string,
): void {
	const { left, width } = across(...columns);
	workflow.note({
		name: `Note: ${name}`,
		at: [left + FREE_END, y],
		size: [width - FREE_END, height],
		content,
	});
}

export const said = {
	results:
		'### Save and report\n**New links** are added first; nothing is sent for them in this run. **The report** is a page: open *Show the report*. What is done with is removed: settled questions, dropped links, history older than 90 days. **Questions** wait in the table `wix_user_sync_review`: answer them there, or with the workflow *Review and decide*.',
	saved:
		'### Saved before it is sent\n*Save changed links* saves a row only if nobody has saved it since it was read, and only rows that come out are sent. So runs may overlap, be stopped, be started again. *Save results* is the same step once more: what was refused, is not shown yet, has a new ID.',
};
