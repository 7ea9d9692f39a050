import { beside, canvas, OVERVIEW, WRAP_Y } from '../lib/grid.mts';
import { byHand, schedule, type Setting } from '../lib/steps.mts';
import { noteColor, type Position, type Step, type Workflow } from '../lib/workflow.mts';
import type { FlowWords } from './names.mts';
import { settingsNote, tablesNote, turnNote } from './notes.mts';
import { endFailedRuns, takeTurn, turnReach, type Meanwhile, type Turn } from './oneAtATime.mts';
import { addSettings } from './settings.mts';
import { makeSyncTables } from './tables.mts';

/** How far apart the triggers stand. */
const TRIGGER_Y = 192;
/** Heights of the notes and of the further rows, below the row of the settings. */
const NOTES_Y = -192;
const TURN_NOTE_Y = 208;
const TURN_Y = 368;

export const every = (minutes: number) => (position: Position) =>
	schedule(
		{ name: `Every ${minutes} minutes`, position },
		{ field: 'minutes', minutesInterval: minutes },
	);

interface Begin {
	overview: string;
	/** How high its text is. */
	overviewHeight: number;
	/** What starts a run, from top to bottom; *Run by hand* comes after them. */
	triggers: ReadonlyArray<(position: Position) => Step>;
	meanwhile: Meanwhile;
	settings?: readonly Setting[];
}

/** How a sync begins: triggers, settings, tables, its turn, beside the overview. `endsAt` is how far down that reaches. */
export function beginSync(
	workflow: Workflow,
	words: FlowWords,
	{ overview, overviewHeight, triggers, meanwhile, settings: fields }: Begin,
): { turn: Turn; endsAt: number } {
	const starts = [...triggers, byHand];
	const top = (-TRIGGER_Y * (starts.length - 1)) / 2;
	const settings = addSettings(workflow, beside(1, 0), fields);
	starts.forEach((trigger, index) =>
		workflow.connect(workflow.add(trigger(beside(0, top + index * TRIGGER_Y))), settings),
	);
	const tables = makeSyncTables(workflow, 0, beside(1, TURN_Y));
	const turn = takeTurn(workflow, words, beside(2, TURN_Y), meanwhile);
	workflow.chain(settings, tables.first);
	workflow.chain(tables.last, turn.first);
	endFailedRuns(workflow, [48, TURN_Y + WRAP_Y]);

	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, Math.min(top, NOTES_Y)],
		size: [OVERVIEW, overviewHeight],
		color: noteColor.overview,
		content: overview,
	});
	settingsNote(workflow, NOTES_Y);
	tablesNote(workflow, NOTES_Y);
	turnNote(workflow, TURN_NOTE_Y);
	return { turn, endsAt: TURN_Y + turnReach[meanwhile] };
}
