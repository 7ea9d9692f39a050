import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { N8nAnswerError, type N8nCalls } from '../../runtime/client.mts';
import type { Accounts } from './accounts.mts';
import { flows, type Flow } from './flow.mts';
import { systems, type System } from './system.mts';

/** Names of steps that the demo starts or reads; both templates have them. */
export const STEP = {
	byHand: 'Run by hand',
	plan: 'Match & Map',
	writeUsers: 'Write to users',
	sweep: 'Remove dropped links',
};

/** The outputs of Match & Map. */
export const OUTPUT = { newLinks: 0, report: 1, review: 2, changedLinks: 3 };

interface Credential {
	id: string;
	name: string;
}

export interface TemplateNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, Credential>;
}

interface Template {
	name: string;
	nodes: TemplateNode[];
	connections: unknown;
	settings: unknown;
}

const ours = (...names: string[]) =>
	new Set(names.map((name) => `n8n-nodes-wix-user-sync.${name}`));

const WIX_TYPES = ours('wixCrm', 'wixCrmTrigger');
const USERS_TYPES = ours('targetUsers', 'targetUsersTrigger');
const MATCH_TYPES = ours('matchAndMap');
const WIX_CREDENTIAL = 'wixCrmApi';

/** What a person changes in a step after the import. */
export type Adjust = (node: TemplateNode) => TemplateNode;

/**
 * Imports the shipped workflow of a flow in place of an earlier import (whose credentials may be for servers that are gone), with
 * these accounts' credentials and the users' system chosen; the id of the new workflow. It ships as a preview.
 */
export async function importTemplate(
	calls: N8nCalls,
	accounts: Accounts,
	preview: boolean,
	flow: Flow = flows.contacts,
): Promise<string> {
	await removeEarlier(calls);
	return await importFile(calls, accounts, flow.template, (node) => {
		const set = preview ? node : forReal(node);
		return node.name === flow.writeWix ? withParameters(set, flow.writeOptions ?? {}) : set;
	});
}

/** Imports any shipped workflow as a person would: credentials chosen, the users' system set, then `adjust` for each step. */
export async function importFile(
	calls: N8nCalls,
	accounts: Accounts,
	file: string,
	adjust: Adjust = (node) => node,
): Promise<string> {
	const credentials = await ensureCredentials(calls, accounts);
	const { name, connections, settings, ...template } = readTemplate(file);
	const nodes = template.nodes.map((node) =>
		adjust(withSystem(node, accounts.users.system, credentials)),
	);
	const workflow = { name, nodes, connections, settings };
	return (await calls.api<{ id: string }>('POST', '/workflows', workflow)).id;
}

/** A step of a shipped workflow as a person leaves it who chose where the users live, and both credentials. */
export function withSystem(
	node: TemplateNode,
	system: System,
	credentials: Record<'wix' | 'users', Credential>,
): TemplateNode {
	if (WIX_TYPES.has(node.type)) {
		return { ...node, credentials: { [WIX_CREDENTIAL]: credentials.wix } };
	}
	if (!USERS_TYPES.has(node.type)) return node;
	const chosen = { ...node, credentials: { [system.credential]: credentials.users } };
	return withParameters(chosen, { system: system.name });
}

/** A step as a person leaves it who changed some of its parameters. */
export const withParameters = (
	node: TemplateNode,
	more: Record<string, unknown>,
): TemplateNode => ({ ...node, parameters: { ...node.parameters, ...more } });

/** Match & Map as a person leaves it who changed some of its parameters; any other step as it is. */
export const withPlan = (node: TemplateNode, more: Record<string, unknown>): TemplateNode =>
	MATCH_TYPES.has(node.type) ? withParameters(node, more) : node;

/** A step of a sync that is no preview any more. */
export const forReal: Adjust = (node) => withPlan(node, { dryRun: false });

/** In a kept folder there is the import of the last time, with credentials for servers that may be gone. */
async function removeEarlier(calls: N8nCalls): Promise<void> {
	for (const flow of Object.values(flows)) {
		const name = encodeURIComponent(readTemplate(flow.template).name);
		const { data } = await calls.api<{ data: { id: string }[] }>('GET', `/workflows?name=${name}`);
		for (const { id } of data) {
			await calls.api('POST', `/workflows/${id}/deactivate`);
			await removeWorkflow(calls, id);
		}
	}
	const types = [WIX_CREDENTIAL, ...Object.values(systems).map(({ credential }) => credential)];
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

function readTemplate(file: string): Template {
	return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

/** Those of an earlier import of this n8n, or new ones. */
async function ensureCredentials(
	calls: N8nCalls,
	accounts: Accounts,
): Promise<Record<'wix' | 'users', Credential>> {
	const known = await calls.rest<Array<Credential & { type: string }>>('GET', '/credentials');
	const wix = known.find(({ type }) => type === WIX_CREDENTIAL);
	const users = known.find(({ type }) => type === accounts.users.system.credential);
	return wix && users ? { wix, users } : await createCredentials(calls, accounts);
}

async function createCredentials(
	calls: N8nCalls,
	{ wix, users }: Accounts,
): Promise<Record<'wix' | 'users', Credential>> {
	const create = async (name: string, type: string, data: Record<string, unknown>) => {
		const { id } = await calls.rest<{ id: string }>('POST', '/credentials', { name, type, data });
		return { id, name };
	};
	const { system } = users;
	const custom = wix.baseUrl ? { advanced: true, baseUrl: wix.baseUrl } : { advanced: false };
	return {
		wix: await create('Wix', WIX_CREDENTIAL, {
			apiKey: wix.apiKey,
			siteId: wix.siteId,
			...custom,
		}),
		users: await create(system.title, system.credential, system.credentialData(users)),
	};
}

export async function activate(calls: N8nCalls, workflowId: string): Promise<void> {
	await calls.api('POST', `/workflows/${workflowId}/activate`);
}
