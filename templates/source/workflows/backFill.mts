import { ROW_Y } from '../lib/grid.mts';
import { ifAll, nothing } from '../lib/steps.mts';
import { Workflow } from '../lib/workflow.mts';
import { beginSync, every } from '../parts/begin.mts';
import { syncBody } from '../parts/body.mts';
import { bodyReach } from '../parts/bodyLayout.mts';
import { belowReport } from '../parts/end.mts';
import { contacts, setting } from '../parts/names.mts';
import { failIfUnsent, sumOf } from '../parts/report.mts';
import { settingsOf } from '../parts/settings.mts';

const slice = { name: 'Changes in a slice', value: 200 };

/** The first link of a large site: everything is linked at once, and written in slices until nothing is left. */
export function backFill(): Workflow {
	const workflow = new Workflow('Back fill in slices');
	const { turn, endsAt } = beginSync(workflow, contacts, {
		overview,
		overviewHeight: 724,
		triggers: [every(5)],
		meanwhile: 'stepAside',
		settings: [slice, ...Object.values(settingsOf)],
	});
	const y = endsAt + bodyReach.above;
	const body = syncBody(workflow, contacts, {
		y,
		run: { since: turn.described, end: turn.endRun, most: setting(slice.name) },
		// A first link is more than a guard lets through, and a plan's code fits no later slice
		plan: { options: { guard: false } },
	});
	for (const reader of body.readers) workflow.connect(turn.granted, reader);
	endSlice(workflow, y, body.last, body.count);
	return workflow;
}

function endSlice(workflow: Workflow, y: number, after: string, count: string): void {
	const check = failIfUnsent(workflow, belowReport(y, 0), after, [count]);
	const left = workflow.add(
		ifAll({ name: 'Is anything left?', position: belowReport(y, 1) }, [
			{ left: sumOf([count], 'counts.notSent'), type: 'number', operation: 'gt', right: 0 },
		]),
	);
	workflow.connect(check, left);
	const [x, rowY] = belowReport(y, 2);
	const next = nothing({ name: 'The next slice follows', position: [x, rowY] });
	const done = nothing({
		name: 'All is done: switch to the sync',
		position: [x, rowY + ROW_Y],
	});
	workflow.connect(left, workflow.add(next), { output: 0 });
	workflow.connect(left, workflow.add(done), { output: 1 });
	workflow.note({
		name: 'Note: slices',
		at: [belowReport(y, 3)[0], rowY],
		size: [496, 96],
		content:
			'### 7 · Until nothing is left\nWhat a slice did not send stays noted in its links; the next one sends it. Open *Count the outcomes* to see how much is left (`notSent`).',
	});
}

const overview = `## Back fill in slices

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
In the settings of the workflow, set *Save successful production executions* to *Do not save*: a saved run holds every record that it read.`;
