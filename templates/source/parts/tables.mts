import { placesInRows, WRAP_Y } from '../lib/grid.mts';
import { ifAll, stopWith } from '../lib/steps.mts';
import {
	createTable,
	failures,
	health,
	history,
	links,
	review,
	runs,
	type Table,
} from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { stepRef } from './names.mts';

const all: ReadonlyArray<readonly [string, Table]> = [
	['links', links],
	['review', review],
	['history', history],
	['runs', runs],
	['failures', failures],
	['health', health],
];

const creates = (what: string) => `Create ${what} table if missing`;

/** Makes the tables that are missing, one after the other. @returns the first and the last step */
export function makeTables(
	workflow: Workflow,
	place: (index: number) => Position,
	wanted: readonly Table[] = [links, review, history, runs],
): { first: string; last: string } {
	const names = all
		.filter(([, table]) => wanted.includes(table))
		.map(([what, table], index) => workflow.add(createTable(creates(what), place(index), table)));
	workflow.chain(...names);
	return { first: names[0] ?? '', last: names[names.length - 1] ?? '' };
}

/** Text of an expression: the columns that a table does not have, as `table: column, column`, for each table that lacks some. */
const missingColumns = (wanted: readonly Table[]) => {
	const checks = all
		.filter(([, table]) => wanted.includes(table))
		.map(
			([what, table]) =>
				`[${stepRef(creates(what))}.first().json, ${JSON.stringify(Object.keys(table.columns))}]`,
		);
	return `[${checks.join(', ')}].map(([table, names]) => [table.name, names.filter((name) => !table.columns.some((column) => column.name === name))]).filter(([, missing]) => missing.length > 0).map(([name, missing]) => name + ': ' + missing.join(', ')).join('; ')`;
};

/**
 * Makes the tables, and ends the run when one that was there lacks a column: it would fail in the middle of the work otherwise.
 * @param checkAt of the question whether they have all columns; what is said if not stands below it
 * @returns the first and the last step
 */
export function makeSyncTables(
	workflow: Workflow,
	y: number,
	[x, checkY]: Position,
): { first: string; last: string } {
	const wanted = [links, review, history, runs];
	const places = placesInRows({ start: 2, back: 2, columns: 6, y });
	const { first, last } = makeTables(workflow, places, wanted);
	const missing = missingColumns(wanted);
	const check = workflow.add(
		ifAll({ name: 'Do they have all columns?', position: [x, checkY] }, [
			{ left: missing, type: 'string', operation: 'empty' },
		]),
	);
	const stop = workflow.add(
		stopWith(
			{ name: 'Say which columns are missing', position: [x, checkY + WRAP_Y] },
			`=Nothing was read or written: a data table lacks columns ({{ ${missing} }}). Add them to the table, or rename the table: the next run makes a new one.`,
		),
	);
	workflow.chain(last, check);
	workflow.connect(check, stop, { output: 1 });
	return { first, last: check };
}
