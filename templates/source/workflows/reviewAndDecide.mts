import { callOf } from '../lib/expression.mts';
import { formEnd, formForUsers, pageOfExpression } from '../lib/forms.mts';
import { beside, canvas, OVERVIEW, placesInRows, ROW_Y } from '../lib/grid.mts';
import { ifAll, layOut, node, once, onceAndOn } from '../lib/steps.mts';
import { getRows, history, links, review } from '../lib/tables.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { setting, stepRef } from '../parts/names.mts';
import { answerMatter } from '../parts/reviewAnswer.mts';
import { readMatter } from '../parts/reviewMatter.mts';
import {
	all,
	atMostSetting,
	first,
	membersSetting,
	PAGE_MINUTES,
	step,
	style,
} from '../parts/reviewSteps.mts';
import { addSettings } from '../parts/settings.mts';
import { makeTables } from '../parts/tables.mts';
import { words } from '../reviewForm/words.mts';
import { overview, reviewNotes, rowsOfReview } from './reviewAndDecideNotes.mts';

/** A form that lists what waits for a person, shows one matter with its records, and saves the decision. */
export function reviewAndDecide(): Workflow {
	const workflow = new Workflow('Review and decide');
	const list = addList(workflow);
	const matter = readMatter(workflow, rowsOfReview.matter);
	const answer = answerMatter(workflow, rowsOfReview);
	workflow.connect(list.chosen, matter.first);
	workflow.connect(list.chosen, list.end, { output: 1 });
	workflow.chain(matter.last, answer.first);
	workflow.connect(answer.saved, step.waiting);
	workflow.connect(answer.checked, step.waiting, { output: 1 });
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, -64],
		size: [OVERVIEW, 740],
		color: noteColor.overview,
		content: overview,
	});
	reviewNotes(workflow);
	return workflow;
}

/** The form begins in the first row; the second one, which lists what waits, is come back to after each decision. */
function addList(workflow: Workflow): { chosen: string; end: string } {
	const at = (column: number) => beside(column, rowsOfReview.list);
	const begin = placesInRows({ start: 0, back: 0, columns: 6, y: rowsOfReview.start });
	const start = workflow.add(
		formForUsers(
			{ name: step.start, position: begin(0) },
			'Review and decide',
			'What the sync of Wix and your users could not decide safely waits here for you. You see each matter with the records as they are right now.',
			[
				{
					label: 'ID of a Wix record or a user (leave it empty to see everything)',
					name: 'id',
					placeholder: 'optional',
					optional: true,
				},
			],
			'Show what waits',
			{ path: 'wix-user-sync-review', includeUserInOutput: true },
		),
	);
	const settings = addSettings(workflow, begin(1), [membersSetting, atMostSetting]);
	const tables = makeTables(workflow, (index) => begin(2 + index), [links, review, history]);
	const said = workflow.add(
		node({ name: step.words, position: begin(5), settings: once }, 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify(words, undefined, 2),
			options: {},
		}),
	);
	const waiting = workflow.add(
		getRows({ name: step.waiting, position: at(0), settings: onceAndOn }, review),
	);
	const notice = `${stepRef(step.checked)}.isExecuted ? ${first(step.checked)}.notice : ''`;
	const look = `{ words: ${first(step.words)}, search: String(${first(step.start)}.id ?? ''), atMost: Number(${setting(atMostSetting.name)}), notice: ${notice} }`;
	const listed = workflow.add(
		layOut(
			{ name: step.list, position: at(1), settings: once },
			callOf('reviewForm/listMatters.mts', 'listMatters', [all(step.waiting), look]),
		),
	);
	const isAny = workflow.add(
		ifAll({ name: 'Does anything wait?', position: at(2) }, [
			{ left: '$json.total', type: 'number', operation: 'gt', right: 0 },
		]),
	);
	const choose = workflow.add(
		pageOfExpression(
			{ name: step.choose, position: at(3) },
			{
				title: 'What waits for you',
				buttonLabel: 'Go on',
				fields: `${first(step.list)}.fields`,
				...style,
			},
		),
	);
	const chosen = workflow.add(
		ifAll({ name: 'Was a matter chosen?', position: at(4) }, [
			{
				left: `${first(step.list)}.choices.some((choice) => choice.label === $json.matter)`,
				type: 'boolean',
				operation: 'true',
			},
		]),
	);
	const end = workflow.add(
		formEnd(
			{ name: 'End of the form', position: beside(3, rowsOfReview.list + ROW_Y + 32) },
			`={{ ${first(step.list)}.total > 0 ? 'Thank you' : 'Nothing waits for you' }}`,
			`={{ ${first(step.list)}.notice }}`,
			PAGE_MINUTES,
		),
	);
	workflow.chain(start, settings, tables.first);
	workflow.chain(tables.last, said, waiting, listed, isAny, choose, chosen);
	workflow.connect(isAny, end, { output: 1 });
	return { chosen, end };
}
