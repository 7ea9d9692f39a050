import { noteColor, type Workflow } from '../lib/workflow.mts';
import { settingsNote } from '../parts/notes.mts';

/** Heights of the parts on the canvas; n8n runs them from top to bottom. */
export const heights = {
	contacts: 700,
	members: 1340,
	first: 1880,
	second: 2080,
	third: 2280,
	failed: 2720,
};

const overview = `## Report sync health

Every Monday: how many pairs are in sync, what waits for you, what is refused, what has drifted apart, what was written, which runs failed, and how that was a week before. And it is told when a run of a sync workflow fails.

**It changes nobody**, neither in Wix nor among the users.

### Set up
1. Choose a **Wix CRM** credential in the two steps *Get Wix …*.
2. Choose where your users are (*System*) and a credential in the two steps *Get users …*. YouTrack is set. n8n wants a credential in all four, also where *Settings* switch the comparison off.
3. In **Settings**, say whether to compare contacts, members, or both. Choose the same rules in **Match & Map** as in your sync workflow.
4. Run by hand and open **Show the report**.
5. Add Slack or e-mail after *Send it where you want*, then publish.

### As error workflow
Open each sync workflow, **⋯ > Settings > Error workflow**, and choose *Report sync health*. n8n calls it only if this workflow is **published**, and not for runs by hand. A workflow that has an error workflow does not call its own *When a run fails* any more: the part at the bottom does its work, too.

### What is kept
A row for each report in \`wix_user_sync_health\`: figures only. A row for each failed run in \`wix_user_sync_failures\`: run, workflow, step and message; e-mail addresses are taken out of the message.`;

/** Where people read what the parts of the workflow do. */
export function addHealthNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [-740, -300],
		size: [440, 720],
		color: noteColor.overview,
		content: overview,
	});
	settingsNote(workflow, [-60, -330]);
	workflow.note({
		name: 'Note: tables',
		at: [220, -190],
		size: [1240, 90],
		content:
			'### Tables\nMade if they are missing. The sync workflows share the first four; the last two belong to this workflow.',
	});
	workflow.note({
		name: 'Note: compare',
		at: [0, 300],
		size: [760, 120],
		content:
			'### 1 · Compare both sides now\n**Match & Map** plans what the next run would do; nobody does it. *Drift* are pairs that differ although nothing waits. If a side cannot be read, the report says why and shows everything else.',
	});
	workflow.note({
		name: 'Note: count',
		at: [-320, heights.first],
		size: [260, 170],
		content:
			'### 2 · Count\nWhat the sync workflows keep in their tables. This part must stay below the two above: n8n runs them from top to bottom.',
	});
	workflow.note({
		name: 'Note: show',
		at: [-320, heights.third],
		size: [260, 150],
		content: '### 3 · Save and show\n*Show the report* draws the page.',
	});
	workflow.note({
		name: 'Note: send',
		at: [1360, heights.failed - 210],
		size: [420, 140],
		color: noteColor.settings,
		content:
			'### Send it where you want\nAdd a Slack, e-mail or other step here. The item has `subject`, `text` and, for the weekly report, `html`. Reports and failures both arrive here: *subject* tells which.',
	});
	workflow.note({
		name: 'Note: error workflow',
		at: [-320, heights.failed],
		size: [260, 150],
		content:
			'### When a sync fails\nEnds the turn of the run that failed, so that the next one may begin, and notes what failed.',
	});
}
