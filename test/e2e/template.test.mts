import { setTimeout as wait } from 'node:timers/promises';
import { readTable } from '../../runtime/dataTables.mts';
import type { Execution } from '../../runtime/executions.mts';
import { runOnce } from '../../sandbox/demo/run.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { activate } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, lookAround } from '../../sandbox/demo/world.mts';
import { setStage, type Stage } from './n8n.mts';

const FINISHED = new Set(['success', 'error', 'crashed']);

let stage: Stage;
afterEach(async () => await stage.cleanup.run());

const run = async () => await runOnce(stage.calls, stage.workflowId, stage.servers);

it('runs with nobody on either side and an empty links table', async () => {
	stage = await setStage(0);
	expect(await run()).toMatchObject({
		failure: undefined,
		planned: {},
		linksSaved: 0,
		review: {},
		written: { wix: 0, users: 0 },
	});
});

it('takes a side that lists nobody for unreadable, not for deleted: the guard stops the run', async () => {
	stage = await setStage(60);
	await run();
	const before = await readTable(stage.calls, LINKS_TABLE);
	await fetch(`${stage.servers.users.url}/sandbox/state`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ users: [] }),
	});
	expect(await run()).toMatchObject({
		failure: undefined,
		guardTripped: true,
		written: { wix: 0, users: 0 },
	});
	const after = await readTable(stage.calls, LINKS_TABLE);
	expect(before.length).toBeGreaterThan(0);
	expect(after.map(({ linkId, state }) => [linkId, state])).toEqual(
		before.map(({ linkId, state }) => [linkId, state]),
	);
});

it('writes nothing when the links cannot be saved', async () => {
	stage = await setStage(60);
	const { calls, servers } = stage;
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
	stage = await setStage(60);
	const { calls, servers } = stage;
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
	expect(half.failure).toContain('1 changes were not sent');
});

it('runs on its schedule once it is active', async () => {
	stage = await setStage(60);
	const { calls, servers, workflowId } = stage;
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
		const path = `/executions?workflowId=${stage.workflowId}`;
		const { data } = await stage.calls.api<{ data: Execution[] }>('GET', path);
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
	const path = `/workflows/${stage.workflowId}`;
	const workflow = await stage.calls.api<Workflow>('GET', path);
	const nodes = workflow.nodes.map((node) =>
		node.name === name ? { ...node, parameters: change(node.parameters) } : node,
	);
	const { connections, settings } = workflow;
	await stage.calls.api('PUT', path, { name: workflow.name, nodes, connections, settings });
}
