import { byHand, schedule } from '../lib/steps.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { syncBody } from '../parts/body.mts';
import { contacts, members, type FlowWords } from '../parts/names.mts';
import { endFailedRuns, noteGoodRun, takeTurn } from '../parts/oneAtATime.mts';
import { failIfUnsent } from '../parts/report.mts';
import { addSettings } from '../parts/settings.mts';
import { settingsNote, tablesNote, turnNote } from '../parts/notes.mts';
import { makeSyncTables } from '../parts/tables.mts';

const BODY_Y = 1160;

function syncOneFlow(words: FlowWords, overview: string): Workflow {
	const workflow = new Workflow(`Sync Wix ${words.flow} and users`);
	const every = workflow.add(
		schedule(
			{ name: 'Every 15 minutes', position: [-220, -100] },
			{
				field: 'minutes',
				minutesInterval: 15,
			},
		),
	);
	const hand = workflow.add(byHand([-220, 100]));
	const settings = addSettings(workflow, [0, 0]);
	const tables = makeSyncTables(workflow, [220, 0]);
	const turn = takeTurn(workflow, words, [1320, 0], 'stepAside');
	const body = syncBody(workflow, words, {
		y: BODY_Y,
		run: { since: turn.described, end: turn.endRun },
	});
	for (const trigger of [every, hand]) workflow.connect(trigger, settings);
	workflow.chain(settings, tables.first);
	workflow.chain(tables.last, turn.first);
	for (const reader of body.readers) workflow.connect(turn.granted, reader);
	const sent = failIfUnsent(workflow, [1600, BODY_Y + 720], body.last, [body.count]);
	const flows = [{ words, described: turn.described }];
	workflow.connect(sent, noteGoodRun(workflow, flows, [2040, BODY_Y + 620]));
	endFailedRuns(workflow, [-220, 320]);

	workflow.note({
		name: 'About this workflow',
		at: [-720, -300],
		size: [440, 700],
		color: noteColor.overview,
		content: overview,
	});
	settingsNote(workflow, [-60, -330]);
	tablesNote(workflow, [220, -250]);
	turnNote(workflow, [1280, -250]);
	return workflow;
}

const setUp = ({ flow }: FlowWords) => `### Set up
1. Choose a **Wix CRM** credential in *Get Wix ${flow}* and *Write to Wix ${flow}*.
2. Choose where your users are (*System*) and a credential in *Get users* and *Write to users*. YouTrack is set.
3. In **Settings**, set *Preview only* to true and run by hand: *Show the report* says what would happen, and nothing is written.
4. A trial: enter a few addresses at *Only these people*, set *Preview only* to false and run by hand. Only they are changed.
5. Empty *Only these people*, run by hand once more, then publish.

### What you may change
- **How often:** the first step.
- **For a run:** the step **Settings**.
- **Rules, and how odd cases are decided:** the lists of **Match & Map** (who wins, who is created, what a deletion does, how much one run may change).

Nothing else. Run nothing beside it that writes these addresses, and keep no other table whose name contains the name of one of the four tables.`;

/** The workflow that keeps Wix contacts and users the same. */
export const syncContacts = () =>
	syncOneFlow(
		contacts,
		`## Sync Wix contacts and users

Links each Wix contact with the user who has the same e-mail address, then keeps the address the same on both sides, wherever it is edited. The link is remembered, so it outlives the address. What cannot be decided safely waits for you.

${setUp(contacts)}`,
	);

/** The workflow that keeps Wix members and users the same. */
export const syncMembers = () =>
	syncOneFlow(
		members,
		`## Sync Wix members and users

Links each Wix member with the user who has the member's login e-mail, then keeps the address the same on both sides. The link is remembered, so it outlives the address. What cannot be decided safely waits for you.

**A login e-mail edited in the other system waits for you, too:** Wix's documented API cannot change it. Once the member has changed it, both sides agree again. *Write to Wix members* has an experimental option that tries to change it.

${setUp(members)}`,
	);
