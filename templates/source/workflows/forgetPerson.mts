import { formEnd, formForUsers } from '../lib/forms.mts';
import { beside, canvas, OVERVIEW } from '../lib/grid.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import {
	eraseHistory,
	eraseLinks,
	eraseQuestions,
	findInWix,
	findLinks,
	getTheirHistory,
	getTheirLinks,
	getTheirQuestions,
	said,
	showFound,
	step,
	whatNow,
} from '../parts/forgetSteps.mts';
import { PAGE_MINUTES } from '../parts/sideSteps.mts';

/** Heights of the rows on the canvas; n8n runs branches from top to bottom. */
const rows = { erase: -224, find: 0, show: 192 };

/** Erases what the tables of the sync hold of one person, after a person has confirmed it in a form. */
export function forgetPerson(): Workflow {
	// An execution would keep the name or the address that was typed
	const workflow = new Workflow('Forget a person', {
		saveDataSuccessExecution: 'none',
		saveDataErrorExecution: 'none',
		saveManualExecutions: false,
	});
	const form = workflow.add(
		formForUsers(
			{ name: step.whom, position: beside(0, rows.find) },
			'Forget a person',
			said.open,
			[{ label: 'Name or email address', name: 'who', placeholder: 'ada@example.com' }],
			'Look',
		),
	);
	const wix = workflow.add(findInWix(beside(1, rows.find)));
	const held = workflow.add(findLinks(beside(2, rows.find)));
	const links = workflow.add(getTheirLinks(beside(3, rows.find)));
	const next = workflow.add(whatNow(beside(4, rows.find)));
	workflow.chain(form, wix, held, links, next);

	const erasing = [
		workflow.add(eraseQuestions(beside(5, rows.erase - 352))),
		workflow.add(eraseHistory(beside(5, rows.erase - 176))),
		workflow.add(eraseLinks(beside(5, rows.erase))),
	];
	for (const each of erasing) workflow.connect(next, each);
	const showing = [
		workflow.add(getTheirQuestions(beside(5, rows.show))),
		workflow.add(getTheirHistory(beside(5, rows.show + 176))),
		workflow.add(showFound(beside(5, rows.show + 352))),
	];
	for (const each of showing) workflow.connect(next, each, { output: 1 });
	workflow.connect(showing[2] ?? '', wix);
	const end = workflow.add(
		formEnd(
			{ name: step.end, position: beside(5, rows.find) },
			said.title,
			said.message,
			PAGE_MINUTES,
		),
	);
	workflow.connect(next, end, { output: 2 });
	workflow.connect(erasing[2] ?? '', end);
	addNotes(workflow);
	return workflow;
}

const overview = `## Forget a person

Erases one person from the tables of the sync: links, questions, history. You enter a name or an address, see what was found, and confirm. **Nothing changes in Wix or among your users.**

### Set up
Choose a **Wix CRM** credential in *Find in Wix*. One that may only read is enough: names are looked up there, the tables hold none.

### Use it
1. Press **Execute workflow** and open the form. It need not be published for that. n8n asks you to allow the form to know who you are: only people with an account in this n8n who may run this workflow get in.
2. Enter a name, an address or an ID and look at what was found.
3. Choose **Erase** or **Cancel**.

### What remains
The records in Wix and in your users' system, executions that n8n saved, and backups. This workflow saves no executions of its own. Whoever stays on both sides is linked again by the next run.`;

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, -576],
		size: [OVERVIEW, 528],
		color: noteColor.overview,
		content: overview,
	});
	workflow.note({
		name: 'Note: find',
		at: [beside(0, 0)[0], -192],
		size: [752, 144],
		content:
			'### 1 · Find\nContacts of this name or address in Wix, then the links of their IDs, links that hold the address as a whole, and all others of the same records. Two records in a row *keepApart* are two persons: only that row is found, not the other person.',
	});
	workflow.note({
		name: 'Note: show',
		at: [beside(1, 0)[0], rows.show + 80],
		size: [544, 160],
		content:
			'### 2 · Show and confirm\nQuestions and lines of the history that name these IDs are counted. Only the answer *Erase* goes on: the search runs again, and what it finds is erased. A page that is left open for an hour ends without erasing.',
	});
	workflow.note({
		name: 'Note: erase',
		at: [beside(2, 0)[0], rows.erase - 352],
		size: [336, 128],
		content:
			'### 3 · Erase\nFrom top to bottom: the links last, so that a run that broke off can be started again.',
	});
}
