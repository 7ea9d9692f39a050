import { layOut, once, splitOut } from './steps.mts';
import type { Position, Workflow } from './workflow.mts';

interface Named {
	name: string;
	position: Position;
}

/**
 * Two steps that make items of a list: n8n takes some 5 ms for an expression of one item, whatever it does, so one expression
 * makes all of them. @param rows text of an expression that gives the list @returns the step to lead into, and the last one
 */
export function layOutRows(
	workflow: Workflow,
	lay: Named,
	split: Named,
	rows: string,
): { first: string; last: string } {
	const first = workflow.add(layOut({ ...lay, settings: once }, `{ rows: ${rows} }`));
	const last = workflow.add(splitOut(split, 'rows'));
	workflow.chain(first, last);
	return { first, last };
}
