import { callOf } from '../lib/expression.mts';
import { pageOfExpression } from '../lib/forms.mts';
import { ifAll, layOut, onceAndOn, splitOut } from '../lib/steps.mts';
import { getRows, history, insertInBulk, remove, review } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { contacts } from './names.mts';
import { all, first, linksOf, once, rowsOf, step, style } from './reviewSteps.mts';
import { saveLinks } from './saveLinks.mts';

/**
 * Draws the page of the matter, checks the answer and saves it.
 * @returns the first step, the one whose second output leads back to the list, and the last one
 */
export function answerMatter(
	workflow: Workflow,
	y: number,
): { first: string; checked: string; saved: string } {
	const at = (column: number, row = 0): Position => [column * 220, y + row * 180];
	const said = first(step.words);
	const offers = workflow.add(
		layOut(
			{ name: step.offers, position: at(0), settings: once },
			`{ offers: ${callOf('reviewForm/offers.mts', 'offersOf', [first(step.chosen), rowsOf(step.rows), said])} }`,
		),
	);
	const seen = `{ words: ${said}, rows: ${rowsOf(step.rows)}, records: ${all(step.read)}, offers: ${first(step.offers)}.offers }`;
	const page = workflow.add(
		layOut(
			{ name: step.page, position: at(1), settings: once },
			`{ fields: ${callOf('reviewForm/page.mts', 'pageOf', [first(step.chosen), seen])} }`,
		),
	);
	const decide = workflow.add(
		pageOfExpression(
			{ name: step.decide, position: at(2) },
			{ title: 'Decide', buttonLabel: 'Save', fields: `${first(step.page)}.fields`, ...style },
		),
	);
	const again = workflow.add(
		getRows({ name: step.again, position: at(3), settings: onceAndOn }, review, [
			{
				column: 'reviewId',
				condition: 'eq',
				value: `={{ ${first(step.chosen)}.reviewId }}`,
			},
		]),
	);
	const lay = workflow.add(
		layOut(
			{ name: 'Lay out what to look up again', position: at(4), settings: once },
			`{ lookUp: ${first(step.chosen)}.lookUp }`,
		),
	);
	const each = workflow.add(
		splitOut({ name: 'Look up each record again', position: at(5) }, 'lookUp'),
	);
	const rowsNow = workflow.add(linksOf(step.rowsNow, at(6)));
	const then = `{ offers: ${first(step.offers)}.offers, before: ${rowsOf(step.rows)}, now: ${rowsOf(step.rowsNow)}, waiting: ${all(step.again)}, words: ${said} }`;
	const check = workflow.add(
		layOut(
			{ name: step.checked, position: at(7), settings: once },
			callOf('reviewForm/check.mts', 'checkAnswer', [
				`${first(step.decide)}.answer`,
				first(step.chosen),
				then,
			]),
		),
	);
	const isSaved = workflow.add(
		ifAll({ name: 'Is there something to save?', position: at(8) }, [
			{ left: '$json.save', type: 'boolean', operation: 'true' },
		]),
	);
	workflow.chain(offers, page, decide, again, lay, each, rowsNow, check, isSaved);
	return { first: offers, checked: isSaved, saved: addSaving(workflow, isSaved, [2040, y]) };
}

/** Saves the links first, from the topmost branch down: a failure there ends the run before the matter leaves the list. */
function addSaving(workflow: Workflow, isSaved: string, [x, y]: Position): string {
	const changes = workflow.add(
		splitOut({ name: 'Take each change of a link', position: [x, y - 60] }, 'edits'),
	);
	const save = saveLinks(workflow, contacts, [x + 220, y - 60]);
	const decision = `{ at: $now.toISO(), run: $execution.id, side: '', operation: 'decide', reason: ${first(step.chosen)}.reason, property: '', oldValue: '', newValue: $json.answer, outcome: 'decided', message: ${first(step.start)}.user ? 'In the form, by n8n user ' + ${first(step.start)}.user.id : 'In the form' }`;
	const lay = workflow.add(
		layOut(
			{ name: 'Lay out the history', position: [x, y + 320] },
			`{ rows: $json.edits.map(({ link }) => ({ flow: link.flow, linkId: link.linkId ?? '', wixId: link.wixId, userId: link.userId, ...${decision} })) }`,
		),
	);
	const each = workflow.add(
		splitOut({ name: 'Make a row for each change', position: [x + 220, y + 320] }, 'rows'),
	);
	const past = workflow.add(
		insertInBulk({ name: 'Add to the history', position: [x + 440, y + 320] }, history),
	);
	const settled = workflow.add(
		remove(
			{ name: 'Take the matter off the list', position: [x, y + 500], settings: onceAndOn },
			review,
			[{ column: 'reviewId', condition: 'eq', value: `={{ ${first(step.chosen)}.reviewId }}` }],
		),
	);
	workflow.chain(changes, save);
	workflow.chain(lay, each, past);
	for (const next of [changes, lay, settled]) workflow.connect(isSaved, next);
	return settled;
}
