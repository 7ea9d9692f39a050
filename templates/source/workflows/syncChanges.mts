import { byHand, layOut, node, schedule, splitOut, switchBy } from '../lib/steps.mts';
import { noteColor, Workflow, type Position } from '../lib/workflow.mts';
import { bodyReach, syncBody } from '../parts/body.mts';
import { contacts, stepRef, type } from '../parts/names.mts';
import { settingsNote, tablesNote, turnNote } from '../parts/notes.mts';
import { endFailedRuns, noteGoodRun, takeTurn } from '../parts/oneAtATime.mts';
import { failIfUnsent } from '../parts/report.mts';
import { addSettings } from '../parts/settings.mts';
import { makeSyncTables } from '../parts/tables.mts';

const BODY_Y = 560 + bodyReach.above;
const WIX_CHANGES = 'When a Wix contact changes';
const USER_CHANGES = 'When a user changes';

const every5Minutes = { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] };

/** Text of an expression: what started this run. */
const started = `(${stepRef(WIX_CHANGES)}.isExecuted ? 'wix' : ${stepRef(USER_CHANGES)}.isExecuted ? 'users' : 'all')`;

/** Changed records are synchronised within minutes; a full run every night does what only a full run can decide. */
export function syncChanges(): Workflow {
	const workflow = new Workflow('Sync changes as they happen');
	const triggers = addTriggers(workflow);
	const settings = addSettings(workflow, [0, 0]);
	const tables = makeSyncTables(workflow, [220, 0]);
	const turn = takeTurn(workflow, contacts, [1320, 0], 'waitForIt');
	const body = syncBody(workflow, contacts, {
		y: BODY_Y,
		run: { since: turn.described, end: turn.endRun },
		plan: {
			wixListing: `={{ ${started} === 'all' ? 'all' : 'changed' }}`,
			usersListing: `={{ ${started} === 'all' ? 'all' : 'changed' }}`,
		},
	});
	for (const trigger of triggers) workflow.connect(trigger, settings);
	workflow.chain(settings, tables.first);
	workflow.chain(tables.last, turn.first);

	const what = workflow.add(
		switchBy(
			{
				name: 'What started this run?',
				position: [-700, BODY_Y],
				settings: { executeOnce: true },
			},
			started,
			[
				{ value: 'wix', title: 'Wix changed' },
				{ value: 'users', title: 'Users changed' },
				{ value: 'all', title: 'Full run' },
			],
		),
	);
	workflow.connect(turn.granted, what);
	const [getWix = '', getUsers = '', getLinks = ''] = body.readers;
	const ofWix = changedOf(workflow, WIX_CHANGES, 'contact', [-460, BODY_Y - 300]);
	const ofUsers = changedOf(workflow, USER_CHANGES, 'user', [-460, BODY_Y + 300]);
	workflow.connect(ofWix.last, body.plan, { input: 0 });
	workflow.connect(ofUsers.last, body.plan, { input: 1 });
	const starts = [[ofWix.first], [ofUsers.first], [getWix, getUsers]];
	starts.forEach((steps, output) => {
		for (const step of [...steps, getLinks]) workflow.connect(what, step, { output });
	});
	const sent = failIfUnsent(workflow, [1600, BODY_Y + 720], body.last, [body.count]);
	const flows = [{ words: contacts, described: turn.described }];
	workflow.connect(sent, noteGoodRun(workflow, flows, [2040, BODY_Y + 620]));
	endFailedRuns(workflow, [-240, 480]);
	addNotes(workflow);
	return workflow;
}

function addTriggers(workflow: Workflow): string[] {
	return [
		workflow.add(
			node({ name: WIX_CHANGES, position: [-240, -300] }, type.wixTrigger, 1, {
				pollTimes: every5Minutes,
				event: 'contactChanged',
				output: 'syncFields',
			}),
		),
		workflow.add(
			node({ name: USER_CHANGES, position: [-240, -100] }, type.usersTrigger, 1, {
				pollTimes: every5Minutes,
				system: 'youTrack',
				event: 'userChanged',
				output: 'syncFields',
			}),
		),
		workflow.add(
			schedule(
				{ name: 'Every night', position: [-240, 100] },
				{
					field: 'days',
					daysInterval: 1,
					triggerAtHour: 3,
				},
			),
		),
		workflow.add(byHand([-240, 300])),
	];
}

/** The records that the trigger delivered: they waited while the run took its turn. */
function changedOf(
	workflow: Workflow,
	trigger: string,
	noun: string,
	[x, y]: Position,
): { first: string; last: string } {
	const first = workflow.add(
		layOut(
			{ name: `Take the changed ${noun}s`, position: [x, y], settings: { executeOnce: true } },
			`{ records: ${stepRef(trigger)}.all().map((item) => item.json) }`,
		),
	);
	const last = workflow.add(
		splitOut({ name: `Make an item of each ${noun}`, position: [x + 220, y] }, 'records'),
	);
	workflow.chain(first, last);
	return { first, last };
}

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [-740, -560],
		size: [440, 640],
		color: noteColor.overview,
		content: `## Sync changes as they happen

An edit in Wix or of a user is carried over within minutes. Every night a **full run** does what only a full run can decide: who is new and belongs to whom, who is gone, who is doubled. Both use the same links.

### Set up
1. Use **Preview a sync**, then **Sync Wix contacts and users** for the first link: this workflow goes on with its tables. Then unpublish that one.
2. Choose a **Wix CRM** credential in *When a Wix contact changes*, *Get Wix contacts* and *Write to Wix contacts*.
3. Choose where your users are (*System*) and a credential in *When a user changes*, *Get users* and *Write to users*. YouTrack is set.
4. Run by hand once: that is a full run. Then publish.

### What you may change
- **How often:** *Poll Times* of the two triggers, and the time of the full run. YouTrack does not say when a user was changed: each poll reads all users.
- **For a run:** the step **Settings**.
- **Rules, and how odd cases are decided:** the lists of **Match & Map**.
- For **site members** choose *Member …* in the first trigger, *Member* in the two steps of Wix, and the rules in **Match & Map**.

Run nothing beside it that writes these addresses.`,
	});
	settingsNote(workflow, [-60, -330]);
	tablesNote(workflow, [220, -250]);
	turnNote(workflow, [1280, -250]);
	workflow.note({
		name: 'Note: changes',
		at: [-740, BODY_Y - 470],
		size: [560, 150],
		content:
			'### Changes or everybody\nA run that a change started gives **Match & Map** only what changed. It keeps linked pairs the same and leaves everything else to the full run at night, which reads both sides whole.',
	});
}
