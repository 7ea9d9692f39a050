import { beside, canvas, OVERVIEW, ROW_Y, STEP_X } from '../lib/grid.mts';
import { byHand, html, layOut, nothing, once } from '../lib/steps.mts';
import { links } from '../lib/tables.mts';
import { noteColor, Workflow } from '../lib/workflow.mts';
import { contacts, stepRef } from '../parts/names.mts';
import { readAndPlan } from '../parts/read.mts';
import { addSettings, settingsOf } from '../parts/settings.mts';
import { makeTables } from '../parts/tables.mts';

/** Heights of the rows: how it begins, and the middle of what it reads. */
const [START_Y, MIDDLE] = [0, 576];
/** Where the plans stand, from top to bottom. */
const [PLANS_X, PLANS_Y] = [880, 224];

/** Who a first trial is best done with: those that something would be written for, then those who would be linked. */
const firstOnes = (plan: string) =>
	`{ ${JSON.stringify(settingsOf.people.name)}: [...new Set([...${plan}.all(1), ...${plan}.all(2), ...${plan}.all(0)].map((item) => item.json.link.wixId || item.json.link.userId))].slice(0, 10).join(', ') }`;

/** Reads and plans as the sync of contacts does, and writes nothing: every plan can be looked at. */
export function preview(): Workflow {
	const workflow = new Workflow('Preview a sync');
	const hand = workflow.add(byHand(beside(0, START_Y)));
	const settings = addSettings(workflow, beside(1, START_Y), [settingsOf.explain]);
	const tables = makeTables(workflow, () => beside(2, START_Y), [links]);
	const { readers, plan } = readAndPlan(workflow, contacts, beside(0, MIDDLE), {
		options: { dryRun: false, onlyRecords: '', approvedPlan: '' },
	});
	const outputs = [
		'Links it would save',
		'Changes for users',
		'Changes for Wix',
		'What would wait for you',
	].map((name, index) =>
		workflow.add(nothing({ name, position: [PLANS_X, PLANS_Y + index * ROW_Y] })),
	);
	const reportY = PLANS_Y + outputs.length * ROW_Y;
	const show = workflow.add(
		html({ name: 'Show the report', position: [PLANS_X, reportY] }, '$json.html'),
	);
	const trial = workflow.add(
		layOut(
			{
				name: 'Pick ten people for a trial',
				position: [PLANS_X + STEP_X, reportY],
				settings: once,
			},
			firstOnes(stepRef(plan)),
		),
	);
	workflow.chain(hand, settings, tables.first);
	for (const reader of readers) workflow.connect(tables.last, reader);
	[...outputs, show].forEach((step, output) => workflow.connect(plan, step, { output }));
	workflow.chain(show, trial);
	addNotes(workflow);
	return workflow;
}

function addNotes(workflow: Workflow): void {
	workflow.note({
		name: 'About this workflow',
		at: [canvas.left, -64],
		size: [OVERVIEW, 608],
		color: noteColor.overview,
		content: `## Preview a sync

Shows what a sync of Wix contacts and users would do: who would be linked, what would be written where, and what would wait for you. **It writes nothing**, neither in Wix nor to the users: there is no step here that could. It only makes an empty table of links if there is none.

### Set up
1. Choose a **Wix CRM** credential in *Get Wix contacts*.
2. Choose where your users are (*System*) and a credential in *Get users*. YouTrack is set.
3. Press **Execute workflow**, then open **Show the report**.

### Look around
- Open **Changes for users** and **Changes for Wix**: each item is one write, with the old and the new value.
- Open **Match & Map** to choose who is linked and how odd cases are decided. Run again and compare.
- Wonder about one person? Enter an address or ID at *Explain a record* in **Settings**.
- For **site members** choose *Member* in *Get Wix contacts*, and the rules *Wix Members and Users* in **Match & Map**.

### Next: a trial of ten people
*Pick ten people for a trial* gives the IDs of ten people who would be changed or linked. Import **Sync Wix contacts and users**, paste them at *Only these people* in its **Settings**, choose the same rules in its **Match & Map**, and run it by hand. Look at the ten on both sides.`,
	});
	workflow.note({
		name: 'Note: read',
		at: [432, 208],
		size: [288, 96],
		content: '### 1 · Read\nBoth systems, and the links of earlier runs. Nothing is changed.',
	});
	workflow.note({
		name: 'Note: plan',
		at: [544, 848],
		size: [240, 112],
		color: noteColor.settings,
		content:
			'### 2 · Plan\nThe same plan that the sync would carry out. All rules are chosen here.',
	});
	workflow.note({
		name: 'Note: look',
		at: [1120, 224],
		size: [304, 132],
		content:
			'### 3 · Look\nEvery planned step as an item. Nothing follows after these steps. If the guard would stop the run, the first three are empty and the report says so.',
	});
	workflow.note({
		name: 'Note: report',
		at: [1120, 816],
		size: [304, 92],
		content: '### 4 · The report\nOpen *Show the report*: the page is in its output.',
	});
}
