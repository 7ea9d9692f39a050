import { beside } from '../lib/grid.mts';
import { byHand } from '../lib/steps.mts';
import { links, review } from '../lib/tables.mts';
import { Workflow } from '../lib/workflow.mts';
import { contacts } from '../parts/names.mts';
import { besideNote, knownNote, overviewNote, planNotes, whenNote } from '../parts/sections.mts';
import { createTables } from '../parts/startAndEnd.mts';
import { getLinks, readAndPlan, showReport } from '../parts/sync.mts';

const Y = 256;

/** Reads and plans as the sync of contacts does, and sends nothing: every row that it would save can be looked at. */
export function preview(): Workflow {
	const workflow = new Workflow('Preview a sync');
	const hand = workflow.add(byHand(beside(0, 0)));
	const tables = createTables(workflow, { column: 1, y: 0 }, { links, review });
	const rows = workflow.add(getLinks(contacts, beside(3, 0)));
	workflow.chain(hand, tables.first);
	workflow.chain(tables.last, rows);
	const plan = readAndPlan(
		workflow,
		contacts,
		{ column: -2, y: Y },
		{ after: rows, isPreview: true },
	);
	const show = workflow.add(showReport(contacts, beside(1, Y + 160)));
	workflow.connect(plan, show, { output: 1 });

	overviewNote(workflow, overview);
	whenNote(workflow, 'By hand.');
	knownNote(workflow, 3, known);
	planNotes(
		workflow,
		contacts,
		{ column: -2, y: Y },
		'*Explain a Record*: an address, and the report says why.',
	);
	besideNote(workflow, 'look', { columns: [2, 4], y: Y + 48, height: 272 }, look);
	return workflow;
}

const overview = `## Preview a sync
Shows what a sync of Wix contacts and users would do. **It sends nothing**: there is no step here that could.

1. Choose a **Wix CRM** credential in *Get Wix contacts*, the *System* and a credential in *Get users*.
2. **Execute workflow**, then open *Show the report*.
3. Change rules and policies in **Match & Map**, run again, compare.

For **site members** choose *Member* in *Get Wix contacts* and their rules in **Match & Map**. Next: import **Sync Wix contacts and users** with the same rules.`;

const known =
	'Two tables, empty and made here if a sync has not made them: who belongs to whom, and the questions with their answers. They are read **before** both sides, as in the sync.';

const look = `### Look
*Show the report* draws the page: who would be linked, what would be sent, what would be asked.

Each row stands in the outputs of **Match & Map**: *New Links*, *Review* (the questions), *Changed Links* (with what would be sent, in the column \`pending\`). If the guard would stop the run they are empty, and the report says so. Nothing follows after them.`;
