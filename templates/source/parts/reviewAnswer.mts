import { callOf } from '../lib/expression.mts';
import { pageOfExpression } from '../lib/forms.mts';
import { ROW_Y, STEP_X } from '../lib/grid.mts';
import { ifAll, layOut, once, onceAndOn, splitOut } from '../lib/steps.mts';
import { getRows, history, insertInBulk, remove, review } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { contacts } from './names.mts';
import { all, besideTheLine, first, linksOf, rowsOf, step, style } from './reviewSteps.mts';
import { saveLinks } from './saveLinks.mts';

/**
 * Draws the page of the matter, checks the answer and saves it.
 * @returns the first step, the one whose second output leads back to the list, and the last one
 */
export function answerMatter(
	workflow: Workflow,
	rows: Readonly<{ matter: number; answer: number; save: number }>,
): { first: string; checked: string; saved: string } {
	const at = (column: number) => besideTheLine(column, rows.answer);
	// Below the middle of what it follows, so that the line to the next row passes under the steps that read
	const beforeIt = (column: number) => besideTheLine(column, rows.matter + 576);
	const said = first(step.words);
	const offers = workflow.add(
		layOut(
			{ name: step.offers, position: beforeIt(4), settings: once },
			`{ offers: ${callOf('reviewForm/offers.mts', 'offersOf', [first(step.chosen), rowsOf(step.rows), said])} }`,
		),
	);
	const seen = `{ words: ${said}, rows: ${rowsOf(step.rows)}, records: ${all(step.read)}, offers: ${first(step.offers)}.offers }`;
	const page = workflow.add(
		layOut(
			{ name: step.page, position: beforeIt(5), settings: once },
			`{ fields: ${callOf('reviewForm/page.mts', 'pageOf', [first(step.chosen), seen])} }`,
		),
	);
	const decide = workflow.add(
		pageOfExpression(
			{ name: step.decide, position: at(0) },
			{ title: 'Decide', buttonLabel: 'Save', fields: `${first(step.page)}.fields`, ...style },
		),
	);
	const again = workflow.add(
		getRows({ name: step.again, position: at(1), settings: onceAndOn }, review, [
			{
				column: 'reviewId',
				condition: 'eq',
				value: `={{ ${first(step.chosen)}.reviewId }}`,
			},
		]),
	);
	const lay = workflow.add(
		layOut(
			{ name: 'Lay out what to look up again', position: at(2), settings: once },
			`{ lookUp: ${first(step.chosen)}.lookUp }`,
		),
	);
	const each = workflow.add(
		splitOut({ name: 'Look up each record again', position: at(3) }, 'lookUp'),
	);
	const rowsNow = workflow.add(linksOf(step.rowsNow, at(4)));
	const then = `{ offers: ${first(step.offers)}.offers, before: ${rowsOf(step.rows)}, now: ${rowsOf(step.rowsNow)}, waiting: ${all(step.again)}, words: ${said} }`;
	const check = workflow.add(
		layOut(
			{ name: step.checked, position: at(5), settings: once },
			callOf('reviewForm/check.mts', 'checkAnswer', [
				`${first(step.decide)}.answer`,
				first(step.chosen),
				then,
			]),
		),
	);
	const isSaved = workflow.add(
		ifAll({ name: 'Is there something to save?', position: besideTheLine(0, rows.save) }, [
			{ left: '$json.save', type: 'boolean', operation: 'true' },
		]),
	);
	workflow.chain(offers, page, decide, again, lay, each, rowsNow, check, isSaved);
	return {
		first: offers,
		checked: isSaved,
		saved: addSaving(workflow, isSaved, besideTheLine(1, rows.save)),
	};
}

/** Saves the links first, from the topmost branch down: a failure there ends the run before the matter leaves the list. */
function addSaving(workflow: Workflow, isSaved: string, [x, y]: Position): string {
	const changes = workflow.add(
		splitOut({ name: 'Take each change of a link', position: [x, y] }, 'edits'),
	);
	const save = saveLinks(workflow, contacts, [x + STEP_X, y]);
	const decision = `{ at: $now.toISO(), run: $execution.id, side: '', operation: 'decide', reason: ${first(step.chosen)}.reason, property: '', oldValue: '', newValue: $json.answer, outcome: 'decided', message: ${first(step.start)}.user ? 'In the form, by n8n user ' + ${first(step.start)}.user.id : 'In the form' }`;
	const lay = workflow.add(
		layOut(
			{ name: 'Lay out the history', position: [x, y + 2 * ROW_Y] },
			`{ rows: $json.edits.map(({ link }) => ({ flow: link.flow, linkId: link.linkId ?? '', wixId: link.wixId, userId: link.userId, ...${decision} })) }`,
		),
	);
	const each = workflow.add(
		splitOut({ name: 'Make a row for each change', position: [x + STEP_X, y + 2 * ROW_Y] }, 'rows'),
	);
	const past = workflow.add(
		insertInBulk(
			{ name: 'Add to the history', position: [x + 2 * STEP_X, y + 2 * ROW_Y] },
			history,
		),
	);
	const settled = workflow.add(
		remove(
			{ name: 'Take the matter off the list', position: [x, y + 3 * ROW_Y], settings: onceAndOn },
			review,
			[{ column: 'reviewId', condition: 'eq', value: `={{ ${first(step.chosen)}.reviewId }}` }],
		),
	);
	for (const each of save) workflow.connect(changes, each);
	workflow.chain(lay, each, past);
	for (const next of [changes, lay, settled]) workflow.connect(isSaved, next);
	return settled;
}
