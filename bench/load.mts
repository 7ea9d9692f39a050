/** What a first link, a day of edits and an idle run take on the real n8n: calls, bytes, time, memory, growth of the database. */
import { writeFileSync } from 'node:fs';

import { openLoadStage, recommended, type LoadSettings } from './lib/loadStage.mts';
import type { Measured } from './lib/ownCosts.mts';
import { readOptions } from './lib/options.mts';
import { pageMinimum } from './lib/pageMinimum.mts';
import { playPhases, type Figures } from './lib/phases.mts';
import { linksSaved } from './lib/linksSaved.mts';
import type { Saving } from './lib/productionRun.mts';
import { count, mebibytes, printTable, seconds } from './lib/table.mts';

const options = readOptions({ people: 10_000, edits: 1 });
const { people, edits } = options.numbers;
const aSide = Math.ceil((people * edits) / 100);
/** What the Wix node keeps to unless somebody chooses otherwise. */
const CALLS_A_MINUTE = 180;

interface Contender {
	name: string;
	saving: Saving;
	more: LoadSettings['more'];
}

const contenders: Contender[] = [
	{ name: 'as docs/scaling.md recommends', saving: 'none', more: recommended },
	{ name: "n8n's defaults", saving: 'all', more: {} },
];

interface Outcome {
	figures: Figures[];
	links: number;
	gives: string;
}

async function measure({ saving, more }: Contender): Promise<Outcome> {
	const stage = await openLoadStage({ people, package: options.package, more });
	try {
		const { path } = await stage.importSync(saving);
		const [contacts, users] = await Promise.all([
			stage.servers.wix.records(),
			stage.servers.users.records(),
		]);
		let links = 0;
		const figures = await playPhases(stage, path, aSide, async (phase) => {
			if (phase === 'first link') links = await linksSaved(stage);
		});
		const least = pageMinimum(contacts.size, users.size);
		const gives = `${count(contacts.size)} contacts, ${count(users.size)} users, ${count(links)} links after the first run; ${count(aSide)} edits a side; to read all takes at least ${least.wix} + ${least.users} calls`;
		return { figures, links, gives };
	} finally {
		await stage.close();
	}
}

const row = (figures: Figures): string[] => [
	figures.phase,
	count(figures.wixCalls),
	count(figures.userCalls),
	count(figures.writes),
	mebibytes(figures.bytesSent),
	mebibytes(figures.bytesReceived),
	seconds(figures.milliseconds),
	seconds((figures.wixCalls / CALLS_A_MINUTE) * 60_000),
	mebibytes(figures.before),
	mebibytes(figures.peak),
	mebibytes(figures.heap),
	mebibytes(figures.growth),
];

const written: Measured = { people, edits: aSide, links: 0, measured: {} };
for (const contender of contenders) {
	const { figures, links, gives } = await measure(contender);
	written.measured[contender.name] = figures;
	written.links = links;
	printTable(
		`${contender.name}\n${gives}`,
		[
			'run',
			'Wix calls',
			'user calls',
			'writes',
			'MiB sent',
			'MiB received',
			's',
			`s at ${CALLS_A_MINUTE} Wix calls/min`,
			'MiB before',
			'peak MiB',
			'heap MiB',
			'database +MiB',
		],
		figures.map(row),
	);
}
if (options.measured !== undefined)
	writeFileSync(options.measured, JSON.stringify(written, undefined, '\t'));
process.exit(0);
