import { node, onceAndOn } from '../lib/steps.mts';
import { getRows, review, update } from '../lib/tables.mts';
import type { Position, Step } from '../lib/workflow.mts';
import { asPlain, choicePage, choiceOf, choose, columns, optionsOf, where } from './sideSteps.mts';

/** Names of steps that the steps after them refer to. */
export const step = {
	open: 'Open the form',
	waiting: 'Get open questions',
	next: 'What now?',
	people: 'Name each once',
	whom: 'Choose whom',
	decide: 'Decide',
	said: 'What was decided?',
	save: 'Save answer',
	end: 'End of the form',
} as const;

const LATER = 'Later';
const FINISH = 'Finish';
/** More than anybody decides in one sitting; the rest comes when the form is opened anew. */
const AT_MOST = 200;

const run = (name: string) => `$('${name}').isExecuted`;
const first = (name: string) => `$('${name}').first().json`;
const shown = first(step.waiting);

/** The text of an expression: that the last answer did not get into the table, or nothing. */
const notSaved = `{{ ${run(step.save)} && !${first(step.save)}.id ? 'Not saved: the question changed. ' : '' }}`;

/**
 * The open questions without an answer, after the one that was shown last: so what was put off does not come back in this sitting,
 * and the form comes to an end.
 */
export function openQuestions(position: Position): Step {
	const rows = getRows({ name: step.waiting, position, settings: onceAndOn }, review, [
		{ column: 'state', condition: 'eq', value: 'open' },
		{ column: 'answer', condition: 'isEmpty' },
		where('id', 'gt', `${run(step.decide)} ? ${shown}.id : 0`),
		where('who', 'ilike', `${run(step.whom)} && ${first(step.whom)}.about || '%'`),
	]);
	return { ...rows, parameters: { ...rows.parameters, returnAll: false, limit: AT_MOST } };
}

/** Whom to begin with is asked once, and only if there is more than one question. */
export const whatNow = (position: Position): Step =>
	choose({ name: step.next, position }, [
		{ title: 'Nothing', all: [{ left: '$json.id', type: 'number', operation: 'notExists' }] },
		{
			title: 'Ask',
			all: [
				{
					left: `${run(step.whom)} || $input.all().length === 1`,
					type: 'boolean',
					operation: 'true',
				},
			],
		},
		{ title: 'Choose', all: [{ left: '$json.id', type: 'number', operation: 'exists' }] },
	]);

/** Of the questions about one and the same only the first, for the list. */
export const onceEach = (position: Position): Step =>
	node({ name: step.people, position }, 'removeDuplicates', 2, {
		compare: 'selectedFields',
		fieldsToCompare: 'who',
		options: {},
	});

export const chooseWhom = (position: Position): Step =>
	choicePage(
		{ name: step.whom, position },
		{
			json: choiceOf(
				{
					fieldType: 'dropdown',
					fieldLabel: 'About whom?',
					fieldName: 'about',
				},
				asPlain(`JSON.stringify(${optionsOf("$input.all().pluck('json').pluck('who')")})`),
			),
		},
		{
			title: 'Open questions',
			description:
				'Choose whom the questions are to be about, or go on without a choice: all of them, the oldest first. You can stop after each.',
			buttonLabel: 'Go on',
		},
	);

/** A title and a choice are shown as text, a description as HTML. */
export const decide = (position: Position): Step =>
	choicePage(
		{ name: step.decide, position },
		{
			json: choiceOf(
				{
					fieldType: 'radio',
					fieldLabel: 'What do you decide?',
					fieldName: 'answer',
					requiredField: true,
				},
				optionsOf(`${asPlain(`($json.answers + '\\n${LATER}\\n${FINISH}').trim()`)}.split('\\n')`),
			),
		},
		{
			title: '={{ $json.who }}',
			description: `=${notSaved}{{ $json.question.replaceAll('&', '&amp;').replaceAll('<', '&lt;') }}`,
			buttonLabel: 'Save and go on',
		},
	);

/** A page that was closed without an answer leads nowhere: the run ends. */
export function whatWasDecided(position: Position): Step {
	const answer = { left: '$json.answer', type: 'string' };
	return choose({ name: step.said, position }, [
		{
			title: 'An answer',
			all: [
				{ ...answer, operation: 'notEmpty' },
				{ ...answer, operation: 'notEquals', right: LATER },
				{ ...answer, operation: 'notEquals', right: FINISH },
			],
		},
		{ title: LATER, all: [{ ...answer, operation: 'equals', right: LATER }] },
		{ title: FINISH, all: [{ ...answer, operation: 'equals', right: FINISH }] },
	]);
}

/** Saves the answer unless the row was saved since it was shown: by a run, or by somebody else who answered it. */
export function saveAnswer(position: Position): Step {
	const row = update({ name: step.save, position, settings: { alwaysOutputData: true } }, review, [
		where('id', 'eq', `${shown}.id`),
		where('updatedAt', 'eq', `${shown}.updatedAt`),
	]);
	const answer = columns(review, { answer: '={{ $json.answer }}' });
	return { ...row, parameters: { ...row.parameters, ...answer } };
}

/** What the last page says. */
export const said = {
	title: `={{ ${run(step.decide)} ? 'Thank you' : 'Nothing waits for you' }}`,
	message: `=${notSaved}No further question is open here. The next run of the sync carries out what you decided. What you put off is asked again when you open the form anew.`,
};
