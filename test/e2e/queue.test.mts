import { setTimeout as wait } from 'node:timers/promises';
import type { Execution } from '../../runtime/executions.mts';
import { executionsIn } from '../../runtime/workerLog.mts';
import {
	activate,
	withParameters,
	withPlan,
	type TemplateNode,
} from '../../sandbox/demo/template.mts';
import { describeOverlap } from './overlapTests.mts';
import { editByTurns, heldBy, openQueueBench, runAtWork, type QueueBench } from './queue.mts';
import { until } from './triggers.mts';
import {
	endLeases,
	importWorkflow,
	linksOf,
	rowsUnderWay,
	run,
	settle,
	startAfresh,
	untilNoRun,
	writesOf,
} from './workflows.mts';

const EDITED = 24;

/** A worker that does not renew its hold on a run is taken for dead after this time; n8n's defaults are 60, 10 and 30 s. */
const soon = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};

let bench: QueueBench;
beforeAll(async () => {
	bench = await openQueueBench(120, soon);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

/** Every few seconds, and one write at a time: a kill then falls between two of them, and the servers count records. */
const everyFewSeconds = (node: TemplateNode): TemplateNode => {
	if (node.name === 'Write to Wix contacts') return withParameters(node, { write: 'oneByOne' });
	if (node.name !== 'Every 15 minutes') return node;
	return withParameters(node, {
		rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] },
	});
};

async function expectNothingDoubled(): Promise<void> {
	const links = await linksOf(bench);
	for (const key of ['linkId', 'wixId', 'userId'] as const) {
		const ids = links.map((link) => link[key]).filter((id) => id);
		expect([key, new Set(ids).size]).toEqual([key, ids.length]);
	}
}

it('runs the templates on the workers: contacts, then both flows; edits of both sides converge', async () => {
	const contacts = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
	await settle(bench, contacts);
	const first = await editByTurns(bench, 12, 'first');
	await settle(bench, contacts);
	expect(await heldBy(bench, first.links)).toEqual(first.addresses);

	const both = await importWorkflow(bench, 'sync-wix-contacts-members-and-users.json');
	for (let runs = 0; runs < 2; runs++) await run(bench, both);
	const second = await editByTurns(bench, 12, 'second');
	await endLeases(bench);
	await run(bench, both);
	expect(await heldBy(bench, second.links)).toEqual(second.addresses);
	await expectNothingDoubled();
});

it('creates in slices on the workers', async () => {
	const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
		withPlan(node, { createMissing: 'users', writesPerRun: 3, options: { guard: false } }),
	);
	const before = (await bench.servers.users.records()).size;
	await settle(bench, workflowId);
	const created = (await bench.servers.users.records()).size - before;
	expect(created).toBeGreaterThan(3);
	expect(await writesOf(bench)).toBe(created);
	await expectNothingDoubled();
});

describeOverlap(() => bench);

it('has run every execution on one of the workers', async () => {
	const { data } = await bench.calls.api<{ data: Execution[] }>('GET', '/executions?limit=250');
	const onWorkers = bench.n8n.workers.flatMap((worker) => executionsIn(worker, 'finished'));
	expect(onWorkers.sort()).toEqual(data.map(({ id }) => id).sort());
	expect(executionsIn(bench.server, 'started')).toEqual([]);
	expect(data.length).toBeGreaterThan(6);
});

describe('a worker that is killed while a scheduled run sends its changes', () => {
	/** Kills the worker in the middle of the writes, `also` at the same moment; what it was at, and when. */
	async function killTheWorker(workflowId: string, also?: () => Promise<void>) {
		const before = await writesOf(bench);
		await activate(bench.calls, workflowId);
		while ((await writesOf(bench)) - before < 7) await wait(2);
		const work = runAtWork(bench.n8n.workers);
		if (!work) throw new Error('No worker is at a run');
		await Promise.all([work.at.kill(), also?.()]);
		bench.n8n.workers.splice(bench.n8n.workers.indexOf(work.at), 1);
		// It was cut off before its end: otherwise this would prove nothing
		expect((await writesOf(bench)) - before).toBeLessThan(EDITED);
		return { before, killed: work.executionId };
	}

	/** The next runs leave its rows to their lease and do all else at once; after it, each edit has been written once. */
	async function expectFinished(
		workflowId: string,
		edits: Awaited<ReturnType<typeof editByTurns>>,
		{ before, killed }: { before: number; killed: string },
	): Promise<void> {
		const underWay = await rowsUnderWay(bench);
		expect(underWay.size).toBeGreaterThan(0);
		const busy = new Set([...underWay.keys(), ...edits.links.map(({ linkId }) => linkId)]);
		const others = await editByTurns(bench, 4, 'at-once', busy);
		const isDone = async () =>
			JSON.stringify(await heldBy(bench, others.links)) === JSON.stringify(others.addresses) ||
			undefined;
		await until('what is not under way is carried over', isDone, 90);
		await bench.calls.api('POST', `/workflows/${workflowId}/deactivate`);
		await untilNoRun(bench, workflowId, killed);
		const after = await rowsUnderWay(bench);
		for (const [linkId, updatedAt] of underWay) expect(after.get(linkId)).toBe(updatedAt);

		await settle(bench, workflowId);
		expect(await heldBy(bench, edits.links)).toEqual(edits.addresses);
		expect((await writesOf(bench)) - before).toBe(EDITED + others.links.length);
		await expectNothingDoubled();
	}

	const importScheduled = async () =>
		await importWorkflow(bench, 'sync-wix-contacts-and-users.json', everyFewSeconds);

	it('leaves to its lease what it was at; the other worker does all else at once', async () => {
		const workflowId = await importScheduled();
		await settle(bench, workflowId);
		const edits = await editByTurns(bench, EDITED, 'killed');
		const killed = await killTheWorker(workflowId);
		await expectFinished(workflowId, edits, killed);
	});

	it('likewise if the main process was killed with it', async () => {
		const workflowId = await importScheduled();
		await settle(bench, workflowId);
		await bench.n8n.addWorker();
		const edits = await editByTurns(bench, EDITED, 'both-killed');
		const killed = await killTheWorker(workflowId, () => bench.server.kill());
		await bench.n8n.restart();
		Object.assign(bench, { calls: bench.n8n.calls, server: bench.n8n.server });
		await expectFinished(workflowId, edits, killed);
	});
});
