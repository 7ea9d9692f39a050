import { canvas, OVERVIEW } from '../lib/grid.mts';
import type { Workflow } from '../lib/workflow.mts';

/** Heights of the rows on the canvas; n8n runs branches from top to bottom. */
export const rowsOfReview = { start: 0, list: 320, matter: 736, answer: 1536, save: 1920 };

export const overview = `## Review and decide

A form that lists what the sync could not decide safely. It shows each matter with its records side by side, as they are right now, and offers the answers that are possible. Your answer is saved in the links table; **the next run of the sync carries it out**. This workflow writes nothing to Wix or to the users.

### Set up
1. Choose a **Wix CRM** credential in *Get the Wix contacts* and *Get the Wix members*. One that may only read is enough.
2. Choose where your users are (*System*) and a credential in *Get the users*. YouTrack is set.
3. Publish, open the step *Open the form*, and copy its **Production URL**.

### Who may open it
The form shows names and addresses. As it ships, only people who are **logged in to this n8n and may run this workflow** see it; the first time, n8n asks them to allow it. For people without an n8n account: set *Authentication* of *Open the form* to **Basic Auth** and choose a credential with a name and a password. With Basic Auth, the later pages are protected by their address alone, so nobody should pass it on. Never choose *None*.

### What you may change
- **Settings**: which data flows are about members (only if you made rules of your own), and how long the list may be.
- **Words of the form**: all texts. Keep the words in braces.
- The ending of the address, in the options of *Open the form*.

Nothing else. n8n keeps what the pages showed in its executions, as long as it keeps executions.`;

/** The notes beside the steps. */
export function reviewNotes(workflow: Workflow): void {
	workflow.note({
		name: 'Note: list',
		at: [416, 208],
		size: [1184, 92],
		content:
			'### 1 · List what waits\nReads the table `wix_user_sync_review`. A matter that was decided leaves it; the next run of the sync puts it back if it still waits. After each decision the form comes back here and says what was saved. When the list is empty, the form says so and ends.',
	});
	workflow.note({
		name: 'Note: records',
		at: [canvas.left, rowsOfReview.matter],
		size: [OVERVIEW, 112],
		content:
			'### 2 · Read the records, as they are now\nIts links from `wix_user_sync_links`, and each record by its ID. A record that is gone, or that cannot be read, is shown as such and does not stop the form.',
	});
	workflow.note({
		name: 'Note: answer',
		at: [1200, rowsOfReview.matter + 224],
		size: [400, 132],
		content:
			'### 3 · Offer the answers that are possible\nOnly those that make sense for the reason. What can be settled in one of the two systems alone is said so. A page that stays open for an hour closes by itself, and nothing is saved.',
	});
	workflow.note({
		name: 'Note: check',
		at: [canvas.left, rowsOfReview.answer],
		size: [OVERVIEW, 132],
		content:
			'### 4 · Look again before saving\nIf the matter was settled meanwhile, or its links are no longer as they were shown, nothing is saved and the list says why. So two people, or a person and a run, do not overwrite each other.',
	});
	workflow.note({
		name: 'Note: save',
		at: [canvas.left, rowsOfReview.save],
		size: [OVERVIEW, 112],
		content:
			'### 5 · Save\nThe change of the links table, a line in the history, and the matter leaves the list: from top to bottom. If the first of them fails, the matter stays.',
	});
}
