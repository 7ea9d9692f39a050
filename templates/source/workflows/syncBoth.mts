import { beside } from '../lib/grid.mts';
import { gather, GATHERED, noteTime } from '../lib/steps.mts';
import { Workflow } from '../lib/workflow.mts';
import { besideTheOther, contacts, members, timeStep } from '../parts/names.mts';
import {
	besideNote,
	knownNote,
	overviewNote,
	planNotes,
	sendNote,
	whenNote,
} from '../parts/sections.mts';
import { begin, failAtLast } from '../parts/startAndEnd.mts';
import { carryOut, getLinks, readAndPlan, sweep, sweepLinks, type Ends } from '../parts/sync.mts';
import { known } from './syncOneFlow.mts';

const MEMBERS = { column: 0, y: 256 };
const CONTACTS = { column: 0, y: 1264 };
/** Between the two, where the lines of all four writers reach it. */
const FAILED = { column: 3, y: 944 };

/** Both flows in one run, members first: a person who is both belongs to the member flow. */
export function syncBoth(): Workflow {
	const workflow = new Workflow('Sync Wix contacts, members and users');
	const [ofMembers, ofContacts] = [besideTheOther(members), besideTheOther(contacts)];
	const rows = begin(workflow, ofMembers);
	const membersPlan = readAndPlan(workflow, ofMembers, reading(MEMBERS), { after: rows });
	const first = carryOut(workflow, ofMembers, membersPlan, MEMBERS);
	const done = { plan: membersPlan, report: first.report };
	const swept = sweep(workflow, ofMembers, done, MEMBERS);

	const rowsAgain = beginAgain(workflow, { ...first, report: swept });
	const contactsPlan = readAndPlan(workflow, ofContacts, reading(CONTACTS), {
		after: rowsAgain,
		plan: { memberContacts: 'leaveAlone' },
	});
	const second = carryOut(workflow, ofContacts, contactsPlan, CONTACTS, { higher: 'users' });
	const place = beside(CONTACTS.column + 1, CONTACTS.y + 144);
	workflow.chain(second.report, sweepLinks(workflow, ofContacts, contactsPlan, place));
	failAtLast(workflow, [...first.writers, ...second.writers], FAILED);
	addNotes(workflow);
	return workflow;
}

const reading = ({ column, y }: typeof MEMBERS) => ({ column: column - 2, y });

/** Reads the rows anew, by connection after all that the first part has saved, even where it had nothing to save. */
function beginAgain(workflow: Workflow, { newLinks, report, results }: Ends): string {
	const words = besideTheOther(contacts);
	const saved = workflow.add(
		gather({ name: 'When members are saved', position: beside(5, 256) }, 3),
	);
	[newLinks, report, results].forEach((step, index) =>
		workflow.connect(step, saved, { input: GATHERED + index }),
	);
	const time = workflow.add(noteTime({ name: timeStep(words), position: beside(5, 512) }));
	const rows = workflow.add(getLinks(words, beside(5, 1008)));
	workflow.chain(saved, time, rows);
	return rows;
}

function addNotes(workflow: Workflow): void {
	overviewNote(workflow, overview);
	whenNote(workflow, 'How often.');
	knownNote(workflow, 5, known);
	for (const [words, place] of [
		[members, MEMBERS],
		[contacts, CONTACTS],
	] as const) {
		planNotes(workflow, besideTheOther(words), reading(place));
		sendNote(workflow, besideTheOther(words), place);
	}
	besideNote(
		workflow,
		'members',
		{ columns: [1, 4], y: MEMBERS.y - 56, height: 88 },
		'### First: members\nNew links are added, the report is drawn, what is done with is removed, questions are saved. Then each row is saved before it is sent.',
	);
	besideNote(
		workflow,
		'contacts',
		{ columns: [4, 5], y: CONTACTS.y, height: 224 },
		'### Then: contacts\nThe rows and both sides are read again, as the first part left them. Contacts of site members are left alone: they belong to the first part.',
	);
}

const overview = `## Sync Wix contacts, members and users
A site member is a contact as well, with one address. **Members come first**; the contact of a member is left alone afterwards, so that no address flips back and forth. Use it instead of the two single ones.

1. Choose a **Wix CRM** credential in the four steps of Wix, the *System* and a credential in the four steps of the users.
2. Run by hand, open both *Show the report*. Nothing is sent.
3. In both **Match & Map** switch *Preview Only* off (for a trial, enter some addresses at *Only These People*). Run by hand, publish.

**Blue is yours to set.**`;
