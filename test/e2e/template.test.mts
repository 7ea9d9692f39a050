import { setTimeout as wait } from 'node:timers/promises';
import { readTable } from '../../runtime/dataTables.mts';
import type { Execution } from '../../runtime/executions.mts';
import { runOnce } from '../../sandbox/demo/run.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { activate } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, lookAround } from '../../sandbox/demo/world.mts';
import { importWorkflow, openBench, startAfresh, type Bench } from './workflows.mts';

const FINISHED = new Set(['success', 'error', 'crashed']);

let bench: Bench;
let workflowId: string;
beforeAll(async () => {
	bench = await openBench(60);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => {
	await startAfresh(bench);
	workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
});

const run = async () => await runOnce(bench.calls, workflowId, bench.servers);

it('runs with nobody on either side and an empty links table', async () => {
	await bench.servers.wix.load({ contacts: [], members: [] });
	await bench.servers.users.load({ users: [] });
	expect(await run()).toMatchObject({
		failure: undefined,
		planned: {},
		linksSaved: 0,
		review: {},
		written: { wix: 0, users: 0 },
	});
});

it('takes a side that lists nobody for unreadable, not for deleted: the guard stops the run', async () => {
	await run();
	const before = await readTable(bench.calls, LINKS_TABLE);
	await bench.servers.users.load({ users: [] });
	expect(await run()).toMatchObject({
		failure: undefined,
		guardTripped: true,
		written: { wix: 0, users: 0 },
	});
	const after = await readTable(bench.calls, LINKS_TABLE);
	expect(before.length).toBeGreaterThan(0);
	expect(after.map(({ linkId, state }) => [linkId, state])).toEqual(
		before.map(({ linkId, state }) => [linkId, state]),
	);
});

it('writes nothing when the links cannot be saved', async () => {
	const { calls, servers } = bench;
	await run();
	const [link] = (await lookAround(servers, calls)).links;
	await changeStep('Save changed links', (parameters) => ({
		...parameters,
		dataTableId: { __rl: true, mode: 'name', value: 'no_such_table' },
	}));
	await servers.wix.edit(link?.wixId ?? '', 'primaryInfo.email', 'edited@example.org');

	const failed = await run();
	expect(failed.planned).toEqual({ 'update users': 1 });
	expect(failed.failure).toContain('Save changed links');
	expect(failed.written).toEqual({ wix: 0, users: 0 });
});

it('keeps what was written when the other writer cannot even start, and ends as failed', async () => {
	const { calls, servers } = bench;
	await run();
	const { links, wix } = await lookAround(servers, calls);
	const plain = links.filter(({ wixId }) => wix.get(wixId)).slice(0, 2);
	await servers.wix.edit(plain[0]?.wixId ?? '', 'primaryInfo.email', 'in.wix@example.org');
	await servers.users.edit(plain[1]?.userId ?? '', USER_EMAIL, 'in.youtrack@example.org');
	await changeStep('Write to Wix contacts', () => ({
		resource: 'contact',
		operation: 'noSuchOperation',
	}));

	const half = await run();
	expect(half.written).toEqual({ wix: 0, users: 1 });
	expect(half.outcomes).toEqual({ applied: 1 });
	expect(half.failure).toContain('Not everything was sent');
	expect(half.failure).toContain('noSuchOperation');
});

it('runs on its schedule once it is active', async () => {
	const { calls, servers } = bench;
	const everySecond = { interval: [{ field: 'seconds', secondsInterval: 1 }] };
	await changeStep('Every 15 minutes', () => ({ rule: everySecond }));
	await activate(calls, workflowId);
	const done = await firstScheduledRun();
	await calls.api('POST', `/workflows/${workflowId}/deactivate`);

	expect(done.status).toBe('success');
	const { links } = await lookAround(servers, calls);
	expect(links.length).toBeGreaterThan(0);
});

async function firstScheduledRun(): Promise<Execution> {
	for (;;) {
		const path = `/executions?workflowId=${workflowId}`;
		const { data } = await bench.calls.api<{ data: Execution[] }>('GET', path);
		const done = data.find(({ mode, status }) => mode === 'trigger' && FINISHED.has(status));
		if (done) return done;
		await wait(250);
	}
}

/** Changes the parameters of a step in the imported workflow. */
async function changeStep(
	name: string,
	change: (parameters: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
	interface Workflow {
		name: string;
		nodes: { name: string; parameters: Record<string, unknown> }[];
		connections: unknown;
		settings: unknown;
	}
	const path = `/workflows/${workflowId}`;
	const workflow = await bench.calls.api<Workflow>('GET', path);
	const nodes = workflow.nodes.map((node) =>
		node.name === name ? { ...node, parameters: change(node.parameters) } : node,
	);
	const { connections, settings } = workflow;
	await bench.calls.api('PUT', path, { name: workflow.name, nodes, connections, settings });
}
