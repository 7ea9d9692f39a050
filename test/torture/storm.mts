import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, runByHand } from '../../runtime/executions.mts';
import { faultKinds } from '../../sandbox/control/faults.mts';
import { seededRandom } from '../../sandbox/control/random.mts';
import { countsInWords } from '../../sandbox/demo/table.mts';
import { totals } from '../../sandbox/demo/compare.mts';
import { flows, type FlowName } from '../../sandbox/demo/flow.mts';
import { wixAddress } from '../../sandbox/demo/records.mts';
import { STEP, type TemplateNode } from '../../sandbox/demo/template.mts';
import { endLeases, importWorkflow, writesOf } from '../e2e/workflows.mts';
import { Editors } from '../../sandbox/demo/editors.mts';
import { endingOf, lostEdits, madeTwice, type LostEdit } from './ledger.mts';
import { populate, type Stage } from './stage.mts';
import { StormOfFaults } from './stormOfFaults.mts';

/** More runs than any storm should leave work for. */
const MOST_RUNS = 8;
/** Rounds beyond the planned ones, with the kinds of faults that did not strike in those. */
const MOST_FURTHER = 8;
/** A run that takes longer hangs. */
const RUN_MS = 4 * 60_000;

export interface StormPlan {
	seed: number;
	people: number;
	/** Edits on each side before each run, and while it goes. */
	edits: number;
	/** Runs while it storms, at least: it goes on until every kind of fault has struck. */
	rounds: number;
	flows: readonly FlowName[];
	/** Users are made for contacts that have none. */
	creates: boolean;
	/** Contacts are written one by one, not in bulk. */
	oneByOne: boolean;
}

export interface StormResult {
	seed: number;
	what: string;
	edits: number;
	/** Requests that the servers saw, and calls that went wrong by kind. */
	requests: number;
	faults: Record<string, number>;
	/** How the runs in the storm ended. */
	stormRuns: string[];
	/** Runs after it until one had nothing left to do. */
	runsAfter: number;
	writes: number;
	lastRunWrites: number;
	pairs: Record<'agree' | 'inReview' | 'differ', number>;
	lost: LostEdit[];
	twice: string[];
	longestRunSeconds: number;
}

const templateOf = (flows: readonly FlowName[]) =>
	flows.length === 2
		? 'sync-wix-contacts-members-and-users.json'
		: `sync-wix-${flows[0]}-and-users.json`;

const adjusting =
	({ creates, oneByOne }: StormPlan) =>
	(node: TemplateNode): TemplateNode => {
		const { parameters } = node;
		if (creates && node.type.endsWith('.matchAndMap')) {
			// The guard would stop a first run that makes many users
			const options = { ...(parameters.options as object), guard: false };
			return { ...node, parameters: { ...parameters, createMissing: 'users', options } };
		}
		const writes = node.name === flows.contacts.writeWix;
		return oneByOne && writes
			? { ...node, parameters: { ...parameters, write: 'oneByOne' } }
			: node;
	};

/** The servers fail every fifth call in every way, people edit on both sides, and the workflow runs; then it is calm. */
export async function storm(stage: Stage, plan: StormPlan): Promise<StormResult> {
	const { seed, people, flows: names } = plan;
	const { servers, calls } = stage;
	await populate(stage, seed, people);
	const before = {
		users: new Set((await servers.users.records()).keys()),
		contacts: new Set((await servers.wix.records()).keys()),
	};
	const workflowId = await importWorkflow(stage, templateOf(names), adjusting(plan));
	const editors = await Editors.begin(servers, seed, plan.edits * plan.rounds * 2);
	let longest = 0;
	const run = async () => {
		// A storm of minutes: what the run before announced is free again
		await endLeases(stage);
		const startedAt = Date.now();
		const execution = await runByHand(calls, workflowId, STEP.byHand, RUN_MS);
		longest = Math.max(longest, (Date.now() - startedAt) / 1000);
		return failureOf(execution) ?? 'success';
	};

	const faults = new StormOfFaults(servers, seed);
	await faults.begin();
	const stormRuns: string[] = [];
	const random = seededRandom(seed + 2);
	for (let round = 0; round < plan.rounds + MOST_FURTHER; round++) {
		if (round >= plan.rounds) {
			const missing = await faults.missing();
			if (missing.length === 0) break;
			await faults.begin(missing);
		}
		// The first run links; from the second one on there is something to keep in sync
		if (round > 0) await editors.edit(plan.edits);
		const [ended] = await Promise.all([run(), editMeanwhile(editors, plan.edits / 2, random)]);
		stormRuns.push(ended);
	}
	const struck = await faults.end();

	let runsAfter = 0;
	let lastRunWrites: number;
	do {
		const writes = await writesOf(stage);
		const ended = await run();
		runsAfter++;
		lastRunWrites = ended === 'success' ? (await writesOf(stage)) - writes : Infinity;
	} while (lastRunWrites > 0 && runsAfter < MOST_RUNS);

	const ending = await endingOf(stage, names);
	const [wix, users] = [await servers.wix.requests(), await servers.users.requests()];
	const { made } = editors;
	await calls.api('DELETE', `/workflows/${workflowId}`);
	return {
		seed,
		what: [
			names.join(' + '),
			...(plan.creates ? ['creating users'] : []),
			...(plan.oneByOne ? ['one by one'] : []),
		].join(', '),
		edits: made.length,
		requests: wix.total + users.total,
		faults: struck,
		stormRuns,
		runsAfter,
		writes: wix.writes + users.writes,
		lastRunWrites,
		pairs: totals(ending.pairs),
		lost: lostEdits(made, ending),
		twice: [
			...madeTwice(before.users, ending.users, ending.addressOf, made),
			...madeTwice(before.contacts, ending.contacts, wixAddress, made),
		],
		longestRunSeconds: Math.round(longest),
	};
}

/** Some edits right after one another, some with a pause, none waiting for the run to end. */
async function editMeanwhile(editors: Editors, edits: number, random: () => number): Promise<void> {
	for (let made = 0; made < edits; made++) {
		await wait(Math.floor(random() * 150));
		await editors.editOne(random() < 0.5 ? 'wix' : 'users');
	}
}

/** What has to be so after every storm. */
export function expectCalm(result: StormResult): void {
	expect(result.lastRunWrites).toBe(0);
	expect(result.pairs.differ).toBe(0);
	expect(result.pairs.agree).toBeGreaterThan(0);
	expect(result.lost).toEqual([]);
	expect(result.twice).toEqual([]);
	expect(Object.keys(result.faults).sort()).toEqual([...faultKinds].sort());
}

/** One line of the table at the end. */
export const stormRow = (result: StormResult): Record<string, string | number> => ({
	seed: result.seed,
	flows: result.what,
	requests: result.requests,
	faults: countsInWords(result.faults),
	'runs in it that failed': result.stormRuns.filter((ended) => ended !== 'success').length,
	'runs after it': result.runsAfter,
	'longest run, s': result.longestRunSeconds,
	writes: result.writes,
	edits: result.edits,
	'in review': result.pairs.inReview,
	differ: result.pairs.differ,
	doubles: result.twice.length,
	'lost edits': result.lost.length,
});
