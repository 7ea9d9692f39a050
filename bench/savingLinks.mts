/** What n8n's Data Tables take for links: ways to add, change and remove rows, and to lay them out before, on SQLite and PostgreSQL. */
import { Cleanup, endOnSignals } from '../sandbox/demo/cleanup.mts';
import { openSession } from '../sandbox/demo/session.mts';
import {
	adding,
	changing,
	emptyLinksTable,
	layingOut,
	timeLinkWork,
	type LinkWork,
} from './lib/linkSteps.mts';
import { readOptions } from './lib/options.mts';
import { postgresForN8n } from './lib/postgresN8n.mts';
import { count, milliseconds, printTable } from './lib/table.mts';

/** `changed`: at most so many rows are changed one by one, which takes minutes. */
const options = readOptions({ from: 1_000, to: 10_000, changed: 1_000 });
const { from, to, changed } = options.numbers;
const sizes = [...new Set([from, to])];

const cleanup = new Cleanup();
endOnSignals(cleanup, () => 130);

async function measure(more: Record<string, string>): Promise<Array<[LinkWork, string[]]>> {
	const ofDatabase = new Cleanup();
	cleanup.add(async () => await ofDatabase.run());
	const session = { port: 0, more, ...(options.package ? { package: options.package } : {}) };
	const { calls, server } = await openSession(session, ofDatabase);
	const cells = new Map<LinkWork, string[]>();
	const time = async (work: LinkWork, rows: number, tableId: string) => {
		process.stderr.write(`${work.name}, ${rows} …\n`);
		const taken = await timeLinkWork(calls, server.url, work, rows, tableId);
		const both = [milliseconds(taken), (taken / rows).toFixed(2)];
		cells.set(work, [...(cells.get(work) ?? []), count(rows), ...both]);
	};
	for (const rows of sizes) {
		let tableId = '';
		for (const work of layingOut) await time(work, rows, tableId);
		for (const work of adding) {
			tableId = await emptyLinksTable(calls, server.url);
			await time(work, rows, tableId);
		}
		for (const work of changing) await time(work, Math.min(rows, changed), tableId);
	}
	await ofDatabase.run();
	return [...cells];
}

try {
	// One after the other: the end of an n8n ends every program that was started here
	const databases: Array<[string, () => Promise<Record<string, string> | undefined>]> = [
		['SQLite', async () => ({})],
		['PostgreSQL', async () => await postgresForN8n(cleanup)],
	];
	for (const [name, start] of databases) {
		const more = await start();
		if (more === undefined) continue;
		const rows = (await measure(more)).map(([work, cells]) => [work.name, ...cells]);
		const header = sizes.flatMap((size) => [`of ${count(size)}`, 'ms', 'ms a row']);
		printTable(`Links in n8n's Data Tables on ${name}`, ['way', ...header], rows);
	}
} finally {
	await cleanup.run();
}
process.exit(0);
