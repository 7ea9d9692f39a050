/** How long many people take by the limits that the services publish, and what it is that limits. Nothing is run. */
import { readFileSync } from 'node:fs';

import { ownCostsOf, type Measured } from './lib/ownCosts.mts';
import { readOptions } from './lib/options.mts';
import { simulate, userSystems, type OwnCosts, type Work } from './lib/simulate.mts';
import { count, printTable } from './lib/table.mts';

/** `edits`: percent of the people with a new address, a side. `missing`: percent of users that are made. `answer`: milliseconds of a call. */
const options = readOptions({ people: 1_000_000, edits: 1, missing: 10, answer: 200 });
const { people, edits, missing, answer } = options.numbers;

/** Of a run with 10,000 people on two busy cores; `--measured FILE` takes those of another run. */
const measuredHere: OwnCosts = { run: 0, person: 0.28, link: 0.1, change: 50 };

function ownCosts(): OwnCosts {
	if (options.measured === undefined) return measuredHere;
	const file = JSON.parse(readFileSync(options.measured, 'utf8')) as Measured;
	const [figures = []] = Object.values(file.measured);
	return ownCostsOf(file, figures);
}

const own = ownCosts();
const sizes = [...new Set([10_000, 100_000, people])];
const percent = (of: number, share: number) => Math.ceil((of * share) / 100);
const nobody = { wix: 0, users: 0 };
const jobs: Array<[string, (size: number) => Work]> = [
	['first link', (size) => ({ people: size, newLinks: size, writes: nobody })],
	[
		`first link, ${missing} % of the users made`,
		(size) => ({
			people: size,
			newLinks: size,
			writes: { wix: 0, users: percent(size, missing) },
		}),
	],
	[
		`a day, ${edits} % edited a side`,
		(size) => ({
			people: size,
			newLinks: 0,
			writes: { wix: percent(size, edits), users: percent(size, edits) },
		}),
	],
];

/** 45 s, 12 min, 3.4 h. */
function duration(milliseconds: number): string {
	const seconds = milliseconds / 1000;
	if (seconds < 90) return `${seconds.toFixed(0)} s`;
	if (seconds < 5400) return `${(seconds / 60).toFixed(0)} min`;
	return `${(seconds / 3600).toFixed(1)} h`;
}

for (const users of userSystems) {
	const rows = jobs.flatMap(([name, workOf]) =>
		sizes.map((size) => {
			const found = simulate(workOf(size), { users, answer, own });
			const workers = found.limit.startsWith('users') ? found.userWorkers : found.wixWorkers;
			return [
				`${name}, ${count(size)}`,
				count(found.wixCalls),
				count(found.userCalls),
				duration(found.wix),
				duration(found.users),
				duration(found.own),
				duration(found.whole),
				found.limit,
				found.limit === 'n8n' ? '–' : workers === undefined ? 'no limit known' : count(workers),
			];
		}),
	);
	printTable(
		`Wix contacts and ${users.name}, ${answer} ms a call, n8n ${own.person.toFixed(2)} ms a person, ${own.link.toFixed(2)} a new link, ${own.change.toFixed(0)} a change`,
		[
			'run, people a side',
			'Wix calls',
			'user calls',
			'Wix',
			users.name,
			'n8n',
			'whole',
			'what limits',
			'workers to reach the limit',
		],
		rows,
	);
}
