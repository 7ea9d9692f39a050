import { layOut, switchBy } from '../lib/steps.mts';
import { insertInBulk, links, remove, update } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import type { FlowWords } from './names.mts';

const WITHOUT_ID = "$json.link.removeField('rowId')";

/**
 * Saves what Match & Map says of the links, before anything is written: new rows in bulk, changed ones by their row id. A failure
 * here ends the run. @returns the step to lead into
 */
export function saveLinks(workflow: Workflow, { suffix }: FlowWords, [x, y]: Position): string {
	const sort = workflow.add(
		switchBy({ name: `Sort link changes${suffix}`, position: [x, y] }, '$json.operation', [
			{ value: 'add', title: 'New' },
			{ value: 'update', title: 'Changed' },
			{ value: 'remove', title: 'Removed' },
		]),
	);
	const layOutNew = workflow.add(
		layOut({ name: `Lay out new links${suffix}`, position: [x + 220, y - 180] }, WITHOUT_ID),
	);
	const add = workflow.add(
		insertInBulk({ name: `Add new links${suffix}`, position: [x + 440, y - 180] }, links),
	);
	const layOutChanged = workflow.add(
		layOut(
			{ name: `Lay out changed links${suffix}`, position: [x + 220, y] },
			`{ ...${WITHOUT_ID}, id: $json.link.rowId }`,
		),
	);
	const change = workflow.add(
		update({ name: `Update changed links${suffix}`, position: [x + 440, y] }, links, [
			{
				column: "={{ $json.id ? 'id' : 'linkId' }}",
				condition: 'eq',
				value: '={{ $json.id || $json.linkId }}',
			},
		]),
	);
	const drop = workflow.add(
		remove({ name: `Remove links${suffix}`, position: [x + 220, y + 180] }, links, [
			{
				column: "={{ $json.link.rowId ? 'id' : 'linkId' }}",
				condition: 'eq',
				value: '={{ $json.link.rowId || $json.link.linkId }}',
			},
		]),
	);
	workflow.connect(sort, layOutNew, { output: 0 });
	workflow.connect(sort, layOutChanged, { output: 1 });
	workflow.connect(sort, drop, { output: 2 });
	workflow.chain(layOutNew, add);
	workflow.chain(layOutChanged, change);
	return sort;
}
