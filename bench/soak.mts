/** Hundreds of runs with edits between them on one n8n that prunes: whether memory, database or the two sides drift. */
import { endLeases } from '../sandbox/demo/leases.mts';
import { comparePairs, totals, type ComparedPair } from '../sandbox/demo/compare.mts';
import { Editors, type PersonsEdit } from '../sandbox/demo/editors.mts';
import { lookAround } from '../sandbox/demo/world.mts';
import { heapOf } from './lib/heapWatch.mts';
import { rowsIn } from './lib/linksSaved.mts';
import { openLoadStage, recommended, type LoadStage } from './lib/loadStage.mts';
import { readOptions } from './lib/options.mts';
import { runInProduction } from './lib/productionRun.mts';
import { count, mebibytes, printTable } from './lib/table.mts';

const options = readOptions({ runs: 500, people: 1_000, edits: 5, every: 50, kept: 100, seed: 1 });
/** `edits`: on each side before each run. `every`: runs between two rows. `kept`: runs that n8n's pruning leaves. */
const { runs, people, edits, every, kept, seed } = options.numbers;
/** More runs than any rest should take. */
const MOST_TO_REST = 8;

/** n8n's own pruning; it looks every minute and deletes at once instead of once an hour and an hour later. */
const pruning = {
	EXECUTIONS_DATA_PRUNE: 'true',
	EXECUTIONS_DATA_PRUNE_MAX_COUNT: String(kept),
	EXECUTIONS_DATA_PRUNE_SOFT_DELETE_INTERVAL: '1',
	EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '1',
	EXECUTIONS_DATA_HARD_DELETE_BUFFER: '0',
};

const writesOf = async ({ servers }: LoadStage): Promise<number> => {
	const [wix, users] = [await servers.wix.requests(), await servers.users.requests()];
	return wix.writes + users.writes;
};

const stage = await openLoadStage({
	people,
	package: options.package,
	more: { ...recommended, ...pruning },
});
try {
	// Saved, so that there is something to prune
	const { path } = await stage.importSync('all');
	let made = 0;
	let typed: readonly PersonsEdit[] = [];
	/** By persons: there is nothing left to carry over. */
	const emptiedOnBothSides = ({ wixId, userId }: ComparedPair) =>
		[wixId, userId].every((id) => typed.filter((edit) => edit.id === id).at(-1)?.value === '');
	let leastHeap = Infinity;
	const run = async () => {
		// A quarter of an hour lies between two runs of a schedule
		await endLeases(stage.calls);
		await runInProduction(stage.url, path);
		made++;
		leastHeap = Math.min(leastHeap, (await heapOf(stage.url)) ?? Infinity);
	};
	/** Runs until one writes nothing. */
	const rest = async () => {
		for (let tries = 0; tries < MOST_TO_REST; tries++) {
			const before = await writesOf(stage);
			await run();
			if ((await writesOf(stage)) === before) return;
		}
		throw new Error(`${MOST_TO_REST} runs without edits, and still something to write`);
	};
	const row = async (): Promise<string[]> => {
		await rest();
		const pairs = comparePairs(await lookAround(stage.servers, stage.calls));
		const { inReview } = totals(pairs);
		const apart = pairs.filter((pair) => pair.verdict === 'differ' && !emptiedOnBothSides(pair));
		for (const { wix, user } of apart) {
			process.stderr.write(`Wix holds "${wix}", the users "${user}"\n`);
		}
		const [executions] = await stage.query(
			'SELECT count(*) AS n FROM execution_entity WHERE deletedAt IS NULL',
		);
		const cells = [
			count(made),
			mebibytes(stage.memory.now()),
			mebibytes(Number.isFinite(leastHeap) ? leastHeap : undefined),
			mebibytes(await stage.databaseSize()),
			count(Number(executions?.n)),
			count(await rowsIn(stage, 'wix_user_sync_links')),
			count(await rowsIn(stage, 'wix_user_sync_history')),
			count(inReview),
			count(apart.length),
		];
		leastHeap = Infinity;
		process.stderr.write(`${cells.join('  ')}\n`);
		return cells;
	};

	await run();
	const editors = await Editors.begin(stage.servers, seed, people);
	typed = editors.made;
	const rows = [await row()];
	for (let edited = 1; edited <= runs; edited++) {
		await editors.edit(edits);
		await run();
		if (edited % every === 0 || edited === runs) rows.push(await row());
	}
	printTable(
		`${count(runs)} runs with ${count(edits)} edits a side before each, ${count(people)} people, ${count(kept)} runs kept`,
		[
			'runs',
			'resident MiB',
			'least heap MiB',
			'database MiB',
			'executions',
			'links',
			'history',
			'in review',
			'drift',
		],
		rows,
	);
	console.log(`${count(editors.made.length)} edits`);
} finally {
	await stage.close();
}
process.exit(0);
