import { generateKeyPairSync } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../nodes/shared/contract/index';
import type { N8nCalls } from '../../runtime/client.mts';
import { outputOf, runningExecutions, type Execution } from '../../runtime/executions.mts';
import { activate } from '../../sandbox/demo/template.mts';
import { signedToken } from '../../sandbox/wix/events/token.mts';
import { until } from './triggers.mts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreignKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const APP_ID = 'app-of-test';
const WEBHOOK_ID = '5f1c3f6e-6a5c-4a55-9d0e-6c1f3b0f5a10';

function claims(eventId: string, more: JsonObject = {}): JsonObject {
	const now = Math.floor(Date.now() / 1000);
	const event = {
		id: eventId,
		entityFqdn: 'wix.contacts.v4.contact',
		slug: 'updated',
		entityId: `contact-${eventId}`,
		entityEventSequence: '1',
		updatedEvent: { currentEntity: { id: `contact-${eventId}`, revision: 2 } },
	};
	const eventType = 'wix.contacts.v4.contact_updated';
	const data = JSON.stringify({ eventType, data: JSON.stringify(event) });
	return { data, iat: now, exp: now + 300, aud: APP_ID, ...more };
}

/** A message as Wix sends it for an app. */
export const message = (eventId: string) => signedToken(claims(eventId), keys.privateKey);

/** Messages that only look like it, by what is wrong with them. */
export function forgeries(eventId: string): Record<string, string> {
	const genuine = message(eventId);
	const [head, , signature] = genuine.split('.');
	const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const expired = claims(eventId, { exp: Math.floor(Date.now() / 1000) - 3600 });
	return {
		'signed with another key': signedToken(claims(eventId), foreignKeys.privateKey),
		'changed after it was signed': `${head}.${part(claims('changed'))}.${signature}`,
		'not signed': `${part({ alg: 'none' })}.${part(claims(eventId))}.`,
		expired: signedToken(expired, keys.privateKey),
		'for another app': signedToken(claims(eventId, { aud: 'another-app' }), keys.privateKey),
		'no message': 'hello',
	};
}

/** Sends a message to the production address of the workflow; the status of the answer. */
export async function send(n8nUrl: string, body: string): Promise<number> {
	const answer = await fetch(`${n8nUrl}/webhook/${WEBHOOK_ID}/wix`, {
		method: 'POST',
		headers: { 'content-type': 'text/plain' },
		body,
		// Without it an n8n that answers only after the workflow would be waited for: the workflow waits for this test
		signal: AbortSignal.timeout(30_000),
	});
	return answer.status;
}

/** A server that leaves its callers waiting until it is opened: a step of a workflow that takes as long as one wants. */
export async function startGate() {
	const waiting: ServerResponse[] = [];
	let isOpen = false;
	const server = createServer((_, response) => {
		if (isOpen) response.end('{}');
		else waiting.push(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		waiting: () => waiting.length,
		open: () => {
			isOpen = true;
			for (const response of waiting.splice(0)) response.end('{}');
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The webhook trigger and a step that calls `gateUrl`, switched on; the id of the workflow. */
export async function activateWebhook(calls: N8nCalls, gateUrl: string): Promise<string> {
	const parameters = {
		source: 'app',
		publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		appId: APP_ID,
		appEvents: [],
		options: {},
	};
	const workflow = {
		name: 'Webhook',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 'webhook-trigger',
				name: 'Trigger',
				type: 'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger',
				typeVersion: 1,
				webhookId: WEBHOOK_ID,
				position: [0, 0],
				parameters,
			},
			{
				id: 'webhook-gate',
				name: 'Gate',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [200, 0],
				parameters: { url: gateUrl, options: {} },
			},
		],
		connections: { Trigger: { main: [[{ node: 'Gate', type: 'main', index: 0 }]] } },
	};
	const { id } = await calls.api<{ id: string }>('POST', '/workflows', workflow);
	await activate(calls, id);
	return id;
}

/**
 * The ids of the events that have started a run, the first one first. Runs are noted in order, so with the event `last` all
 * that came before it are there; waits until they have ended.
 */
export async function eventsRun(
	calls: N8nCalls,
	workflowId: string,
	last: string,
): Promise<unknown[]> {
	return await until('the end of all runs', async () => {
		const path = `/executions?workflowId=${workflowId}&includeData=true`;
		const { data } = await calls.api<{ data: Execution[] }>('GET', path);
		const events = data
			.sort((left, right) => Number(left.id) - Number(right.id))
			.map((execution) => outputOf(execution, 'Trigger')[0]?.json.id);
		const isOver = (await runningExecutions(calls, workflowId)).length === 0;
		return isOver && events.includes(last) ? events : undefined;
	});
}
