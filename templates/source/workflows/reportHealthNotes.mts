import { beside, canvas, OVERVIEW } from '../lib/grid.mts';
import { noteColor, type Workflow } from '../lib/workflow.mts';
import { settingsNote, tablesNote } from '../parts/notes.mts';

/** Heights of the parts on the canvas; n8n runs them from top to bottom. */
export const heights = {
	contacts: 704,
	members: 1248,
	first: 1632,
	third: 2112,
	send: 2304,
	failed: 2496,
};

const overview = `## Report sync health

Every Monday: how many pairs are in sync, what waits for you, what is refused, what has drifted apart, what was written, which runs failed, and how that was a week before. And it is told when a run of a sync workflow fails.

**It changes nobody**, neither in Wix nor among the users.

### Set up
1. Choose a **Wix CRM** credential in the two steps *Get Wix …*.
2. Choose where your users are (*System*) and a credential in the two steps *Get users …*. YouTrack is set. n8n wants a credential in all four, also where *Settings* switch the comparison off.
3. In **Settings**, say whether to compare contacts, members, or both. Choose the same rules in **Match & Map** as in your sync workflow.
4. Run by hand and open **Show the report**.
5. Add Slack or email after *Send it where you want*, then publish.

### As error workflow
Open each sync workflow, **⋯ > Settings > Error workflow**, and choose *Report sync health*. n8n calls it only if this workflow is **published**, and not for runs by hand. A workflow that has an error workflow does not call its own *When a run fails* any more: the part at the bottom does its work, too.

### What is kept
A row for each report in \`wix_user_sync_health\`: figures only. A row for each failed run in \`wix_user_sync_failures\`: run, workflow, step and message; email addresses are taken out of the message.`;

/** Beside the rows, below the overview. */
const left = { x: canvas.left, width: 400 };

/** Where people read what the parts of the workflow do. */
export function addHealthNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, -192],
		size: [OVERVIEW, 704],
		color: noteColor.overview,
		content: overview,
	});
	settingsNote(workflow, -192);
	tablesNote(workflow, -192, {
		content:
			'Made if they are missing. The sync workflows share the first four; the last two belong to this workflow.',
		height: 80,
	});
	workflow.note({
		name: 'Note: compare',
		at: [left.x, heights.contacts],
		size: [left.width, 132],
		content:
			'### 1 · Compare both sides now\n**Match & Map** plans what the next run would do; nobody does it. *Drift* are pairs that differ although nothing waits. If a side cannot be read, the report says why and shows everything else.',
	});
	workflow.note({
		name: 'Note: count',
		at: [left.x, heights.first],
		size: [left.width, 112],
		content:
			'### 2 · Count\nWhat the sync workflows keep in their tables. This part must stay below the two above: n8n runs them from top to bottom.',
	});
	workflow.note({
		name: 'Note: show',
		at: [left.x, heights.third],
		size: [left.width, 80],
		content: '### 3 · Save and show\n*Show the report* draws the page.',
	});
	workflow.note({
		name: 'Note: send',
		at: [beside(1, 0)[0] + 64, heights.send],
		size: [560, 96],
		color: noteColor.settings,
		content:
			'### Send it where you want\nAdd a Slack, email or other step here. The item has `subject`, `text` and, for the weekly report, `html`. Reports and failures both arrive here: *subject* tells which.',
	});
	workflow.note({
		name: 'Note: error workflow',
		at: [left.x, heights.failed],
		size: [224, 132],
		content:
			'### When a sync fails\nEnds the turn of the run that failed, so that the next one may begin, and notes what failed.',
	});
}
