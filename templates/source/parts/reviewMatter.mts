import { callOf } from '../lib/expression.mts';
import { layOut, node, once, splitOut, switchBy } from '../lib/steps.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { setting, type } from './names.mts';
import { all, besideTheLine, first, linksOf, membersSetting, step } from './reviewSteps.mts';

const toErrorOutput = { onError: 'continueErrorOutput' };
/** How far apart the steps that read stand: what needs no reading passes between the first two. */
const READER_Y = 192;
const byId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
/** Finds the chosen matter and reads its links and its records. @returns the first and the last step */
export function readMatter(workflow: Workflow, y: number): { first: string; last: string } {
	const at = (column: number, dy = 0) => besideTheLine(column, y + dy);
	const row = `${all(step.waiting)}.find((row) => row.reviewId === ${first(step.list)}.choices.find((choice) => choice.label === ${first(step.choose)}.matter).reviewId)`;
	const chosen = workflow.add(
		layOut(
			{ name: step.chosen, position: at(0), settings: once },
			callOf('reviewForm/listMatters.mts', 'matterOf', [row, setting(membersSetting.name)]),
		),
	);
	const each = workflow.add(splitOut({ name: 'Look up each record', position: at(1) }, 'lookUp'));
	const rows = workflow.add(linksOf(step.rows, at(2)));
	const ask = workflow.add(
		layOut(
			{ name: 'Lay out what to read', position: at(3), settings: once },
			`{ ask: ${first(step.chosen)}.ask }`,
		),
	);
	const asks = workflow.add(splitOut({ name: 'Ask for each record', position: at(4) }, 'ask'));
	const sort = workflow.add(
		switchBy({ name: 'Sort by system', position: at(0, 336) }, '$json.kind', [
			{ value: 'none', title: 'Nothing to read' },
			{ value: 'contact', title: 'Contacts' },
			{ value: 'member', title: 'Members' },
			{ value: 'user', title: 'Users' },
		]),
	);
	const [mergeX, mergeY] = at(2, 336);
	const read = workflow.add(
		node({ name: step.read, position: [mergeX + 48, mergeY] }, 'n8n-nodes-base.merge', 3.2, {
			mode: 'append',
			numberInputs: 7,
		}),
	);
	readers(workflow, at(1, 208)).forEach((reader, index) => {
		workflow.connect(sort, reader, { output: index + 1 });
		workflow.connect(reader, read, { input: index * 2 + 1 });
		workflow.connect(reader, read, { output: 1, input: index * 2 + 2 });
	});
	workflow.chain(chosen, each, rows, ask, asks, sort);
	workflow.connect(sort, read);
	return { first: chosen, last: read };
}

/** One step for each kind of record; a record that is gone or cannot be read comes out of their error output. */
function readers(workflow: Workflow, [x, y]: Position): string[] {
	const at = (row: number): Position => [x, y + row * READER_Y];
	const get = (name: string, row: number) => ({
		name,
		position: at(row),
		settings: toErrorOutput,
	});
	const simple = { operation: 'get', output: 'simplified' };
	return [
		workflow.add(
			node(get('Get the Wix contacts', 0), type.wixCrm, 1, {
				resource: 'contact',
				...simple,
				contactId: byId,
			}),
		),
		workflow.add(
			node(get('Get the Wix members', 1), type.wixCrm, 1, {
				resource: 'member',
				...simple,
				memberId: byId,
			}),
		),
		workflow.add(
			node(get('Get the users', 2), type.targetUsers, 1, {
				system: 'youTrack',
				resource: 'user',
				...simple,
				userId: byId,
			}),
		),
	];
}
