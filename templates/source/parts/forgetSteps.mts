import { placesInRows } from '../lib/grid.mts';
import { failures, history, links, review, type Table } from '../lib/tables.mts';
import { stepRef } from './names.mts';

/** What is asked for, and the step that lists what was found: steps after them refer to both. */
export const WHO = 'Email address or ID';
export const FOUND = 'List what was found';

/** Heights of the parts on the canvas; n8n runs branches from top to bottom. */
export const rowHeights = { search: 800, confirm: 1392, erase: 2048, marks: 2544, done: 2720 };

/** The chain up to what was found, in rows of five steps. */
export const at = placesInRows({ start: 0, back: 0, columns: 5, y: 0 });

export const first = (name: string) => `${stepRef(name)}.first().json`;
export const rowsOf = (name: string) => `${stepRef(name)}.all().map((item) => item.json)`;

/** The tables that may name a person, in the order in which they are erased from. */
export const tables: ReadonlyArray<{
	name: 'links' | 'review' | 'history' | 'failures';
	table: Table;
}> = [
	{ name: 'links', table: links },
	{ name: 'review', table: review },
	{ name: 'history', table: history },
	{ name: 'failures', table: failures },
];
