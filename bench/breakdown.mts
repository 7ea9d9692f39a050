/** Where the time of a run goes, step by step, as a table and as docs/where-time-goes.svg. Runs are saved with their data for it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { entryAt } from '../runtime/entries.mts';
import { openLoadStage, recommended } from './lib/loadStage.mts';
import { readOptions } from './lib/options.mts';
import { playPhases } from './lib/phases.mts';
import { stackedBars } from './lib/stackedBars.mts';
import { groupOf, groups, sumByGroup } from './lib/stepGroups.mts';
import { stepTimesOfLastRun } from './lib/stepTimes.mts';
import { count, milliseconds, printTable, seconds } from './lib/table.mts';

const options = readOptions({ people: 10_000, edits: 1 });
const { people, edits } = options.numbers;
/** Steps that took less are only in the sums; milliseconds. */
const SHOWN_FROM = 20;
const PICTURE = join(process.cwd(), 'docs', 'where-time-goes.svg');

const stage = await openLoadStage({ people, package: options.package, more: recommended });
const steps: Array<Map<string, number>> = [];
try {
	const { workflowId, path } = await stage.importSync('all');
	const aSide = Math.ceil((people * edits) / 100);
	const figures = await playPhases(stage, path, aSide, async () => {
		steps.push(await stepTimesOfLastRun(stage.calls, workflowId));
	});

	const names = figures.map(({ phase }) => phase);
	const sums = figures.map((each, index) => sumByGroup(entryAt(steps, index), each.milliseconds));
	const ofGroups = groups.map((group) => [group, ...sums.map((sum) => milliseconds(sum[group]))]);
	const whole = ['whole run', ...figures.map((each) => milliseconds(each.milliseconds))];
	const title = `${count(people)} people a side, ${count(aSide)} edits a side`;
	printTable(`${title}: milliseconds by purpose`, ['', ...names], [...ofGroups, whole]);

	const all = [...new Set(steps.flatMap((times) => [...times.keys()]))];
	const timesOf = (step: string) => steps.map((times) => times.get(step) ?? 0);
	const slow = all
		.filter((step) => Math.max(...timesOf(step)) >= SHOWN_FROM)
		.sort((one, other) => Math.max(...timesOf(other)) - Math.max(...timesOf(one)))
		.map((step) => [`${step} (${groupOf(step)})`, ...timesOf(step).map(milliseconds)]);
	printTable(`Steps of at least ${SHOWN_FROM} ms in one of the runs`, ['', ...names], slow);

	const bars = figures.map((each, index) => ({
		name: each.phase,
		parts: groups.map((group) => entryAt(sums, index)[group]),
		note: `${seconds(each.milliseconds)} s`,
	}));
	writeFileSync(PICTURE, stackedBars(`Where the time goes: ${title}`, groups, bars));
	console.log(`\nDrawn to ${PICTURE}`);
} finally {
	await stage.close();
}
process.exit(0);
