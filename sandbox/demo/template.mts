import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { N8nAnswerError, type N8nCalls } from '../../runtime/client.mts';
import type { Accounts } from './accounts.mts';
import { flows, type Flow } from './flow.mts';

/** Names of steps that the demo starts or reads; both templates have them. */
export const STEP = {
	byHand: 'Run by hand',
	plan: 'Match & Map',
	outcomes: 'Count the outcomes',
	writeUsers: 'Write to YouTrack users',
};

interface TemplateNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

interface Template {
	name: string;
	nodes: TemplateNode[];
	connections: unknown;
	settings: unknown;
}

const CREDENTIAL_OF: Record<string, string> = {
	'n8n-nodes-wix-user-sync.wixCrm': 'wixCrmApi',
	'n8n-nodes-wix-user-sync.targetUsers': 'youTrackHubApi',
};

/**
 * Imports the shipped workflow with these accounts' credentials chosen, in place of an earlier import (two of them on
 * schedule would share the tables); the id of the new workflow.
 */
export async function importTemplate(
	calls: N8nCalls,
	accounts: Accounts,
	preview: boolean,
	flow: Flow = flows.contacts,
): Promise<string> {
	await removeEarlier(calls);
	const credentials = await createCredentials(calls, accounts);
	const template = readTemplate(flow);
	for (const node of template.nodes) {
		const type = CREDENTIAL_OF[node.type];
		const credential = type && credentials[type];
		if (credential) node.credentials = { [type]: credential };
		if (preview && node.name === STEP.plan) {
			node.parameters = { ...node.parameters, options: { dryRun: true } };
		}
		if (node.name === flow.writeWix) {
			node.parameters = { ...node.parameters, ...flow.writeOptions };
		}
	}
	const { name, nodes, connections, settings } = template;
	const workflow = { name, nodes, connections, settings };
	return (await calls.api<{ id: string }>('POST', '/workflows', workflow)).id;
}

/** In a kept folder there is the import of the last time, with credentials for servers that may be gone. */
async function removeEarlier(calls: N8nCalls): Promise<void> {
	for (const flow of Object.values(flows)) {
		const name = encodeURIComponent(readTemplate(flow).name);
		const { data } = await calls.api<{ data: { id: string }[] }>('GET', `/workflows?name=${name}`);
		for (const { id } of data) {
			await calls.api('POST', `/workflows/${id}/deactivate`);
			await removeWorkflow(calls, id);
		}
	}
	const types = Object.values(CREDENTIAL_OF);
	const credentials = await calls.rest<{ id: string; type: string }[]>('GET', '/credentials');
	for (const { id } of credentials.filter(({ type }) => types.includes(type))) {
		await calls.rest('DELETE', `/credentials/${id}`);
	}
}

/** n8n takes a moment to end a schedule, and answers 409 until then. */
async function removeWorkflow(calls: N8nCalls, id: string, tries = 40): Promise<void> {
	try {
		await calls.api('DELETE', `/workflows/${id}`);
	} catch (error) {
		if (!(error instanceof N8nAnswerError) || error.status !== 409 || tries <= 1) throw error;
		await wait(250);
		await removeWorkflow(calls, id, tries - 1);
	}
}

function readTemplate({ template }: Flow): Template {
	return JSON.parse(readFileSync(template, 'utf8')) as Template;
}

async function createCredentials(
	calls: N8nCalls,
	{ wix, youTrack }: Accounts,
): Promise<Record<string, { id: string; name: string }>> {
	const create = async (name: string, type: string, data: Record<string, unknown>) => {
		const { id } = await calls.rest<{ id: string }>('POST', '/credentials', { name, type, data });
		return { id, name };
	};
	const custom = wix.baseUrl ? { advanced: true, baseUrl: wix.baseUrl } : { advanced: false };
	return {
		wixCrmApi: await create('Wix', 'wixCrmApi', {
			apiKey: wix.apiKey,
			siteId: wix.siteId,
			...custom,
		}),
		youTrackHubApi: await create('YouTrack', 'youTrackHubApi', { ...youTrack }),
	};
}

export async function activate(calls: N8nCalls, workflowId: string): Promise<void> {
	await calls.api('POST', `/workflows/${workflowId}/activate`);
}
