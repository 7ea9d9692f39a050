import { setTimeout as wait } from 'node:timers/promises';
import { readTable } from '../../runtime/dataTables.mts';
import { failureOf, outputOf, runByHand, type Execution } from '../../runtime/executions.mts';
import { seededRandom } from '../../sandbox/control/random.mts';
import { flows } from '../../sandbox/demo/flow.mts';
import { sameAddress, wixAddress } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { OUTPUT, STEP, withParameters, type TemplateNode } from '../../sandbox/demo/template.mts';
import {
	lookAround,
	REVIEW_TABLE,
	type LinkRow,
	type ReviewRow,
} from '../../sandbox/demo/world.mts';
import { plainLinks } from './plainLinks.mts';
import { endLeases, importWorkflow, isIdle, settle, writesOf, type Bench } from './workflows.mts';

const SYNC = 'sync-wix-contacts-and-users.json';
/** Edits in a round, half of them before the runs, half while they go on. */
const EDITS = 16;

/** How much is done: `OVERLAP_ROUNDS` and `OVERLAP_PEOPLE`. */
export const sizes = {
	rounds: Number(process.env.OVERLAP_ROUNDS || 2),
	people: Number(process.env.OVERLAP_PEOPLE || 80),
};

/** Each contact is one request, so that the servers count what was written. */
const oneByOne = (node: TemplateNode): TemplateNode =>
	node.name === flows.contacts.writeWix ? withParameters(node, { write: 'oneByOne' }) : node;

/** So many runs by hand, each begun so long after the one before, whether that has ended or not. */
export async function startRuns(
	{ calls }: Bench,
	workflowId: string,
	{ runs, apartMs }: { runs: number; apartMs: number },
): Promise<Execution[]> {
	const starts = Array.from({ length: runs }, async (_, index) => {
		await wait(index * apartMs);
		return await runByHand(calls, workflowId, STEP.byHand);
	});
	return await Promise.all(starts);
}

/** The largest number of runs that were going on at one moment, by n8n's own times. */
export function sideBySideOf(executions: readonly Execution[]): number {
	const during = executions.map(
		({ startedAt }) =>
			executions.filter(
				(other) => other.startedAt <= startedAt && startedAt < (other.stoppedAt ?? other.startedAt),
			).length,
	);
	return Math.max(0, ...during);
}

/** What came of rounds of runs that overlap. */
export interface OverlapResult {
	/** Edits of persons. Each is one write to the other side. */
	edits: number;
	/** Edits that are not on both sides in the end. */
	lost: string[];
	/** Writing requests that the servers saw. */
	writes: number;
	/** Questions about an edit: each person edits one side only. */
	conflicts: number;
	/** Rows that a run meant to save and another one had saved. */
	raced: number;
	sideBySide: number;
	failures: string[];
}

/** Rounds of three runs of one flow, while people edit. Everybody is linked before. */
export async function overlappingRuns(bench: Bench, apartMs: number): Promise<OverlapResult> {
	const workflowId = await importWorkflow(bench, SYNC, oneByOne);
	await settle(bench, workflowId);
	const pool = await agreeing(bench);
	if (pool.length < EDITS) throw new Error(`Too few people: ${pool.length}`);
	const result: OverlapResult = {
		...{ edits: 0, lost: [], writes: 0, conflicts: 0, raced: 0, sideBySide: 0, failures: [] },
	};
	await behave(bench, { answerAfterMs: 100 });
	const before = await writesOf(bench);
	const random = seededRandom(apartMs + 1);
	const wanted = new Map<LinkRow, string>();
	const asked = new Set<string>();
	for (let round = 0; round < sizes.rounds; round++) {
		const people = pool.slice(0, EDITS);
		pool.push(...pool.splice(0, EDITS));
		const edit = async (link: LinkRow, index: number) => {
			const address = `round.${round}.${index}@example.org`;
			wanted.set(link, address);
			await editOneSide(bench, link, address, index % 2 === 0);
		};
		for (const [index, link] of people.entries()) if (index < EDITS / 2) await edit(link, index);
		const editing = async () => {
			for (const [index, link] of people.entries()) {
				if (index < EDITS / 2) continue;
				await wait(random() * (apartMs / 2 + 300));
				await edit(link, index);
			}
		};
		const [executions] = await Promise.all([
			startRuns(bench, workflowId, { runs: 3, apartMs }),
			editing(),
		]);
		result.edits += people.length;
		result.sideBySide = Math.max(result.sideBySide, sideBySideOf(executions));
		result.raced += executions.reduce((sum, each) => sum + racedIn(each), 0);
		result.failures.push(...executions.flatMap((each) => failureOf(each) ?? []));
		for (const each of await conflictsIn(bench)) asked.add(each);
		await settle(bench, workflowId);
	}
	await behave(bench, { answerAfterMs: 0 });
	result.writes = (await writesOf(bench)) - before;
	result.lost = await missing(bench, wanted);
	for (const each of await conflictsIn(bench)) asked.add(each);
	result.conflicts = asked.size;
	return result;
}

async function conflictsIn({ calls }: Bench): Promise<string[]> {
	const questions = await readTable<ReviewRow>(calls, REVIEW_TABLE);
	return questions.filter(({ reason }) => reason === 'bothEdited').map(({ reviewId }) => reviewId);
}

const behave = async ({ servers }: Bench, switches: Record<string, number>) => {
	for (const server of [servers.wix, servers.users]) await server.behave(switches);
};

const racedIn = (execution: Execution): number =>
	outputOf(execution, STEP.plan, OUTPUT.changedLinks).length -
	outputOf(execution, 'Save changed links').filter(({ json }) => json.id !== undefined).length;

async function editOneSide(
	{ servers }: Bench,
	{ wixId, userId }: LinkRow,
	address: string,
	inWix: boolean,
): Promise<void> {
	if (inWix) await servers.wix.edit(wixId, flows.contacts.address, address);
	else await servers.users.edit(userId, USER_EMAIL, address);
}

/** Plain pairs whose two sides agree. */
async function agreeing({ servers, calls }: Bench): Promise<LinkRow[]> {
	const world = await lookAround(servers, calls);
	return plainLinks(world).filter(({ wixId, userId }) =>
		sameAddress(wixAddress(world.wix.get(wixId)), world.system.addressOf(world.users.get(userId))),
	);
}

async function missing(
	{ servers, calls }: Bench,
	wanted: ReadonlyMap<LinkRow, string>,
): Promise<string[]> {
	const { wix, users, system } = await lookAround(servers, calls);
	return [...wanted].flatMap(([{ wixId, userId }, address]) => {
		const held = [wixAddress(wix.get(wixId)), system.addressOf(users.get(userId))];
		return held.every((each) => each === address) ? [] : [`${address}: ${held.join(', ')}`];
	});
}

/** Runs until everything is done, two at a time, with a wait between for what shows late. @returns how long each took, in seconds */
export async function settleInPairs(
	bench: Bench,
	workflowId: string,
	lagMs: number,
): Promise<number[]> {
	const seconds: number[] = [];
	for (let pairs = 0; pairs < 8; pairs++) {
		await wait(lagMs);
		await endLeases(bench);
		const executions = await startRuns(bench, workflowId, { runs: 2, apartMs: 1000 });
		for (const { startedAt, stoppedAt } of executions) {
			seconds.push((Date.parse(stoppedAt ?? '') - Date.parse(startedAt)) / 1000);
		}
		if (executions.every((each) => isIdle(each))) return seconds;
	}
	throw new Error('Eight pairs of runs and still something to do.');
}
