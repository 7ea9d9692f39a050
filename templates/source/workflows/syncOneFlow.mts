import { Workflow } from '../lib/workflow.mts';
import { contacts, members, type FlowWords } from '../parts/names.mts';
import {
	besideNote,
	knownNote,
	overviewNote,
	planNotes,
	said,
	sendNote,
	whenNote,
} from '../parts/sections.mts';
import { begin, failAtLast } from '../parts/startAndEnd.mts';
import { belowBranches, carryOut, readAndPlan, sweep } from '../parts/sync.mts';

const Y = 256;

function syncOneFlow(words: FlowWords, overview: string): Workflow {
	const workflow = new Workflow(`Sync Wix ${words.flow} and users`);
	const branches = { column: 0, y: Y };
	const rows = begin(workflow, words);
	const plan = readAndPlan(workflow, words, { column: -2, y: Y }, { after: rows });
	const ends = carryOut(workflow, words, plan, branches);
	sweep(workflow, words, { plan, report: ends.report }, branches);
	failAtLast(workflow, ends.writers, { column: 3, y: belowBranches(Y) });

	overviewNote(workflow, overview);
	whenNote(workflow, 'How often.');
	knownNote(workflow, 5, known);
	planNotes(workflow, words, { column: -2, y: Y });
	sendNote(workflow, words, branches);
	besideNote(
		workflow,
		'save and report',
		{ columns: [1, 5], y: Y - 32, height: 144 },
		said.results,
	);
	besideNote(
		workflow,
		'saved before it is sent',
		{ columns: [4, 5], y: Y + 288, height: 224 },
		said.saved,
	);
	return workflow;
}

export const known =
	'Three tables, made on the first run and shared by all workflows; you find them under *Data tables*. `wix_user_sync_links` holds who belongs to whom, what both sides held when they last agreed, and what is on its way: do not empty it. The rows are read **before** both sides, and the time is noted before that, so that no row is judged by a list that is older.';

const setUp = `1. Choose a **Wix CRM** credential in the two steps of Wix, the *System* and a credential in the two steps of the users.
2. Run by hand and open *Show the report*. Nothing is sent.
3. A trial: in **Match & Map** enter some addresses at *Only These People*, switch *Preview Only* off. Run twice: the first run links, the second sends.
4. Empty *Only These People*, run by hand, publish.

**Blue is yours to set.** *Writes per Run* sends a large first run in slices.`;

/** The workflow that keeps Wix contacts and users the same. */
export const syncContacts = () =>
	syncOneFlow(
		contacts,
		`## Sync Wix contacts and users
Links each Wix contact with the user of the same email address, and keeps the address the same on both sides.

${setUp}`,
	);

/** The workflow that keeps Wix members and users the same. */
export const syncMembers = () =>
	syncOneFlow(
		members,
		`## Sync Wix members and users
Links each site member with the user of the same email address, and keeps the address the same on both sides. Wix cannot change a login email: an edit made in the other system waits as a question.

${setUp}`,
	);
