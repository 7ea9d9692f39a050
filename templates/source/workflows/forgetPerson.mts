import { callOf } from '../lib/expression.mts';
import { formEnd, formForUsers, formPage } from '../lib/forms.mts';
import { beside, ROW_Y, STEP_X } from '../lib/grid.mts';
import { ifAll, layOut, once, onceAndOn, splitOut, switchBy } from '../lib/steps.mts';
import { failures, getRows, history, insert, links, remove, review, runs } from '../lib/tables.mts';
import { Workflow } from '../lib/workflow.mts';
import { search } from '../parts/forgetSearch.mts';
import { at, first, FOUND, rowHeights, tables, WHO } from '../parts/forgetSteps.mts';
import { FINISHED } from '../parts/oneAtATime.mts';
import { makeTables } from '../parts/tables.mts';
import { addForgetNotes, said } from './forgetPersonNotes.mts';

const WHAT = 'What to do';
const ERASE = 'Erase';
const LEAVE_OUT = 'Erase, and leave this person out of the sync from now on';
const CANCEL = 'Cancel, erase nothing';
/** Room for the free end of the output before, and for the line to the page after it. */
const APART = 32;
/** How long a page of the form stays open. */
const PAGE_MINUTES = 60;

/** Erases what the tables of the sync hold of one person, after a person has confirmed it in a form. */
export function forgetPerson(): Workflow {
	// An execution would keep the address that was typed
	const workflow = new Workflow('Forget a person', {
		saveDataSuccessExecution: 'none',
		saveDataErrorExecution: 'none',
		saveManualExecutions: false,
	});
	const form = workflow.add(
		formForUsers(
			{ name: 'Ask whom to forget', position: at(0) },
			'Forget a person',
			said.form,
			[{ label: WHO, placeholder: 'ada@example.com' }],
			'Look',
		),
	);
	const made = makeTables(workflow, (index) => at(1 + index), [
		links,
		review,
		history,
		runs,
		failures,
	]);
	const found = search(workflow, made.last);
	workflow.connect(form, made.first);
	const confirmed = confirm(workflow, found);
	erase(workflow, confirmed);
	addForgetNotes(workflow);
	return workflow;
}

/** Shows what was found and asks. @returns the step whose first output is the confirmed erasure */
function confirm(workflow: Workflow, found: string): string {
	const y = rowHeights.confirm;
	const any = workflow.add(
		ifAll({ name: 'Was anything found?', position: beside(0, y), settings: once }, [
			{ left: `${first(found)}.total`, type: 'number', operation: 'gt', right: 0 },
		]),
	);
	const page = workflow.add(
		formPage(
			{ name: 'Show what was found', position: beside(1, y) },
			'This was found',
			`={{ ${callOf('forget/page.mts', 'pageOf', [first(found)])} }}`,
			[{ label: WHAT, choices: [ERASE, LEAVE_OUT, CANCEL] }],
			{ minutes: PAGE_MINUTES, buttonLabel: 'Go on' },
		),
	);
	const isSure = workflow.add(
		ifAll({ name: 'Was it confirmed?', position: beside(2, y) }, [
			{
				left: `['${ERASE}', '${LEAVE_OUT}'].includes($json['${WHAT}'])`,
				type: 'boolean',
				operation: 'true',
			},
		]),
	);
	const going = workflow.add(
		getRows(
			{ name: 'Get runs that are going on', position: beside(3, y), settings: onceAndOn },
			runs,
			[
				{ column: 'expiresAt', condition: 'gte', value: '={{ $now.toISO() }}' },
				{ column: 'mode', condition: 'neq', value: FINISHED },
			],
		),
	);
	const free = workflow.add(
		ifAll({ name: 'Is no sync running?', position: beside(4, y), settings: once }, [
			{
				left: '$input.all().filter((row) => row.json.id).length',
				type: 'number',
				operation: 'equals',
				right: 0,
			},
		]),
	);
	const end = (name: string, column: number, title: string, message: string) =>
		workflow.add(
			formEnd({ name, position: beside(column, y + 208) }, title, message, PAGE_MINUTES),
		);
	const nothing = end('Say that nothing was found', 1, 'Nothing found', said.nothing);
	const kept = end(
		'Say that nothing was erased',
		3 - APART / STEP_X,
		'Nothing was erased',
		said.kept,
	);
	const busy = end('Say that a sync is running', 4, 'Nothing was erased', said.busy);
	workflow.chain(found, any, page, isSure, going, free);
	workflow.connect(any, nothing, { output: 1 });
	workflow.connect(isSure, kept, { output: 1 });
	workflow.connect(free, busy, { output: 1 });
	return free;
}

/** Erases the rows by their ids, leaves marks if that was chosen, and says what remains elsewhere. */
function erase(workflow: Workflow, after: string): void {
	const y = rowHeights.erase;
	const lay = (name: string, column: number, rowY: number, json: string) =>
		workflow.add(layOut({ name, position: beside(column, rowY), settings: once }, json));
	const list = lay('Take the list', 0, y, `{ rows: ${first(FOUND)}.rows }`);
	const each = workflow.add(splitOut({ name: 'Take each row', position: beside(1, y) }, 'rows'));
	const sort = workflow.add(
		switchBy(
			{ name: 'Sort by table', position: beside(2, y) },
			'$json.table',
			tables.map(({ name }) => ({ value: name, title: name })),
		),
	);
	workflow.chain(after, list, each, sort);
	tables.forEach(({ name, table }, output) => {
		const drop = workflow.add(
			remove({ name: `Erase from ${name}`, position: beside(3, y - 256 + output * ROW_Y) }, table, [
				{ column: 'id', condition: 'eq', value: '={{ $json.id }}' },
			]),
		);
		workflow.connect(sort, drop, { output });
	});
	const wanted = workflow.add(
		ifAll(
			{ name: 'Leave this person out?', position: beside(0, rowHeights.marks), settings: once },
			[
				{
					left: `${first('Show what was found')}['${WHAT}']`,
					type: 'string',
					operation: 'equals',
					right: LEAVE_OUT,
				},
			],
		),
	);
	const [marksX, marksY] = beside(1, rowHeights.marks - 16);
	const marks = workflow.add(
		layOut(
			{ name: 'Lay out the marks', position: [marksX + APART, marksY], settings: once },
			`{ marks: ${first(FOUND)}.marks }`,
		),
	);
	const mark = workflow.add(
		splitOut({ name: 'Take each mark', position: beside(2, marksY) }, 'marks'),
	);
	const add = workflow.add(insert({ name: 'Mark as ignored', position: beside(3, marksY) }, links));
	workflow.chain(after, wanted, marks, mark, add);
	const done = workflow.add(
		formEnd(
			{ name: 'Say what was erased', position: beside(0, rowHeights.done) },
			'Erased',
			`={{ ${first(FOUND)}.total + ${JSON.stringify(said.done)} }}`,
			PAGE_MINUTES,
		),
	);
	workflow.connect(after, done);
}
