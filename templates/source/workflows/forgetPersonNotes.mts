import { beside, canvas, OVERVIEW } from '../lib/grid.mts';
import { rowHeights } from '../parts/forgetSteps.mts';
import { noteColor, type Workflow } from '../lib/workflow.mts';

/** What the pages of the form say. */
export const said = {
	form: 'Finds what the tables of the sync hold of one person. Nothing is erased before you have seen it and confirmed. Enter an email address as it is written in the tables, or the ID of a Wix contact, a Wix member or a user.',
	nothing:
		'No row names this ID or holds this address as a whole value. Upper and lower case make no difference for an address; an ID must be exact.',
	kept: 'You did not confirm, so every row is as it was.',
	busy: 'A sync is running just now and could write what is erased again. Wait until it has ended, then start again.',
	done: ' rows were erased. This remains: the records themselves in Wix and in the system of your users; executions that n8n has saved (open Executions of each sync workflow and delete those that read this person, or wait until n8n prunes them); backups of n8n. A person who is still on both sides is linked again by the next run, unless you chose to leave this person out: then rows in the state ignored stay in wix_user_sync_links with IDs only. To be sure, ask for the same person once more: nothing else should be found.',
};

const overview = `## Forget a person

Erases one person from the tables of the sync: links, what waits, history, failed runs. You enter an email address or an ID, see what was found, and confirm. **Nothing changes in Wix or among your users.**

### Use it
1. Press **Execute workflow** and open the form. It need not be published for that. n8n asks you to allow the form to know who you are: only people with an account in this n8n who may run this workflow get in.
2. Enter an address or an ID and look at what was found.
3. Choose **Erase**; or erase and leave the person out of the sync: rows in the state *ignored* stay, with IDs and without the address; or **Cancel**.

### What is found
An address is looked for as a whole value, so one that only ends in it is left alone. From each row that holds it come the IDs on both sides, and then all rows of these IDs, of contacts and of members. Two records in a row *keepApart* are two persons: only the row itself goes.

An address may have belonged to several people. The page shows all IDs: cancel, and enter an ID instead.

### What remains
The records in Wix and in your users' system, executions that n8n saved, and backups. This workflow saves no executions of its own.`;

/** Where people read what the parts of the workflow do. */
export function addForgetNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, -112],
		size: [OVERVIEW, 604],
		color: noteColor.overview,
		content: overview,
	});
	workflow.note({
		name: 'Note: tables',
		at: [beside(1, 0)[0], -112],
		size: [752, 80],
		content: '### Tables\nMade if they are missing. The sync workflows share them.',
	});
	workflow.note({
		name: 'Note: search',
		at: [beside(0, 0)[0], rowHeights.search - 224],
		size: [688, 92],
		content:
			'### 1 · Find\nRows that may hold what was typed, then exactly those that do; the IDs of both sides; all rows of these IDs. Nothing is changed.',
	});
	workflow.note({
		name: 'Note: confirm',
		at: [canvas.left, rowHeights.confirm],
		size: [368, 92],
		content:
			'### 2 · Show and confirm\nOnly an answer that says *Erase* goes on. A page that is left open for an hour ends without erasing.',
	});
	workflow.note({
		name: 'Note: erase',
		at: [canvas.left, rowHeights.erase],
		size: [368, 112],
		content:
			'### 3 · Erase\nExactly the rows that were shown. Then the marks, if you chose them. These branches run from top to bottom; the last page comes last.',
	});
}
