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

/** Makes the tables that are missing, one after the other. Takes four columns. @returns the first and the last step */
export function makeTables(
	workflow: Workflow,
	[x, y]: Position,
	wanted: readonly Table[] = [links, review, history, runs],
): { first: string; last: string } {
	const names = all
		.filter(([, table]) => wanted.includes(table))
		.map(([what, table], column) =>
			workflow.add(createTable(creates(what), [x + column * 220, y], table)),
		);
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
 * Takes five columns, and the sixth of a second row. @returns the first and the last step
 */
export function makeSyncTables(
	workflow: Workflow,
	[x, y]: Position,
): { first: string; last: string } {
	const wanted = [links, review, history, runs];
	const { first, last } = makeTables(workflow, [x, y], wanted);
	const missing = missingColumns(wanted);
	const check = workflow.add(
		ifAll({ name: 'Do they have all columns?', position: [x + 880, y] }, [
			{ left: missing, type: 'string', operation: 'empty' },
		]),
	);
	const stop = workflow.add(
		stopWith(
			{ name: 'Say which columns are missing', position: [x + 1100, y + 210] },
			`=Nothing was read or written: a data table lacks columns ({{ ${missing} }}). Add them to the table, or rename the table: the next run makes a new one.`,
		),
	);
	workflow.chain(last, check);
	workflow.connect(check, stop, { output: 1 });
	return { first, last: check };
}
