import { getReports, getWrites, saveFailure, saveReport, showReport } from '../health/report.mts';
import { health } from '../health/table.mts';
import { beside, canvas, OVERVIEW } from '../lib/grid.mts';
import { onError, schedule } from '../lib/steps.mts';
import { createTable } from '../lib/tables.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { contacts } from '../parts/names.mts';
import { getLinks, readAndPlan } from '../parts/sync.mts';

/** Heights of the rows on the canvas. */
const rows = { begin: 0, plan: 272, failed: 928 };

/** A preview every day whose figures are kept, and the error workflow for all others: the picture over time of both. */
export function reportHealth(): Workflow {
	const workflow = new Workflow('Report sync health');
	const at = (column: number) => beside(column, rows.begin);
	const every = workflow.add(
		schedule(
			{ name: 'Every day', position: at(0) },
			{ field: 'days', daysInterval: 1, triggerAtHour: 7 },
		),
	);
	const table = workflow.add(createTable('Create health table', at(1), health));
	const writes = workflow.add(getWrites(at(2)));
	const links = workflow.add(getLinks(contacts, at(3)));
	workflow.chain(every, table, writes, links);
	const plan = readAndPlan(
		workflow,
		contacts,
		{ column: 0, y: rows.plan },
		{ after: links, isPreview: true, plan: { dryRun: true } },
	);
	const below = (column: number) => beside(column, rows.plan + 160);
	const save = workflow.add(saveReport(below(2)));
	const reports = workflow.add(getReports(below(3)));
	const show = workflow.add(showReport(below(4)));
	workflow.connect(plan, save, { output: 1 });
	workflow.chain(save, reports, show);
	addErrorPart(workflow);
	addNotes(workflow);
	return workflow;
}

/** What n8n calls when a run of another workflow fails, or one of this workflow itself. */
function addErrorPart(workflow: Workflow): void {
	const at = (column: number) => beside(column, rows.failed);
	const failed = workflow.add(onError(at(0), 'When a run fails'));
	const table = workflow.add(createTable('Create the table for it', at(1), health));
	// The step before gives the table
	const note = workflow.add(saveFailure(at(2)));
	workflow.chain(failed, table, note);
}

const overview = `## Report sync health

Every day: how many pairs are in sync, what is due, what waits for you, what is refused, what was written, which runs failed, and how all of that was on the days before. **It changes nobody**: Match & Map previews, and nothing follows.

### Set up
1. Choose a **Wix CRM** credential in *Get Wix contacts*, and where your users are (*System*) with a credential in *Get users*.
2. Choose the same rules in **Match & Map** as in your sync workflow. For site members, *Member* in *Get Wix contacts* and their rules; for both, import it twice.
3. **Execute workflow** and open *Show the report*.
4. Add Slack or email after *Show the report* (the item has \`html\`) and after *Note the failure*, if you like. **Publish.**

### As error workflow
Open each sync workflow, **⋯ > Settings > Error workflow**, and choose *Report sync health*. n8n calls it only if this workflow is **published**, and not for runs by hand.

### What is kept
A row in \`wix_user_sync_health\` for each report and each failed run: figures, workflow and step. No addresses, no IDs.`;

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, -144],
		size: [OVERVIEW, 672],
		color: noteColor.overview,
		content: overview,
	});
	workflow.note({
		name: 'Note: begin',
		at: [beside(1, 0)[0], -144],
		size: [736, 112],
		content:
			'### 1 · The rows, then both sides\nThe sync makes all tables but the first one. *Get links* comes before both sides are read, as in the sync: a list that is older than a row must not be judged by it.',
	});
	workflow.note({
		name: 'Note: keep',
		at: [beside(2, 0)[0], rows.plan],
		size: [560, 112],
		content:
			'### 2 · Keep the figures, draw the page\nThe report of **Match & Map** becomes a row, with the line of the picture. *Show the report* puts the last 60 lines together.',
	});
	workflow.note({
		name: 'Note: failed',
		at: [canvas.left, rows.failed - 16],
		size: [OVERVIEW, 128],
		content:
			'### When a run fails\nn8n calls this part for every workflow that names this one as its error workflow. The message stays in the run itself: it could name a person.',
	});
}
