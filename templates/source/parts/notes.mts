import { noteColor, type Position, type Workflow } from '../lib/workflow.mts';

/** The notes that several workflows have at the same steps. */
export function settingsNote(workflow: Workflow, at: Position): void {
	workflow.note({
		name: 'Note: settings',
		at,
		size: [250, 160],
		color: noteColor.settings,
		content:
			'### Settings\nWhat you change from run to run. Open the step and edit the values. Rules and policies are chosen in **Match & Map**.',
	});
}

export function tablesNote(workflow: Workflow, at: Position): void {
	workflow.note({
		name: 'Note: tables',
		at,
		size: [780, 110],
		content:
			'### Tables\nMade on the first run; all workflows of this package share them. You find them under *Data tables*. Do not empty `wix_user_sync_links`: it is what the sync knows.',
	});
}

export function turnNote(workflow: Workflow, at: Position): void {
	workflow.note({
		name: 'Note: one run at a time',
		at,
		size: [900, 160],
		content:
			'### One run at a time\nEach run adds a row to `wix_user_sync_runs`; the lowest row may work, a later run steps aside. A run that fails or dies takes its row back, a run by hand takes over from one by hand that began more than five seconds before it, and any row is over after the minutes in *Settings*: a run that takes longer may meet another one. Two runs that start within the same few milliseconds may, too. Neither loses or doubles a record, but an edit made in that moment may have to be made again.',
	});
}
