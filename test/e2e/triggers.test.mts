import { entryAt } from '../../runtime/entries.mts';
import { runningExecutions, type Execution } from '../../runtime/executions.mts';
import { executionsIn } from '../../runtime/workerLog.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { systems } from '../../sandbox/demo/system.mts';
import type { Servers } from '../../sandbox/demo/world.mts';
import { startSandbox } from '../../sandbox/startSandbox.mts';
import { durablePolling, startTriggersN8n, until, type RestartableN8n } from './triggers.mts';
import { activatePolling, delivered, Editor, untilPolledAgain } from './triggersPolling.mts';
import {
	activateWebhook,
	eventsRun,
	forgeries,
	message,
	send,
	startGate,
} from './triggersWebhook.mts';

const settings = [
	['a single n8n', { workers: 0 }],
	['a single n8n with durable polling', { workers: 0, more: durablePolling }],
	['queue mode with two workers', { workers: 2 }],
] as const;

describe.each(settings)('%s', (_, setting) => {
	const cleanup = new Cleanup();
	let n8n: RestartableN8n;
	let servers: Servers;
	let editor: Editor;
	let gate: Awaited<ReturnType<typeof startGate>>;
	let webhookWorkflow = '';

	beforeAll(async () => {
		const sandbox = await startSandbox({ people: 40, seed: 6 });
		cleanup.add(() => sandbox.close());
		gate = await startGate();
		cleanup.add(() => gate.close());
		n8n = await startTriggersN8n(setting, cleanup);
		servers = sandboxServers(sandbox, systems.youTrack);
		editor = new Editor(servers, 11);
		await activatePolling(n8n.calls, sandboxAccounts(sandbox, systems.youTrack), servers);
		// From here on everything counts, before the first poll of the schedule, too
		await editor.edit(2);
		webhookWorkflow = await activateWebhook(n8n.calls, gate.url);
	});
	afterAll(async () => await cleanup.run());

	const missing = async () => {
		const seen = new Set(await delivered(n8n.calls));
		return editor.made.filter((version) => !seen.has(version));
	};
	const allDelivered = async () => {
		const look = async () => ((await missing()).length === 0 ? true : undefined);
		await until('every edit delivered', look).catch(() => undefined);
		expect(await missing()).toEqual([]);
	};
	it('answers a message before the workflow ends; forgeries and resends start nothing', async () => {
		const post = async (body: string) => await send(n8n.server.url, body);
		await until('the address', async () => ((await post('hello')) === 401 ? true : undefined));
		expect(await post(message('e1'))).toBe(200);
		await until('the step that waits', async () => gate.waiting() === 1 || undefined);
		expect(await runningExecutions(n8n.calls, webhookWorkflow)).toHaveLength(1);
		expect(await post(message('e1'))).toBe(200);
		for (const [fault, forged] of Object.entries(forgeries('e2'))) {
			expect([fault, await post(forged)]).toEqual([fault, 401]);
		}
		// What has come last has started its run: what came before has started none, or it would be there
		expect(await post(message('e3'))).toBe(200);
		gate.open();
		expect(await eventsRun(n8n.calls, webhookWorkflow, 'e3')).toEqual(['e1', 'e3']);
	});

	// Without durable polling n8n saves a cursor beside the run that it starts: killed between the two it can lose or repeat that
	// delivery, whatever a trigger does (docs/triggers.md). So the kill comes when the last edits have just been delivered.
	it('delivers each edit exactly once, although n8n is killed and starts again', async () => {
		await allDelivered();
		await editor.edit(5);
		await allDelivered();
		if (setting.workers === 0) {
			await n8n.server.stop();
			await editor.edit(4);
			await n8n.restart();
			await allDelivered();
		}
		await editor.edit(3);
		await allDelivered();
		await n8n.server.kill();
		if (setting.workers > 0) await entryAt(n8n.workers, 0).kill();
		await editor.edit(4);
		await n8n.restart();
		await allDelivered();

		await untilPolledAgain(servers);
		const all = await delivered(n8n.calls);
		expect(all.filter((version, index) => all.indexOf(version) !== index)).toEqual([]);
	});

	it('knows after all that what came before it was killed', async () => {
		const post = async (body: string) => await send(n8n.server.url, body);
		expect([await post(message('e1')), await post(message('e4'))]).toEqual([200, 200]);
		expect(await eventsRun(n8n.calls, webhookWorkflow, 'e4')).toEqual(['e1', 'e3', 'e4']);
	});

	if (setting.workers > 0) {
		it('has run everything on the workers', async () => {
			// A run may be listed late, or twice in the logs where a worker was killed: what counts is that none is listed that no worker took
			const started = new Set(n8n.workers.flatMap((worker) => executionsIn(worker, 'started')));
			const { data } = await n8n.calls.api<{ data: Execution[] }>('GET', '/executions?limit=250');
			expect(data.map(({ id }) => id).filter((id) => !started.has(id))).toEqual([]);
			expect(data.length).toBeGreaterThan(3);
		});
	}
});
