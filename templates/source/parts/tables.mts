import { createTable, history, links, review, runs, type Table } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';

const all: ReadonlyArray<readonly [string, Table]> = [
	['links', links],
	['review', review],
	['history', history],
	['runs', runs],
];

/** Makes the tables that are missing, one after the other. Takes four columns. @returns the first and the last step */
export function makeTables(
	workflow: Workflow,
	[x, y]: Position,
	wanted: readonly Table[] = [links, review, history, runs],
): { first: string; last: string } {
	const names = all
		.filter(([, table]) => wanted.includes(table))
		.map(([what, table], column) =>
			workflow.add(createTable(`Create ${what} table if missing`, [x + column * 220, y], table)),
		);
	workflow.chain(...names);
	return { first: names[0] ?? '', last: names[names.length - 1] ?? '' };
}
