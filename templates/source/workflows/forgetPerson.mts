import { callOf } from '../lib/expression.mts';
import { formEnd, formForUsers, formPage } from '../lib/forms.mts';
import { ifAll, layOut, onceAndOn, splitOut, switchBy } from '../lib/steps.mts';
import {
	failures,
	getRows,
	history,
	insert,
	links,
	remove,
	review,
	runs,
	type RowFilter,
	type Table,
} from '../lib/tables.mts';
import { Workflow, type Position } from '../lib/workflow.mts';
import { stepRef } from '../parts/names.mts';
import { FINISHED } from '../parts/oneAtATime.mts';
import { makeTables } from '../parts/tables.mts';
import { addForgetNotes, said, rowHeights } from './forgetPersonNotes.mts';

const WHO = 'E-mail address or ID';
const WHAT = 'What to do';
const ERASE = 'Erase';
const LEAVE_OUT = 'Erase, and leave this person out of the sync from now on';
const CANCEL = 'Cancel, erase nothing';
/** How long a page of the form stays open. */
const PAGE_MINUTES = 60;

const COLUMN = 220;
const once = { executeOnce: true } as const;
const first = (name: string) => `${stepRef(name)}.first().json`;
const rowsOf = (name: string) => `${stepRef(name)}.all().map((item) => item.json)`;
const at = (column: number, y: number): Position => [column * COLUMN, y];

const tables: ReadonlyArray<{ name: 'links' | 'review' | 'history' | 'failures'; table: Table }> = [
	{ name: 'links', table: links },
	{ name: 'review', table: review },
	{ name: 'history', table: history },
	{ name: 'failures', table: failures },
];

const FOUND = 'List what was found';

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
			{ name: 'Ask whom to forget', position: at(0, 0) },
			'Forget a person',
			said.form,
			[{ label: WHO, placeholder: 'ada@example.com' }],
			'Look',
		),
	);
	const made = makeTables(workflow, [COLUMN, 0], [links, review, history, runs, failures]);
	const found = search(workflow, made.last);
	workflow.connect(form, made.first);
	const confirmed = confirm(workflow, found);
	erase(workflow, confirmed);
	addForgetNotes(workflow);
	return workflow;
}

/** Finds the ids that belong to the name, then all rows of these ids. @returns the step that lists them */
function search(workflow: Workflow, after: string): string {
	const y = rowHeights.search;
	const ask = workflow.add(
		layOut(
			{ name: 'Read what was typed', position: at(6, 0), settings: once },
			callOf('forget/ask.mts', 'ask', [`${first('Ask whom to forget')}['${WHO}']`]),
		),
	);
	const [term, pattern] = [`${first(ask)}.term`, `${first(ask)}.pattern`];
	const byTerm = (condition: string, value: string, ...columns: string[]): RowFilter[] =>
		columns.map((column) => ({ column, condition, value: `={{ ${value} }}` }));
	const heldLinks = workflow.add(
		getRows(
			{ name: 'Find links that hold it', position: at(0, y), settings: onceAndOn },
			links,
			[
				...byTerm('eq', term, 'wixId', 'userId', 'movedTo'),
				...byTerm('ilike', pattern, 'lastSynced', 'pending', 'linkId'),
			],
			{ any: true },
		),
	);
	const heldHistory = workflow.add(
		getRows(
			{ name: 'Find history that holds it', position: at(1, y), settings: onceAndOn },
			history,
			[
				...byTerm('eq', term, 'wixId', 'userId'),
				...byTerm('ilike', pattern, 'oldValue', 'newValue', 'linkId'),
			],
			{ any: true },
		),
	);
	const collect = workflow.add(
		layOut(
			{ name: 'Collect the IDs', position: at(2, y), settings: once },
			callOf('forget/person.mts', 'personOf', [term, '[]', rowsOf(heldLinks), rowsOf(heldHistory)]),
		),
	);
	const each = workflow.add(splitOut({ name: 'Take each ID', position: at(3, y) }, 'ids'));
	const ofIds = ['wixId', 'userId', 'movedTo'].map((column) => ({
		column,
		condition: 'eq',
		value: '={{ $json.ids }}',
	}));
	const partners = workflow.add(
		getRows(
			{ name: 'Find links of these IDs', position: at(4, y), settings: { alwaysOutputData: true } },
			links,
			ofIds,
			{ any: true },
		),
	);
	const all = workflow.add(
		layOut(
			{ name: 'Add the IDs of the other side', position: at(5, y), settings: once },
			callOf('forget/person.mts', 'personOf', [
				term,
				`${first(collect)}.ids`,
				rowsOf(partners),
				'[]',
			]),
		),
	);
	const again = workflow.add(splitOut({ name: 'Take each of all IDs', position: at(6, y) }, 'ids'));
	workflow.chain(after, ask, heldLinks, heldHistory, collect, each, partners, all, again);
	const gets = rowsOfIds(workflow);
	const rows = tables.map(({ name }, index) => `${name}: ${rowsOf(gets[index] ?? '')}`);
	const list = workflow.add(
		layOut(
			{ name: FOUND, position: at(7, y + 580), settings: once },
			callOf('forget/find.mts', 'findRows', [`${first(all)}.ids`, `{ ${rows.join(', ')} }`]),
		),
	);
	for (const next of [...gets, list]) workflow.connect(again, next);
	return list;
}

/** For each id, the rows of each table that may name it. */
function rowsOfIds(workflow: Workflow): string[] {
	const contains = (...columns: string[]): RowFilter[] =>
		columns.map((column) => ({
			column,
			condition: 'ilike',
			value: "={{ '%' + $json.ids + '%' }}",
		}));
	const filters: Record<string, RowFilter[]> = {
		links: contains('wixId', 'userId', 'movedTo', 'linkId'),
		review: contains('wixIds', 'userIds'),
		history: contains('wixId', 'userId', 'linkId'),
		failures: contains('message'),
	};
	return tables.map(({ name, table }, index) =>
		workflow.add(
			getRows(
				{ name: `Get ${name} of the IDs`, position: at(7, rowHeights.search - 380 + index * 200) },
				table,
				filters[name],
				{ any: true },
			),
		),
	);
}

/** Shows what was found and asks. @returns the step whose first output is the confirmed erasure */
function confirm(workflow: Workflow, found: string): string {
	const y = rowHeights.confirm;
	const any = workflow.add(
		ifAll({ name: 'Was anything found?', position: at(0, y), settings: once }, [
			{ left: `${first(found)}.total`, type: 'number', operation: 'gt', right: 0 },
		]),
	);
	const page = workflow.add(
		formPage(
			{ name: 'Show what was found', position: at(1, y) },
			'This was found',
			`={{ ${callOf('forget/page.mts', 'pageOf', [first(found)])} }}`,
			[{ label: WHAT, choices: [ERASE, LEAVE_OUT, CANCEL] }],
			{ minutes: PAGE_MINUTES, buttonLabel: 'Go on' },
		),
	);
	const isSure = workflow.add(
		ifAll({ name: 'Was it confirmed?', position: at(2, y) }, [
			{
				left: `['${ERASE}', '${LEAVE_OUT}'].includes($json['${WHAT}'])`,
				type: 'boolean',
				operation: 'true',
			},
		]),
	);
	const going = workflow.add(
		getRows({ name: 'Get runs that are going on', position: at(3, y), settings: onceAndOn }, runs, [
			{ column: 'expiresAt', condition: 'gte', value: '={{ $now.toISO() }}' },
			{ column: 'mode', condition: 'neq', value: FINISHED },
		]),
	);
	const free = workflow.add(
		ifAll({ name: 'Is no sync running?', position: at(4, y), settings: once }, [
			{
				left: '$input.all().filter((row) => row.json.id).length',
				type: 'number',
				operation: 'equals',
				right: 0,
			},
		]),
	);
	const end = (name: string, column: number, title: string, message: string) =>
		workflow.add(formEnd({ name, position: at(column, y + 220) }, title, message, PAGE_MINUTES));
	const nothing = end('Say that nothing was found', 1, 'Nothing found', said.nothing);
	const kept = end('Say that nothing was erased', 3, 'Nothing was erased', said.kept);
	const busy = end('Say that a sync is running', 5, 'Nothing was erased', said.busy);
	workflow.chain(found, any, page, isSure, going, free);
	workflow.connect(any, nothing, { output: 1 });
	workflow.connect(isSure, kept, { output: 1 });
	workflow.connect(free, busy, { output: 1 });
	return free;
}

/** Erases the rows by their ids, leaves marks if that was chosen, and says what remains elsewhere. */
function erase(workflow: Workflow, after: string): void {
	const y = rowHeights.erase;
	const lay = (name: string, column: number, dy: number, json: string) =>
		workflow.add(layOut({ name, position: at(column, y + dy), settings: once }, json));
	const list = lay('Take the list', 0, 0, `{ rows: ${first(FOUND)}.rows }`);
	const each = workflow.add(splitOut({ name: 'Take each row', position: at(1, y) }, 'rows'));
	const sort = workflow.add(
		switchBy(
			{ name: 'Sort by table', position: at(2, y) },
			'$json.table',
			tables.map(({ name }) => ({ value: name, title: name })),
		),
	);
	workflow.chain(after, list, each, sort);
	tables.forEach(({ name, table }, output) => {
		const drop = workflow.add(
			remove({ name: `Erase from ${name}`, position: at(3, y - 240 + output * 190) }, table, [
				{ column: 'id', condition: 'eq', value: '={{ $json.id }}' },
			]),
		);
		workflow.connect(sort, drop, { output });
	});
	const wanted = workflow.add(
		ifAll({ name: 'Leave this person out?', position: at(0, y + 580), settings: once }, [
			{
				left: `${first('Show what was found')}['${WHAT}']`,
				type: 'string',
				operation: 'equals',
				right: LEAVE_OUT,
			},
		]),
	);
	const marks = lay('Lay out the marks', 1, 580, `{ marks: ${first(FOUND)}.marks }`);
	const mark = workflow.add(
		splitOut({ name: 'Take each mark', position: at(2, y + 580) }, 'marks'),
	);
	const add = workflow.add(insert({ name: 'Mark as ignored', position: at(3, y + 580) }, links));
	workflow.chain(after, wanted, marks, mark, add);
	const done = workflow.add(
		formEnd(
			{ name: 'Say what was erased', position: at(0, y + 800) },
			'Erased',
			`={{ ${first(FOUND)}.total + ${JSON.stringify(said.done)} }}`,
			PAGE_MINUTES,
		),
	);
	workflow.connect(after, done);
}
