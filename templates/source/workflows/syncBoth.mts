import { beside, canvas, OVERVIEW, WRAP_Y } from '../lib/grid.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { beginSync, every } from '../parts/begin.mts';
import { syncBody } from '../parts/body.mts';
import { bodyReach } from '../parts/bodyLayout.mts';
import { endSync } from '../parts/end.mts';
import { besideTheOther, contacts, members } from '../parts/names.mts';
import { takeTurn, turnReach } from '../parts/oneAtATime.mts';

/** Both flows in one run, members first: a person who is both belongs to the member flow. */
export function syncBoth(): Workflow {
	const workflow = new Workflow('Sync Wix contacts, members and users');
	const [ofMembers, ofContacts] = [besideTheOther(members), besideTheOther(contacts)];
	const { turn: first, endsAt } = beginSync(workflow, ofMembers, {
		overview,
		overviewHeight: 748,
		triggers: [every(15)],
		meanwhile: 'stepAside',
	});
	const membersY = endsAt + bodyReach.above;
	const memberFlow = syncBody(workflow, ofMembers, {
		y: membersY,
		run: { since: first.described, end: first.endRun },
	});
	for (const reader of memberFlow.readers) workflow.connect(first.granted, reader);

	const turnY = membersY + bodyReach.report + WRAP_Y;
	const second = takeTurn(workflow, ofContacts, beside(0, turnY), 'waitForIt');
	workflow.chain(memberFlow.last, second.first);
	const contactsY = turnY + turnReach.waitForIt + bodyReach.above;
	const contactFlow = syncBody(workflow, ofContacts, {
		y: contactsY,
		run: { since: second.described, end: second.endRun },
		plan: { memberContacts: 'leaveAlone' },
	});
	for (const reader of contactFlow.readers) workflow.connect(second.granted, reader);
	endSync(workflow, contactsY, contactFlow.last, [
		{ words: ofMembers, described: first.described, count: memberFlow.count },
		{ words: ofContacts, described: second.described, count: contactFlow.count },
	]);
	addHeadings(workflow, membersY, turnY);
	return workflow;
}

function addHeadings(workflow: Workflow, membersY: number, turnY: number): void {
	workflow.note({
		name: 'Note: members',
		at: [-16, membersY - 432],
		size: [352, 84],
		color: noteColor.overview,
		content: '## First: members\nWhoever is a site member is looked after here.',
	});
	workflow.note({
		name: 'Note: contacts',
		at: [canvas.left, turnY],
		size: [OVERVIEW, 104],
		color: noteColor.overview,
		content:
			'## Then: contacts\nBoth sides are read again, as the first part left them. Contacts of members are left alone.',
	});
}

const overview = `## Sync Wix contacts, members and users

Keeps the addresses of Wix contacts, of site members and of users the same. A site member is a contact as well, with one address: **members come first**, and the contact of a member is left alone afterwards, so no address flips back and forth. What the contact flow linked before passes to the member flow.

**A login email edited in the other system waits for you:** Wix's documented API cannot change it.

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

Use this workflow instead of the two single ones, not beside them. Run nothing beside it that writes these addresses, and keep no other table whose name contains the name of one of the four tables.`;
