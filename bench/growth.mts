/** How time and memory of `plan` grow with the records: each size in processes of its own. */
import { entryAt } from '../runtime/entries.mts';
import { inChild } from './lib/child.mts';
import { build } from './lib/engine.mts';
import { readOptions } from './lib/options.mts';
import { measurePeak } from './lib/peak.mts';
import { count, milliseconds, printTable, times } from './lib/table.mts';
import { median } from './lib/timing.mts';

const { numbers, dist } = readOptions({
	from: 100_000,
	to: 1_000_000,
	rounds: 3,
	seed: 1,
	/** Bytes a person between two looks at the heap. */
	step: 100,
	/** Megabytes that the largest heap may take. */
	heap: 9000,
});
const { from, to, rounds, seed, step, heap } = numbers;
const folder = dist[0] ?? build();
const flags = [`--max-old-space-size=${heap}`];

interface Times {
	plan: number;
	minimum: number;
}

async function timesOf(records: number, linked: boolean): Promise<Times> {
	const args = ['time', folder, String(records), String(linked), String(seed)];
	const lines = await inChild(new URL('./lib/growthChild.mts', import.meta.url), args, flags);
	return JSON.parse(entryAt(lines, -1)) as Times;
}

/** Small, large, small, large …: a busy machine slows both. */
async function timeRow(name: string, linked: boolean): Promise<string[]> {
	const turns: Array<{ small: Times; large: Times }> = [];
	for (let round = 0; round < rounds; round++) {
		process.stderr.write(`Time, ${name}, turn ${round + 1} of ${rounds} …\n`);
		turns.push({ small: await timesOf(from, linked), large: await timesOf(to, linked) });
	}
	const growthOf = (what: keyof Times) =>
		times(median(turns.map(({ small, large }) => large[what] / small[what])));
	return [
		name,
		milliseconds(median(turns.map(({ small }) => small.plan))),
		milliseconds(median(turns.map(({ large }) => large.plan))),
		growthOf('plan'),
		growthOf('minimum'),
	];
}

async function memoryRow(name: string, records: number, linked: boolean): Promise<string[]> {
	process.stderr.write(`Memory, ${name}, ${count(records)} …\n`);
	const args = [folder, String(records), String(linked), String(seed)];
	const peak = await measurePeak(args, flags, records * step);
	const bytes = (value: number, among: number) => (value / among).toFixed(0);
	return [
		`${name}, ${count(records)}`,
		bytes(peak.alive, 2 * records),
		bytes(peak.standing, 2 * records),
		bytes(peak.alive, records),
		bytes(peak.kept, 2 * records),
		String(peak.collections),
	];
}

const situations: Array<[string, boolean]> = [
	['everything in sync', true],
	['first link', false],
];
const timeRows: string[][] = [];
for (const [name, linked] of situations) timeRows.push(await timeRow(name, linked));
printTable(
	`Time of plan from ${count(from)} to ${count(to)} records a side, ${times(to / from)} as many, ${rounds} turns`,
	['scenario', 'small ms', 'large ms', 'ratio', 'minimum grows'],
	timeRows,
);
const memoryRows: string[][] = [];
for (const [name, linked] of situations) {
	for (const records of [from, to]) memoryRows.push(await memoryRow(name, records, linked));
}
printTable(
	'Peak memory of plan above its input, bytes; a record is one of either side',
	['scenario', 'a record', 'with garbage', 'a person', 'kept a record', 'looks'],
	memoryRows,
);
