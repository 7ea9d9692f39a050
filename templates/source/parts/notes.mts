import { beside, canvas } from '../lib/grid.mts';
import { noteColor, type Workflow } from '../lib/workflow.mts';

/** The notes that several workflows have above the same steps, both ending at the same height. */
const [SETTINGS_X] = beside(1, 0);
const [TABLES_X] = beside(2, 0);
const SETTINGS_HEIGHT = 132;

export function settingsNote(workflow: Workflow, y: number): void {
	workflow.note({
		name: 'Note: settings',
		at: [SETTINGS_X - 32, y],
		size: [224, SETTINGS_HEIGHT],
		color: noteColor.settings,
		content:
			'### Settings\nWhat you change from run to run. Open the step and edit the values. Rules and policies are chosen in **Match & Map**.',
	});
}

const SHARED_TABLES =
	'Made on the first run; all workflows of this package share them. You find them under *Data tables*. Do not empty `wix_user_sync_links`: it is what the sync knows.';

/** @param y where the note of the settings begins */
export function tablesNote(
	workflow: Workflow,
	y: number,
	{ content, height } = { content: SHARED_TABLES, height: 92 },
): void {
	workflow.note({
		name: 'Note: tables',
		at: [TABLES_X, y + SETTINGS_HEIGHT - height],
		size: [canvas.right - 16 - TABLES_X, height],
		content: `### Tables\n${content}`,
	});
}

export function turnNote(workflow: Workflow, y: number): void {
	workflow.note({
		name: 'Note: one run at a time',
		at: [SETTINGS_X - 16, y],
		size: [canvas.right - SETTINGS_X, 132],
		content:
			'### One run at a time\nEach run adds a row to `wix_user_sync_runs`; the lowest row may work, a later run steps aside. A run that fails or dies takes its row back, a run by hand takes over from one by hand that began more than five seconds before it, and any row is over after the minutes in *Settings*: a run that takes longer may meet another one. Two runs that start within the same few milliseconds may, too. Neither loses or doubles a record, but an edit made in that moment may have to be made again.',
	});
}
