/** The same two jobs on one n8n and in queue mode: a back fill in slices, and a first link of the members, after each other and at once. */
import { startAfresh } from '../sandbox/demo/startAfresh.mts';
import { withPlan, type TemplateNode } from '../sandbox/demo/template.mts';
import { executionsIn } from '../runtime/workerLog.mts';
import { openLoadStage, recommended, type LoadStage, type Sync } from './lib/loadStage.mts';
import { readOptions } from './lib/options.mts';
import { runInProduction } from './lib/productionRun.mts';
import { watchAnswers, type Responsiveness } from './lib/responsiveness.mts';
import { count, mebibytes, milliseconds, printTable, seconds, times } from './lib/table.mts';

/** `answer`: milliseconds until the servers begin to answer. */
const options = readOptions({ people: 3_000, slice: 25, answer: 200 });
const { people, slice, answer } = options.numbers;

const settings = [
	{ name: 'one n8n, SQLite', workers: 0 },
	{ name: 'queue mode, 1 worker', workers: 1 },
	{ name: 'queue mode, 2 workers', workers: 2 },
];

/** Users are made for who has none; contacts of members are left to the other job. */
const inSlices = (node: TemplateNode): TemplateNode =>
	withPlan(node, {
		createMissing: 'users',
		memberContacts: 'leaveAlone',
		writesPerRun: slice,
		options: { guard: false },
	});

/** A first link is more than a guard lets through. */
const ofMembers = (node: TemplateNode): TemplateNode =>
	withPlan(node, { createMissing: 'users', options: { guard: false } });

interface Outcome {
	slices: number;
	afterEachOther: number;
	atOnce: number;
	answers: Responsiveness;
	main: number | undefined;
	workers: Array<{ peak: number | undefined; runs: number }>;
}

/** A first run that links, then slice after slice until one writes nothing. @returns how many wrote */
async function backFill({ url, servers }: LoadStage, { path }: Sync): Promise<number> {
	await runInProduction(url, path);
	for (let slices = 0; ; slices++) {
		const { writes } = await servers.users.requests();
		await runInProduction(url, path);
		if ((await servers.users.requests()).writes === writes) return slices;
	}
}

async function play(workers: number): Promise<Outcome> {
	const stage = await openLoadStage({
		people,
		package: options.package,
		more: recommended,
		workers,
	});
	try {
		const contacts = await stage.importFrom('sync-wix-contacts-and-users.json', 'none', inSlices);
		const members = await stage.importFrom('sync-wix-members-and-users.json', 'none', ofMembers);
		const afresh = async () => {
			await startAfresh(stage.calls, stage.servers);
			for (const server of [stage.servers.wix, stage.servers.users])
				await server.behave({ answerAfterMs: answer });
		};
		const timed = async <T,>(work: () => Promise<T>) => {
			const start = performance.now();
			const result = await work();
			return { result, took: performance.now() - start };
		};
		/** The run that links sends nothing: the next one does. */
		const linkMembers = async () => {
			for (let runs = 0; runs < 2; runs++) await runInProduction(stage.url, members.path);
		};

		await afresh();
		const oneByOne = await timed(async () => {
			const slices = await backFill(stage, contacts);
			await linkMembers();
			return slices;
		});
		await afresh();
		const { result: together, answers } = await watchAnswers(
			stage.url,
			async () =>
				await timed(async () => await Promise.all([backFill(stage, contacts), linkMembers()])),
		);
		return {
			slices: oneByOne.result,
			afterEachOther: oneByOne.took,
			atOnce: together.took,
			answers,
			main: stage.memory.peak(),
			workers: stage.workers.map((worker, index) => ({
				peak: stage.workerMemory[index]?.peak(),
				runs: executionsIn(worker, 'finished').length,
			})),
		};
	} finally {
		await stage.close();
	}
}

const rows: string[][] = [];
for (const { name, workers } of settings) {
	process.stderr.write(`${name} …\n`);
	const outcome = await play(workers);
	rows.push([
		name,
		count(outcome.slices),
		seconds(outcome.afterEachOther),
		seconds(outcome.atOnce),
		times(outcome.afterEachOther / outcome.atOnce),
		milliseconds(outcome.answers.usually),
		milliseconds(outcome.answers.longest),
		mebibytes(outcome.main),
		outcome.workers.map(({ peak }) => mebibytes(peak)).join(' + ') || '–',
		outcome.workers.map(({ runs }) => count(runs)).join(' + ') || '–',
	]);
}
printTable(
	`${count(people)} people a side, slices of ${slice}, ${answer} ms a call: a back fill of the contacts and a first link of the members`,
	[
		'n8n',
		'slices',
		's after each other',
		's at once',
		'gain',
		'ms an answer, 95 %',
		'longest ms',
		'peak MiB, main',
		'workers',
		'runs of each',
	],
	rows,
);
process.exit(0);
