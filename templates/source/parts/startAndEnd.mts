import { beside } from '../lib/grid.mts';
import { byHand, gather, GATHERED, noteTime, schedule, stopWith } from '../lib/steps.mts';
import { createTable, history, links, review, type Table } from '../lib/tables.mts';
import type { Workflow } from '../lib/workflow.mts';
import { timeStep, type FlowWords } from './names.mts';
import { getLinks, type Place } from './sync.mts';

/** Makes the tables that are missing, from left to right. @returns the first and the last step */
export function createTables(
	workflow: Workflow,
	{ column, y }: Place,
	wanted: Readonly<Record<string, Table>>,
): { first: string; last: string } {
	const steps = Object.entries(wanted).map(([what, table], index) =>
		workflow.add(createTable(`Create ${what} table`, beside(column + index, y), table)),
	);
	workflow.chain(...steps);
	return { first: steps[0] ?? '', last: steps[steps.length - 1] ?? '' };
}

/** How a sync begins, at the top of the canvas: triggers, tables, the time, the rows. @returns *Get links* */
export function begin(workflow: Workflow, words: FlowWords): string {
	const triggers = [
		schedule(
			{ name: 'Every 15 minutes', position: beside(0, -128) },
			{ field: 'minutes', minutesInterval: 15 },
		),
		byHand(beside(0, 16)),
	].map((step) => workflow.add(step));
	const tables = createTables(workflow, { column: 1, y: 0 }, { links, review, history });
	for (const trigger of triggers) workflow.connect(trigger, tables.first);
	const time = workflow.add(noteTime({ name: timeStep(words), position: beside(4, 0) }));
	const rows = workflow.add(getLinks(words, beside(5, 0)));
	workflow.chain(tables.last, time, rows);
	return rows;
}

/** Ends the run as failed when a write did not go through, when nothing else is left to do. */
export function failAtLast(
	workflow: Workflow,
	writers: readonly string[],
	{ column, y }: Place,
): void {
	const gathered = workflow.add(
		gather({ name: 'Gather what was not sent', position: beside(column, y) }, writers.length),
	);
	writers.forEach((writer, index) =>
		workflow.connect(writer, gathered, { output: 2, input: GATHERED + index }),
	);
	// n8n's expressions cannot count items that carry an error
	const stop = workflow.add(
		stopWith(
			{ name: 'Say what was not sent', position: beside(column + 1, y) },
			'=Not everything was sent. A later run tries again. What came first: {{ $json.error }}',
		),
	);
	workflow.connect(gathered, stop);
}
