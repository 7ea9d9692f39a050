import { canvas } from '../lib/grid.mts';
import { layOut, node, once, schedule, splitOut, switchBy } from '../lib/steps.mts';
import { Workflow, type Position, type Step } from '../lib/workflow.mts';
import { beginSync } from '../parts/begin.mts';
import { syncBody } from '../parts/body.mts';
import { bodyReach, type BodyLayout } from '../parts/bodyLayout.mts';
import { endSync } from '../parts/end.mts';
import { contacts, stepRef, type } from '../parts/names.mts';

const WIX_CHANGES = 'When a Wix contact changes';
const USER_CHANGES = 'When a user changes';

const every5Minutes = { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] };

/** Text of an expression: what started this run. */
const started = `(${stepRef(WIX_CHANGES)}.isExecuted ? 'wix' : ${stepRef(USER_CHANGES)}.isExecuted ? 'users' : 'all')`;

/** Columns of what comes before Match & Map: it is told apart, and the changed records are taken from the triggers. */
const [SORT, TAKE, ITEMS] = [canvas.left, 144, 336];
/** The steps that read stand between the rows of the changed records. */
const CHANGED_Y = 384;

/** Three columns more than in the other syncs, so all stand closer. */
const layout: BodyLayout = {
	readers: ITEMS,
	plan: 512,
	first: 720,
	pitch: 192,
	notes: {
		read: { at: [304, -608], size: [320, 112] },
		plan: { at: [canvas.left, 560], size: [304, 148] },
		linksHeight: 148,
		writeHeight: 192,
		review: { at: [272, 560], size: [336, 132] },
		report: { at: [272, 704], size: [336, 148] },
	},
};

/** Changed records are synchronised within minutes; a full run every night does what only a full run can decide. */
export function syncChanges(): Workflow {
	const workflow = new Workflow('Sync changes as they happen');
	const { turn, endsAt } = beginSync(workflow, contacts, {
		overview,
		overviewHeight: 592,
		triggers,
		meanwhile: 'waitForIt',
	});
	const y = endsAt + bodyReach.above;
	const listing = `={{ ${started} === 'all' ? 'all' : 'changed' }}`;
	const body = syncBody(workflow, contacts, {
		y,
		layout,
		run: { since: turn.described, end: turn.endRun },
		plan: { wixListing: listing, usersListing: listing },
	});
	const what = workflow.add(
		switchBy(
			{
				name: 'What started this run?',
				position: [SORT, y - 16],
				settings: once,
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
	const ofWix = changedOf(workflow, WIX_CHANGES, 'contact', [TAKE, y - CHANGED_Y]);
	const ofUsers = changedOf(workflow, USER_CHANGES, 'user', [TAKE, y + CHANGED_Y]);
	workflow.connect(ofWix.last, body.plan, { input: 0 });
	workflow.connect(ofUsers.last, body.plan, { input: 1 });
	const starts = [[ofWix.first], [ofUsers.first], [getWix, getUsers]];
	starts.forEach((steps, output) => {
		for (const step of [...steps, getLinks]) workflow.connect(what, step, { output });
	});
	const flow = { words: contacts, described: turn.described, count: body.count };
	endSync(workflow, y, body.last, [flow], layout);
	workflow.note({
		name: 'Note: changes',
		at: [canvas.left, y - 608],
		size: [336, 132],
		content:
			'### Changes or everybody\nA run that a change started gives **Match & Map** only what changed. It keeps linked pairs the same and leaves everything else to the full run at night, which reads both sides whole.',
	});
	return workflow;
}

const triggers: ReadonlyArray<(position: Position) => Step> = [
	(position) =>
		node({ name: WIX_CHANGES, position }, type.wixTrigger, 1, {
			pollTimes: every5Minutes,
			event: 'contactChanged',
			output: 'syncFields',
		}),
	(position) =>
		node({ name: USER_CHANGES, position }, type.usersTrigger, 1, {
			pollTimes: every5Minutes,
			system: 'youTrack',
			event: 'userChanged',
			output: 'syncFields',
		}),
	(position) =>
		schedule(
			{ name: 'Every night', position },
			{ field: 'days', daysInterval: 1, triggerAtHour: 3 },
		),
];

/** The records that the trigger delivered: they waited while the run took its turn. */
function changedOf(
	workflow: Workflow,
	trigger: string,
	noun: string,
	[x, y]: Position,
): { first: string; last: string } {
	const first = workflow.add(
		layOut(
			{ name: `Take the changed ${noun}s`, position: [x, y], settings: once },
			`{ records: ${stepRef(trigger)}.all().map((item) => item.json) }`,
		),
	);
	const last = workflow.add(
		splitOut({ name: `Make an item of each ${noun}`, position: [x + ITEMS - TAKE, y] }, 'records'),
	);
	workflow.chain(first, last);
	return { first, last };
}

const overview = `## Sync changes as they happen

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

Run nothing beside it that writes these addresses.`;
