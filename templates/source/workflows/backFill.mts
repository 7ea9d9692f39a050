import { byHand, ifAll, nothing, schedule } from '../lib/steps.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { bodyReach, syncBody } from '../parts/body.mts';
import { contacts, setting } from '../parts/names.mts';
import { settingsNote, tablesNote, turnNote } from '../parts/notes.mts';
import { endFailedRuns, takeTurn } from '../parts/oneAtATime.mts';
import { failIfUnsent, sumOf } from '../parts/report.mts';
import { addSettings, settingsOf } from '../parts/settings.mts';
import { makeSyncTables } from '../parts/tables.mts';

const BODY_Y = 560 + bodyReach.above;
const slice = { name: 'Changes in a slice', value: 200 };

/** The first link of a large site: everything is linked at once, and written in slices until nothing is left. */
export function backFill(): Workflow {
	const workflow = new Workflow('Back fill in slices');
	const every = workflow.add(
		schedule(
			{ name: 'Every 5 minutes', position: [-220, -100] },
			{
				field: 'minutes',
				minutesInterval: 5,
			},
		),
	);
	const hand = workflow.add(byHand([-220, 100]));
	const settings = addSettings(workflow, [0, 0], [slice, ...Object.values(settingsOf)]);
	const tables = makeSyncTables(workflow, [220, 0]);
	const turn = takeTurn(workflow, contacts, [1320, 0], 'stepAside');
	const body = syncBody(workflow, contacts, {
		y: BODY_Y,
		run: { since: turn.described, end: turn.endRun },
		// A first link is more than a guard lets through, and a plan's code fits no later slice
		plan: { options: { guard: false } },
		most: `={{ ${setting(slice.name)} }}`,
	});
	for (const trigger of [every, hand]) workflow.connect(trigger, settings);
	workflow.chain(settings, tables.first);
	workflow.chain(tables.last, turn.first);
	for (const reader of body.readers) workflow.connect(turn.granted, reader);
	const check = failIfUnsent(
		workflow,
		[1600, BODY_Y + 720],
		body.last,
		[body.count],
		'(counts.failed ?? 0)',
	);
	const left = workflow.add(
		ifAll({ name: 'Is anything left?', position: [2040, BODY_Y + 680] }, [
			{ left: sumOf([body.count], 'counts.notSent'), type: 'number', operation: 'gt', right: 0 },
		]),
	);
	workflow.connect(check, left);
	const next = nothing({ name: 'The next slice follows', position: [2260, BODY_Y + 580] });
	const done = nothing({ name: 'All is done: switch to the sync', position: [2260, BODY_Y + 780] });
	workflow.connect(left, workflow.add(next), { output: 0 });
	workflow.connect(left, workflow.add(done), { output: 1 });
	endFailedRuns(workflow, [-220, 320]);
	addNotes(workflow);
	return workflow;
}

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [-720, -300],
		size: [440, 720],
		color: noteColor.overview,
		content: `## Back fill in slices

The first link of a large site, when thousands of people have to be created or changed. Everybody is linked in the first run. What is to be written is noted in the links and sent **slice by slice**, so that no run takes hours, and none stands in the way of others for long.

**It can be stopped at any time:** unpublish it, or let n8n restart. The next slice goes on where the last one ended; nothing is written twice.

### Set up
1. Use **Preview a sync** first: it shows how much there is to do.
2. Choose a **Wix CRM** credential in *Get Wix contacts* and *Write to Wix contacts*.
3. Choose where your users are (*System*) and a credential in *Get users* and *Write to users*. YouTrack is set.
4. In **Match & Map**, choose who is created, and how odd cases are decided. The guard is off here: it would stop a first link.
5. In **Settings**, choose how many changes a slice has. Wix takes about 200 a minute.
6. Run by hand once, look at *Show the report*, then publish.

### When it is done
*All is done* is reached when nothing is left to write. Unpublish this workflow and publish **Sync Wix contacts and users**: it uses the same tables and goes on from there, with the same choices in its **Match & Map**.

### Very large sites
In the settings of the workflow, set *Save successful production executions* to *Do not save*: a saved run holds every record that it read.`,
	});
	settingsNote(workflow, [-60, -330]);
	tablesNote(workflow, [220, -250]);
	turnNote(workflow, [1280, -250]);
	workflow.note({
		name: 'Note: slices',
		at: [2540, BODY_Y + 640],
		size: [300, 190],
		content:
			'### 7 · Until nothing is left\nWhat a slice did not send stays noted in its links; the next one sends it. Open *Count the outcomes* to see how much is left (`notSent`).',
	});
}
