import { byHand, schedule } from '../lib/steps.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { bodyReach, syncBody } from '../parts/body.mts';
import { besideTheOther, contacts, members } from '../parts/names.mts';
import { settingsNote, tablesNote, turnNote } from '../parts/notes.mts';
import { endFailedRuns, noteGoodRun, takeTurn } from '../parts/oneAtATime.mts';
import { failIfUnsent } from '../parts/report.mts';
import { addSettings } from '../parts/settings.mts';
import { makeSyncTables } from '../parts/tables.mts';

const TURN_HEIGHT = 560;
const membersY = TURN_HEIGHT + bodyReach.above;
const contactsTurnY = membersY + bodyReach.below + 260;
const contactsY = contactsTurnY + TURN_HEIGHT + bodyReach.above;

/** Both flows in one run, members first: a person who is both belongs to the member flow. */
export function syncBoth(): Workflow {
	const workflow = new Workflow('Sync Wix contacts, members and users');
	const [ofMembers, ofContacts] = [besideTheOther(members), besideTheOther(contacts)];
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
	for (const trigger of [every, hand]) workflow.connect(trigger, settings);
	workflow.chain(settings, tables.first);

	const first = takeTurn(workflow, ofMembers, [1320, 0], 'stepAside');
	workflow.chain(tables.last, first.first);
	const memberFlow = syncBody(workflow, ofMembers, {
		y: membersY,
		run: { since: first.described, end: first.endRun },
	});
	for (const reader of memberFlow.readers) workflow.connect(first.granted, reader);

	const second = takeTurn(workflow, ofContacts, [0, contactsTurnY], 'waitForIt');
	workflow.chain(memberFlow.last, second.first);
	const contactFlow = syncBody(workflow, ofContacts, {
		y: contactsY,
		run: { since: second.described, end: second.endRun },
		plan: { memberContacts: 'leaveAlone' },
	});
	for (const reader of contactFlow.readers) workflow.connect(second.granted, reader);
	const sent = failIfUnsent(workflow, [1600, contactsY + 720], contactFlow.last, [
		memberFlow.count,
		contactFlow.count,
	]);
	const flows = [
		{ words: ofMembers, described: first.described },
		{ words: ofContacts, described: second.described },
	];
	workflow.connect(sent, noteGoodRun(workflow, flows, [2040, contactsY + 620]));
	endFailedRuns(workflow, [-220, 320]);
	addNotes(workflow);
	return workflow;
}

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [-720, -300],
		size: [440, 760],
		color: noteColor.overview,
		content: `## Sync Wix contacts, members and users

Keeps the addresses of Wix contacts, of site members and of users the same. A site member is a contact as well, with one address: **members come first**, and the contact of a member is left alone afterwards, so no address flips back and forth. What the contact flow linked before passes to the member flow.

**A login e-mail edited in the other system waits for you:** Wix's documented API cannot change it.

### Set up
1. Choose a **Wix CRM** credential in the four steps *Get Wix …* and *Write to Wix …*.
2. Choose where your users are (*System*) and a credential in the four steps *Get users …* and *Write to users …*. YouTrack is set.
3. In **Settings**, set *Preview only* to true and run by hand: the two steps *Show the report …* say what would happen, and nothing is written.
4. A trial: enter a few addresses at *Only these people*, set *Preview only* to false and run by hand. Only they are changed.
5. Empty *Only these people*, run by hand once more, then publish.

### What you may change
- **How often:** the first step.
- **For a run:** the step **Settings**.
- **Rules, and how odd cases are decided:** the lists of the two **Match & Map** steps.

Use this workflow instead of the two single ones, not beside them. Run nothing beside it that writes these addresses, and keep no other table whose name contains the name of one of the four tables.`,
	});
	settingsNote(workflow, [-60, -330]);
	tablesNote(workflow, [220, -250]);
	turnNote(workflow, [1280, -250]);
	workflow.note({
		name: 'Note: members',
		at: [-480, membersY - 120],
		size: [300, 140],
		color: noteColor.overview,
		content: '## First: members\nWhoever is a site member is looked after here.',
	});
	workflow.note({
		name: 'Note: contacts',
		at: [-480, contactsY - 120],
		size: [300, 160],
		color: noteColor.overview,
		content:
			'## Then: contacts\nBoth sides are read again, as the first part left them. Contacts of members are left alone.',
	});
}
