import { beside } from '../lib/grid.mts';
import { afterSecond, eachOnce, node, noteTime } from '../lib/steps.mts';
import { getRows, links } from '../lib/tables.mts';
import { Workflow, type Position } from '../lib/workflow.mts';
import { contacts, timeStep, type } from '../parts/names.mts';
import {
	besideNote,
	knownNote,
	overviewNote,
	planNotes,
	said,
	sendNote,
	whenNote,
} from '../parts/sections.mts';
import { failAtLast } from '../parts/startAndEnd.mts';
import { belowBranches, carryOut, getLinks, readAndPlan, recordsOfRows } from '../parts/sync.mts';

const Y = 256;
const every5Minutes = { pollTimes: { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] } };

/** Carries an edit over within minutes. What only a full run can decide is left to one of the other syncs. */
export function syncChanges(): Workflow {
	const workflow = new Workflow('Sync changes as they happen');
	const { rows, pairs } = begin(workflow);
	// A trigger's own copy of a record may be older than the row: both records are read, after the rows
	const waited = workflow.add(
		afterSecond({ name: 'After the links', position: beside(-2, Y + 160) }),
	);
	workflow.connect(pairs, waited, { input: 0 });
	workflow.connect(rows, waited, { input: 1 });
	const plan = readAndPlan(
		workflow,
		contacts,
		{ column: -1, y: Y },
		{
			after: waited,
			records: recordsOfRows,
			plan: { wixListing: 'changed', usersListing: 'changed' },
		},
	);
	const branches = { column: 1, y: Y };
	const ends = carryOut(workflow, contacts, plan, branches, { rememberAll: true });
	failAtLast(workflow, ends.writers, { column: 4, y: belowBranches(Y) });
	addNotes(workflow);
	return workflow;
}

/** From what changed to the rows that it is about, then the time and all rows. */
function begin(workflow: Workflow): { rows: string; pairs: string } {
	const starts = [
		{
			trigger: workflow.add(
				node(
					{ name: 'When a Wix contact changes', position: beside(0, -144) },
					type.wixTrigger,
					1,
					{
						...every5Minutes,
						event: 'contactChanged',
						output: 'syncFields',
					},
				),
			),
			find: findLinks(workflow, 'Wix contact', 'wixId', beside(1, -144)),
		},
		{
			trigger: workflow.add(
				node({ name: 'When a user changes', position: beside(0, 32) }, type.usersTrigger, 1, {
					...every5Minutes,
					system: 'youTrack',
					event: 'userChanged',
					output: 'syncFields',
				}),
			),
			find: findLinks(workflow, 'user', 'userId', beside(1, 32)),
		},
	];
	const pairs = workflow.add(eachOnce({ name: 'Take each link once', position: beside(2, 0) }));
	for (const { trigger, find } of starts) workflow.chain(trigger, find, pairs);
	const time = workflow.add(noteTime({ name: timeStep(contacts), position: beside(3, 0) }));
	const rows = workflow.add(getLinks(contacts, beside(4, 0)));
	workflow.chain(pairs, time, rows);
	return { rows, pairs };
}

/** The rows of each changed record; where there is none, nobody is linked, and the run ends. */
const findLinks = (workflow: Workflow, noun: string, column: string, position: Position) =>
	workflow.add(
		getRows({ name: `Find links of the ${noun}`, position }, links, [
			{ column, condition: 'eq', value: '={{ $json.id }}' },
		]),
	);

function addNotes(workflow: Workflow): void {
	overviewNote(workflow, overview);
	whenNote(workflow, '');
	knownNote(workflow, 4, '');
	besideNote(workflow, 'why again', { columns: [5, 5], y: -200, height: 376 }, why);
	planNotes(workflow, contacts, { column: -1, y: Y });
	sendNote(workflow, contacts, { column: 1, y: Y });
	besideNote(workflow, 'save and report', { columns: [2, 5], y: Y - 32, height: 144 }, results);
	besideNote(
		workflow,
		'saved before it is sent',
		{ columns: [5, 5], y: Y + 224, height: 400 },
		said.saved,
	);
}

const why =
	'### Read anew\nWhat a trigger tells may be older than the row. So it only says **whom** it is about: their links are found, then all rows are read, then both records of each pair, by ID.';

const results =
	'### Save and report\n**The report** is a page: open *Show the report*. **Questions** wait in the table `wix_user_sync_review`. Who is new, gone or doubled is left to the full run.';

const overview = `## Sync changes as they happen
Carries an edit over within minutes, **beside** *Sync Wix contacts and users*: that one links, and finds who is new, gone or doubled. Run it first; once a night is enough for it then.

1. Choose a **Wix CRM** credential in the three steps of Wix, the *System* and a credential in the three steps of the users.
2. Choose the same rules in **Match & Map** as there, switch *Preview Only* off, publish.

For **site members** choose *Member* in the steps of Wix, and their rules. YouTrack does not say when a user was changed: each poll reads all users.`;
