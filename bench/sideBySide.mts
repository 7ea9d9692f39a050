/** The template beside the same job out of n8n's built-in nodes, and beside a program without n8n: one n8n, in turns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startAfresh } from '../sandbox/demo/startAfresh.mts';
import { builtInSync } from './lib/builtInSync.mts';
import { editPeople } from './lib/dayEdits.mts';
import { build } from './lib/engine.mts';
import { openLoadStage, recommended, type LoadStage } from './lib/loadStage.mts';
import { readOptions } from './lib/options.mts';
import { phases, type Phase } from './lib/phaseNames.mts';
import { activateSaving, runInProduction, startedByWebhook } from './lib/productionRun.mts';
import { scriptSync } from './lib/scriptSync.mts';
import { count, printTable, seconds, times } from './lib/table.mts';
import { median } from './lib/timing.mts';

/** `answer`: milliseconds until servers that are far away begin to answer; the near ones take about one. */
const options = readOptions({ people: 10_000, edits: 1, rounds: 3, answer: 200 });
const { people, edits, rounds, answer } = options.numbers;
const aSide = Math.ceil((people * edits) / 100);
const dist = options.dist[0] ?? build();

/** One way to do the job. */
interface Contender {
	name: 'template' | 'built-in nodes' | 'script';
	/** One run. */
	run: () => Promise<unknown>;
	/** Before each first link. */
	forget: () => void;
}

interface Turn {
	milliseconds: number;
	calls: number;
}

async function contendersOn(stage: LoadStage, folder: string): Promise<Contender[]> {
	const { servers, calls, url } = stage;
	const [wixUrl, usersUrl] = [new URL(servers.wix.url).origin, new URL(servers.users.url).origin];
	const nothing = () => undefined;

	const sync = await stage.importSync('none');
	const { path } = startedByWebhook();
	const { name, nodes, connections, settings } = JSON.parse(
		builtInSync(path, wixUrl, usersUrl),
	) as Record<string, unknown>;
	const body = { name, nodes, connections, settings };
	const { id } = await calls.api<{ id: string }>('POST', '/workflows', body);
	await activateSaving(calls, id, 'none');
	const file = join(folder, 'links.json');
	const script = scriptSync(dist, { wixUrl, usersUrl, file });
	return [
		{ name: 'template', run: async () => await runInProduction(url, sync.path), forget: nothing },
		{ name: 'built-in nodes', run: async () => await runInProduction(url, path), forget: nothing },
		{ name: 'script', run: script, forget: () => rmSync(file, { force: true }) },
	];
}

async function callsSeen({ servers }: LoadStage): Promise<number> {
	const [wix, users] = await Promise.all([servers.wix.requests(), servers.users.requests()]);
	return wix.total + users.total;
}

/** Addresses of the day of edits that are on one side only. */
async function addressesApart({ servers }: LoadStage): Promise<number> {
	const [contacts, users] = await Promise.all([servers.wix.records(), servers.users.records()]);
	const edited = (address: string) => address.startsWith('day.');
	const inWix = new Set<string>();
	const inUsers = new Set<string>();
	for (const contact of contacts.values()) {
		const address = String((contact.primaryInfo as { email?: string } | undefined)?.email ?? '');
		if (edited(address)) inWix.add(address);
	}
	for (const user of users.values()) {
		const address = servers.system.addressOf(user);
		if (edited(address)) inUsers.add(address);
	}
	const apart = [...inWix].filter((address) => !inUsers.has(address)).length;
	return apart + [...inUsers].filter((address) => !inWix.has(address)).length;
}

/** All phases of one contender on fresh servers and tables; the servers take `answerAfterMs` before they answer. */
async function turnOf(
	stage: LoadStage,
	contender: Contender,
	answerAfterMs: number,
): Promise<{ turns: Map<Phase, Turn>; apart: number }> {
	await startAfresh(stage.calls, stage.servers);
	contender.forget();
	for (const server of [stage.servers.wix, stage.servers.users])
		await server.behave({ answerAfterMs });
	const turns = new Map<Phase, Turn>();
	for (const phase of phases) {
		if (phase === 'day of edits') await editPeople(stage.servers, aSide, 1);
		const seen = await callsSeen(stage);
		const start = performance.now();
		await contender.run();
		const milliseconds = performance.now() - start;
		turns.set(phase, { milliseconds, calls: (await callsSeen(stage)) - seen });
	}
	return { turns, apart: await addressesApart(stage) };
}

const distances = [
	{ name: 'servers near', answerAfterMs: 0 },
	{ name: `${answer} ms a call`, answerAfterMs: answer },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const stage = await openLoadStage({ people, package: options.package, more: recommended });
try {
	const contenders = await contendersOn(stage, folder);
	const names = contenders.map(({ name }) => name);
	const left = new Map<Contender['name'], number>();
	const play = async (answerAfterMs: number, round: number) => {
		const turns = new Map<Contender['name'], Map<Phase, Turn>>();
		for (const contender of contenders) {
			process.stderr.write(
				`${contender.name}, ${answerAfterMs} ms, turn ${round} of ${rounds} …\n`,
			);
			const done = await turnOf(stage, contender, answerAfterMs);
			turns.set(contender.name, done.turns);
			left.set(contender.name, done.apart);
		}
		return turns;
	};
	// The first round, in which nothing is warm yet, does not count
	await play(0, 0);
	for (const { name: distance, answerAfterMs } of distances) {
		const all: Array<Map<Contender['name'], Map<Phase, Turn>>> = [];
		for (let round = 1; round <= rounds; round++) all.push(await play(answerAfterMs, round));
		const turnsOf = (name: Contender['name'], phase: Phase): Turn[] =>
			all.flatMap((turns) => turns.get(name)?.get(phase) ?? []);
		const middle = (name: Contender['name'], phase: Phase) =>
			median(turnsOf(name, phase).map(({ milliseconds }) => milliseconds));
		const callsOf = (name: Contender['name'], phase: Phase) =>
			median(turnsOf(name, phase).map(({ calls }) => calls));
		const rows = phases.map((phase) => [
			phase,
			...names.map((name) => seconds(middle(name, phase))),
			times(middle('template', phase) / middle('script', phase)),
			times(middle('built-in nodes', phase) / middle('template', phase)),
			...names.map((name) => count(callsOf(name, phase))),
		]);
		printTable(
			`${count(people)} people a side, ${count(aSide)} edits a side, ${distance}, medians of ${rounds} turns`,
			[
				'run',
				...names.map((name) => `${name} s`),
				'template/script',
				'built-in/template',
				...names.map((name) => `${name} calls`),
			],
			rows,
		);
	}
	for (const [name, apart] of left)
		console.log(`${name}: ${count(apart)} of ${count(aSide * 2)} edits are on one side only`);
} finally {
	await stage.close();
	rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
