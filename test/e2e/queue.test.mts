import { setTimeout as wait } from 'node:timers/promises';
import { outputOf, type Execution } from '../../runtime/executions.mts';
import { executionsIn } from '../../runtime/workerLog.mts';
import {
	activate,
	STEP,
	withParameters,
	withSetting,
	type TemplateNode,
} from '../../sandbox/demo/template.mts';
import { print } from '../../sandbox/demo/print.mts';
import { editByTurns, heldBy, openQueueBench, runAtWork, type QueueBench } from './queue.mts';
import { until } from './triggers.mts';
import { importWorkflow, linksOf, run, runsGoingOn, startAfresh, writesOf } from './workflows.mts';

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

async function settle(workflowId: string): Promise<void> {
	for (let runs = 1; runs <= 6; runs++) {
		const before = await writesOf(bench);
		await run(bench, workflowId);
		if (runs > 1 && (await writesOf(bench)) === before) return;
	}
	throw new Error('Six runs and still something to do');
}

async function expectNothingDoubled(): Promise<void> {
	const links = await linksOf(bench);
	for (const key of ['linkId', 'wixId', 'userId'] as const) {
		const ids = links.map((link) => link[key]).filter((id) => id);
		expect([key, new Set(ids).size]).toEqual([key, ids.length]);
	}
}

it('runs the templates on the workers: contacts, then both flows; edits of both sides converge', async () => {
	const contacts = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
	await settle(contacts);
	const first = await editByTurns(bench, 12, 'first');
	await settle(contacts);
	expect(await heldBy(bench, first.links)).toEqual(first.addresses);

	const both = await importWorkflow(bench, 'sync-wix-contacts-members-and-users.json');
	await settle(both);
	const second = await editByTurns(bench, 12, 'second');
	await settle(both);
	expect(await heldBy(bench, second.links)).toEqual(second.addresses);
	await expectNothingDoubled();
});

it('back fills in slices on the workers', async () => {
	const workflowId = await importWorkflow(bench, 'back-fill-in-slices.json', (node) =>
		node.name === STEP.plan
			? withParameters(node, { createMissing: 'users' })
			: withSetting(node, 'Changes in a slice', 3),
	);
	const before = (await bench.servers.users.records()).size;
	let created = 0;
	let isDone = false;
	for (let slice = 0; slice < 12 && !isDone; slice++) {
		const execution = await run(bench, workflowId);
		created += outputOf(execution, STEP.writeUsers).length;
		isDone = outputOf(execution, 'All is done: switch to the sync').length > 0;
	}
	expect(isDone).toBe(true);
	expect(created).toBeGreaterThan(3);
	expect((await bench.servers.users.records()).size).toBe(before + created);
	await expectNothingDoubled();
});

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
		const killedAt = Date.now();
		bench.n8n.workers.splice(bench.n8n.workers.indexOf(work.at), 1);
		// It was cut off before its end: otherwise this would prove nothing
		expect((await writesOf(bench)) - before).toBeLessThan(EDITED);
		const seconds = () => Math.round((Date.now() - killedAt) / 1000);
		return { ...work, before, seconds };
	}

	/** The edits have arrived, and each was written once. */
	async function expectFinished(
		workflowId: string,
		{ links, addresses }: Awaited<ReturnType<typeof editByTurns>>,
		before: number,
	) {
		const wanted = JSON.stringify(addresses);
		const isDone = async () => JSON.stringify(await heldBy(bench, links)) === wanted || undefined;
		await until('all edits are carried over', isDone, 90);
		await bench.calls.api('POST', `/workflows/${workflowId}/deactivate`);
		await settle(workflowId);
		expect((await writesOf(bench)) - before).toBe(EDITED);
		await expectNothingDoubled();
	}

	const hasRow = async (executionId: string) =>
		(await runsGoingOn(bench)).some(({ run }) => run === executionId);

	const rowGone = async (executionId: string) => {
		const isGone = async () => !(await hasRow(executionId)) || undefined;
		await until('the row of the killed run is gone', isGone, 90);
	};

	const runsOf = async (workflowId: string) => {
		const path = `/executions?workflowId=${workflowId}&limit=250`;
		return (await bench.calls.api<{ data: Execution[] }>('GET', path)).data;
	};

	it('is taken over by the other worker, once n8n has found it dead and has called the Error Trigger', async () => {
		const workflowId = await importWorkflow(
			bench,
			'sync-wix-contacts-and-users.json',
			everyFewSeconds,
		);
		await settle(workflowId);
		const edits = await editByTurns(bench, EDITED, 'killed');
		const { other, executionId, before, seconds } = await killTheWorker(workflowId);
		expect(await hasRow(executionId)).toBe(true);

		await rowGone(executionId);
		const freeAfter = seconds();
		await expectFinished(workflowId, edits, before);
		print(`A worker killed: its row was there for ${freeAfter} s.`);

		const all = await runsOf(workflowId);
		expect(all.find(({ id }) => id === executionId)?.status).toBe('error');
		const cleanups = all.filter(({ mode }) => mode === 'error');
		expect(cleanups).toMatchObject([{ status: 'success' }]);
		expect(executionsIn(other, 'finished')).toContain(cleanups[0]?.id);
	});

	it('is taken over when its row is over, if the main process was killed with it', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
			withSetting(everyFewSeconds(node), 'A run is over after minutes', 0.5),
		);
		await settle(workflowId);
		await bench.n8n.addWorker();
		const edits = await editByTurns(bench, EDITED, 'both-killed');
		const { executionId, before, seconds } = await killTheWorker(workflowId, () =>
			bench.server.kill(),
		);
		await bench.n8n.restart();
		Object.assign(bench, { calls: bench.n8n.calls, server: bench.n8n.server });
		expect(await hasRow(executionId)).toBe(true);
		await rowGone(executionId);
		const freeAfter = seconds();
		await expectFinished(workflowId, edits, before);
		print(`Main process killed, too: its row was there for ${freeAfter} s.`);
	});
});
