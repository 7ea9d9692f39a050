import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

import type { N8nCalls } from '../../runtime/client.mts';
import type { Adjust } from '../../sandbox/demo/template.mts';
import { activate } from '../../sandbox/demo/template.mts';

const HOUR_MS = 3_600_000;
const LONGEST_MS = 12 * HOUR_MS;
const READY_TRIES = 100;
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/** A workflow that can be started at any moment as n8n starts it on its own. */
export interface Startable {
	/** For the import: another trigger in the place of the schedule. */
	adjust: Adjust;
	/** The path of its webhook. */
	path: string;
}

/**
 * A run by hand is of the editor: n8n sends it every node's data and saves it. One that a webhook starts is a production run
 * like that of a schedule, begins when it is asked for, and the answer tells its end.
 */
export function startedByWebhook(): Startable {
	const path = `bench-${randomUUID()}`;
	return {
		path,
		adjust: (node) => (node.type === SCHEDULE ? { ...node, ...webhookAt(path) } : node),
	};
}

/** What makes a node a Webhook that answers when the run has ended. */
export const webhookAt = (path: string) => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: randomUUID(),
	parameters: {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'noData',
		options: {},
	},
});

/** Which runs n8n keeps: as the workflow's settings say. */
export type Saving = 'all' | 'none';

interface WorkflowOfApi {
	name: string;
	nodes: unknown;
	connections: unknown;
	settings: Record<string, unknown>;
}

/** Activates it, its good runs saved or not, and waits until its webhook answers. */
export async function activateSaving(
	calls: N8nCalls,
	workflowId: string,
	saving: Saving,
): Promise<void> {
	const path = `/workflows/${workflowId}`;
	const { name, nodes, connections, settings } = await calls.api<WorkflowOfApi>('GET', path);
	const saved = { ...settings, saveDataSuccessExecution: saving };
	await calls.api('PUT', path, { name, nodes, connections, settings: saved });
	await activate(calls, workflowId);
}

/** Neither fetch's own limit of five minutes nor another one: a first link may take an hour. */
async function post(url: string): Promise<{ status: number; text: string }> {
	return await new Promise((resolve, reject) => {
		const sent = request(url, { method: 'POST', agent: false }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (part: string) => (text += part));
			answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
		});
		sent.setTimeout(LONGEST_MS, () => sent.destroy(new Error('No answer within 12 hours')));
		sent.on('error', reject);
		sent.end();
	});
}

/**
 * One production run of an active workflow, from the call that starts it to its end.
 * @returns its milliseconds
 * @throws Error when it failed
 */
export async function runInProduction(n8nUrl: string, path: string): Promise<number> {
	for (let tries = READY_TRIES; ; tries--) {
		const start = performance.now();
		const { status, text } = await post(`${n8nUrl}/webhook/${path}`);
		const milliseconds = performance.now() - start;
		if (status >= 200 && status < 300) return milliseconds;
		// n8n takes a moment to know the webhook of a workflow that was just activated
		if (status !== 404 || tries <= 1)
			throw new Error(`The run failed: ${status} ${text.slice(0, 300)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
