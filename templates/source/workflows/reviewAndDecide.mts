import { formEnd, formForUsers } from '../lib/forms.mts';
import { beside, canvas, OVERVIEW } from '../lib/grid.mts';
import { createTable, review } from '../lib/tables.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import {
	chooseWhom,
	decide,
	onceEach,
	openQuestions,
	said,
	saveAnswer,
	step,
	whatNow,
	whatWasDecided,
} from '../parts/reviewSteps.mts';
import { PAGE_MINUTES } from '../parts/sideSteps.mts';

/** Heights of the rows on the canvas. */
const rows = { end: -208, ask: 0, choose: 256, save: 480 };

/** A form that asks what the sync could not decide, question by question, and saves the answers. */
export function reviewAndDecide(): Workflow {
	const workflow = new Workflow('Review and decide');
	const open = workflow.add(
		formForUsers(
			{ name: step.open, position: beside(0, rows.ask) },
			'Review and decide',
			'What the sync of Wix and your users could not decide without a person.',
			[],
			'Show what waits',
			{ path: 'wix-user-sync-review' },
		),
	);
	const table = workflow.add(createTable('Create review table', beside(1, rows.ask), review));
	const waiting = workflow.add(openQuestions(beside(2, rows.ask)));
	const next = workflow.add(whatNow(beside(3, rows.ask)));
	const ask = workflow.add(decide(beside(4, rows.ask)));
	const answered = workflow.add(whatWasDecided(beside(5, rows.ask)));
	const people = workflow.add(onceEach(beside(4, rows.choose)));
	const whom = workflow.add(chooseWhom(beside(5, rows.choose)));
	const save = workflow.add(saveAnswer(beside(5, rows.save)));
	const end = workflow.add(
		formEnd(
			{ name: step.end, position: beside(5, rows.end) },
			said.title,
			said.message,
			PAGE_MINUTES,
		),
	);
	workflow.chain(open, table, waiting, next, end);
	workflow.connect(next, ask, { output: 1 });
	workflow.connect(next, people, { output: 2 });
	workflow.chain(people, whom, waiting);
	workflow.chain(ask, answered, save, waiting);
	workflow.connect(answered, waiting, { output: 1 });
	workflow.connect(answered, end, { output: 2 });
	addNotes(workflow);
	return workflow;
}

const overview = `## Review and decide

A form that asks what the sync could not decide safely: whom it is about, what both sides hold, and which answers are possible. Your answer goes into the table of questions, \`wix_user_sync_review\`; **the next run of the sync carries it out**. This workflow writes nothing to Wix or to the users, and needs no credential.

### Set up
**Publish** it, open the step *Open the form*, and copy its **Production URL**.

### Who may open it
The form shows names and addresses. Only people see it who are **logged in to this n8n and may run this workflow**; the first time, n8n asks whether the form may know who you are. Never set *Authentication* to *None*.

### Without the form
Open *Data tables > wix_user_sync_review* and copy one of the \`answers\` into \`answer\`. The form does nothing else.`;

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, rows.end],
		size: [OVERVIEW, 552],
		color: noteColor.overview,
		content: overview,
	});
	workflow.note({
		name: 'Note: questions',
		at: [beside(0, 0)[0], rows.end],
		size: [720, 112],
		content:
			'### 1 · Get what is open\nQuestions without an answer, the oldest first. If there are several, the form asks once whom to begin with: one name, or everybody, one after the other. It ends when none is left.',
	});
	workflow.note({
		name: 'Note: decide',
		at: [beside(0, 0)[0], rows.choose - 16],
		size: [320, 176],
		content:
			'### 2 · Decide\nA page shows one question and its answers. *Later* goes on to the next one; the question stays open. *Finish* ends the form, a page that is left open for an hour closes.',
	});
	workflow.note({
		name: 'Note: save',
		at: [beside(3, 0)[0], rows.save - 16],
		size: [352, 144],
		content:
			'### 3 · Save\nOnly if nobody saved the row since it was shown. So an answer of somebody else stays, and a question that a run changed meanwhile is asked anew.',
	});
}
