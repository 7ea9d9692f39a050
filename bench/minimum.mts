/** `plan` against the bare minimum that any sync has to do, on the same objects, in three situations. */
import { build, loadEngine } from './lib/engine.mts';
import { bareMinimum } from './lib/minimum.mts';
import { readOptions } from './lib/options.mts';
import { makeInput, type Input } from './lib/people.mts';
import { planInput } from './lib/planInput.mts';
import { count, milliseconds, printTable, times } from './lib/table.mts';
import { race, ratio } from './lib/timing.mts';

const { numbers, dist } = readOptions({ records: 100_000, rounds: 7, seed: 1 });
const { records, rounds, seed } = numbers;
const builds = dist.length > 0 ? dist : [build()];
const engines = builds.map((folder) => ({ folder, engine: loadEngine(folder) }));

const scenarios: Array<[string, () => Input]> = [
	['everything in sync', () => makeInput({ records, linked: true, seed })],
	['1 % edited', () => makeInput({ records, linked: true, edited: 0.01, seed })],
	['first link', () => makeInput({ records, linked: false, seed })],
];

const rows: string[][] = [];
for (const [name, make] of scenarios) {
	const input = make();
	const [minimum, ...plans] = await race(
		[
			{ name: 'bare minimum', run: () => bareMinimum(input) },
			...engines.map(({ folder, engine }) => {
				const whole = planInput(engine, input);
				return { name: folder, run: () => engine.plan(whole) };
			}),
		],
		rounds,
	);
	if (minimum === undefined) throw new Error('Nothing was timed');
	plans.forEach((plan) => {
		rows.push([
			plans.length > 1 ? `${name} (${plan.name})` : name,
			milliseconds(minimum.median),
			milliseconds(plan.median),
			times(ratio(plan, minimum)),
			times(plan.first / minimum.first),
		]);
	});
}
printTable(
	`plan against the bare minimum, ${count(records)} × ${count(records)}, medians of ${rounds} turns`,
	['scenario', 'minimum ms', 'plan ms', 'ratio', 'ratio cold'],
	rows,
);
