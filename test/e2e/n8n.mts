import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { flows, type Flow } from '../../sandbox/demo/flow.mts';
import { sandboxAccounts, sandboxServers } from '../../sandbox/demo/sandboxServers.mts';
import { openSession, type Session } from '../../sandbox/demo/session.mts';
import { systems } from '../../sandbox/demo/system.mts';
import { importTemplate } from '../../sandbox/demo/template.mts';
import type { Servers } from '../../sandbox/demo/world.mts';

/** A real n8n with the packed package and the shipped workflow, beside a sandbox; `cleanup.run()` ends all of it. */
export interface Stage extends Session {
	cleanup: Cleanup;
	sandbox: Sandbox;
	servers: Servers;
	workflowId: string;
}

export async function setStage(
	people: number,
	keptIn?: string,
	flow: Flow = flows.contacts,
): Promise<Stage> {
	const cleanup = new Cleanup();
	try {
		const sandbox = await startSandbox({ people, seed: 5 });
		cleanup.add(() => sandbox.close());
		const session = await openN8n(cleanup, keptIn);
		const accounts = sandboxAccounts(sandbox, systems.youTrack);
		const workflowId = await importTemplate(session.calls, accounts, false, flow);
		const servers = sandboxServers(sandbox, systems.youTrack);
		return { ...session, cleanup, sandbox, servers, workflowId };
	} catch (error) {
		await cleanup.run();
		throw error;
	}
}

/** Another n8n on the same data, as after a crash. */
export async function openN8n(
	cleanup: Cleanup,
	keptIn?: string,
	more?: Record<string, string>,
): Promise<Session> {
	return await openSession({ port: 0, keptIn, package: process.env.E2E_PACKAGE, more }, cleanup);
}
