import 'reflect-metadata';

import {
	ErrorReporter,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	setSafeRegexEngine,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type ILoadOptionsFunctions,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IPollFunctions,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { TargetUsers } from '../../nodes/TargetUsers/TargetUsers.node';
import { TargetUsersTrigger } from '../../nodes/TargetUsers/TargetUsersTrigger.node';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { WixCrmTrigger } from '../../nodes/WixCrm/WixCrmTrigger.node';
import { WixCrmWebhookTrigger } from '../../nodes/WixCrm/WixCrmWebhookTrigger.node';
import { credentialsHelper, evaluate, type TestCredentials } from './credentialsHelper.mts';
import { Items, ManualTrigger } from './testNodes.mts';

/** Failing nodes are what many tests are about: the engine's report of each would bury the tests' own output. */
ErrorReporter.prototype.error = () => {};

/** n8n gives a regular expression a quarter of a second, which a busy machine may take for a short one. */
setSafeRegexEngine({
	exec: (pattern, input, flags) => new RegExp(pattern, flags).exec(input),
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
	replace: (pattern, input, flags, by) => input.replace(new RegExp(pattern, flags), by),
	matchAll: (pattern, input, flags = '') => [
		...input.matchAll(new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`)),
	],
	split: (pattern, input, flags) => input.split(new RegExp(pattern, flags)),
});

const builtIn: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': new ManualTrigger(),
	'test.items': new Items(),
	'n8n-nodes-wix-user-sync.wixCrm': new WixCrm(),
	'n8n-nodes-wix-user-sync.targetUsers': new TargetUsers(),
	'n8n-nodes-wix-user-sync.targetUsersTrigger': new TargetUsersTrigger(),
	'n8n-nodes-wix-user-sync.wixCrmTrigger': new WixCrmTrigger(),
	'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger': new WixCrmWebhookTrigger(),
};

export type TestNode = Partial<INode> & {
	name: string;
	type: string;
	parameters?: INodeParameters;
};
export type { TestCredentials };

export interface TestWorkflow {
	nodes: TestNode[];
	connections: IConnections;
	/** Decrypted data by credential type; every node that can use a type gets it. */
	credentials?: TestCredentials;
	/** Further node types by their full names. */
	nodeTypes?: Record<string, INodeType>;
}

export interface TestRun {
	run: IRun;
	/** Items by node and output; of the node's last run. */
	outputs: Record<string, INodeExecutionData[][]>;
	/** The error that ended the run, if any. */
	error: (Error & { description?: string | null | undefined; context?: IDataObject }) | undefined;
}

/** The project's node types, and `extra` ones. */
export function typesOf(extra: Record<string, INodeType>): INodeTypes {
	const all = { ...builtIn, ...extra };
	const getByName = (name: string) => {
		const found = all[name];
		if (found === undefined) throw new Error(`No node type ${name} in this test`);
		return found;
	};
	return { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
}

/** A node with everything that n8n adds to it. */
export function completed(
	node: TestNode,
	index: number,
	credentials: TestCredentials,
	types: INodeTypes,
): INode {
	const type = types.getByNameAndVersion(node.type);
	const usable = (type.description.credentials ?? []).filter(({ name }) => name in credentials);
	return {
		id: `node-${index}`,
		typeVersion: 1,
		position: [index * 200, 0],
		parameters: {},
		credentials: Object.fromEntries(usable.map(({ name }) => [name, { id: name, name }])),
		...node,
	};
}

/** The value of an expression in a credential, such as the base URL of its test, as n8n evaluates it. */
export function evaluateWithCredentials(
	value: string,
	data: ICredentialDataDecryptedObject,
): string {
	const nodeTypes = typesOf({});
	const node = completed({ name: 'Node', type: 'test.items' }, 0, {}, nodeTypes);
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return evaluate(workflow, node, value, data);
}

/** What n8n gives an execution beside its workflow. */
export function additionalDataFor(
	workflow: Workflow,
	nodes: INode[],
	credentials: TestCredentials,
): IWorkflowExecuteAdditionalData {
	const workflowData = {
		id: 'test',
		name: 'Test',
		active: false,
		nodes,
		connections: workflow.connectionsBySourceNode,
		createdAt: new Date(0),
		updatedAt: new Date(0),
	} as unknown as IWorkflowBase;
	const urls = [
		'restApi',
		'instanceBase',
		'form',
		'formWaitingBase',
		'webhookBase',
		'webhookWaitingBase',
		'webhookTestBase',
		'mcpBase',
		'mcpTestBase',
		'formBase',
	];
	return {
		...Object.fromEntries(urls.map((name) => [`${name}Url`, 'http://n8n.test/'])),
		credentialsHelper: credentialsHelper(credentials),
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** What n8n gives a node's list searches while its parameters are being filled in. */
export function loadOptionsFor(
	node: Omit<TestNode, 'name'>,
	credentials: TestCredentials,
): ILoadOptionsFunctions {
	const nodeTypes = typesOf({});
	const complete = completed({ ...node, name: 'Node' }, 0, credentials, nodeTypes);
	const workflow = new Workflow({ nodes: [complete], connections: {}, active: false, nodeTypes });
	const additionalData = additionalDataFor(workflow, [complete], credentials);
	additionalData.currentNodeParameters = complete.parameters;
	return new LoadOptionsContext(workflow, complete, additionalData, '') as ILoadOptionsFunctions;
}

/** Runs a workflow in this process through n8n's own engine, as a manual run from its first node. */
export async function runWorkflow(test: TestWorkflow): Promise<TestRun> {
	const { credentials = {}, nodeTypes = {} } = test;
	const types = typesOf(nodeTypes);
	const nodes = test.nodes.map((node, index) => completed(node, index, credentials, types));
	const settings = { executionOrder: 'v1' as const };
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections: test.connections,
		active: false,
		nodeTypes: types,
		settings,
	});
	const additionalData = additionalDataFor(workflow, nodes, credentials);
	const run = await new WorkflowExecute(additionalData, 'manual').run({ workflow });
	const outputs: TestRun['outputs'] = {};
	for (const [name, runs] of Object.entries(run.data.resultData.runData)) {
		outputs[name] = (runs.at(-1)?.data?.main ?? []).map((items) => items ?? []);
	}
	return { run, outputs, error: run.data.resultData.error };
}

export interface NodeRun extends TestRun {
	/** What the node was given. */
	input: IDataObject[];
	/** Items of the node's first output. */
	items: INodeExecutionData[];
	json: IDataObject[];
}

/** Runs one node behind a trigger and a node that feeds it `input` (one empty item when not given). */
export async function runNode(
	node: Omit<TestNode, 'name'>,
	credentials: TestCredentials,
	input: IDataObject[] = [{}],
): Promise<NodeRun> {
	const link = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const done = await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Input', type: 'test.items', parameters: { items: input as unknown as string } },
			{ ...node, name: 'Node' },
		],
		connections: { Start: link('Input'), Input: link('Node') },
		credentials,
	});
	const items = done.outputs.Node?.[0] ?? [];
	return { ...done, input, items, json: items.map(({ json }) => json) };
}

/**
 * What n8n gives a polling trigger, with what it keeps for the node in `kept` and for the workflow in `shared`.
 * @param mode `trigger` when it is switched on, `manual` for a test in the editor
 * @param budget milliseconds that n8n gives the poll; nothing: five minutes
 */
export function pollContextFor(
	node: Omit<TestNode, 'name'>,
	credentials: TestCredentials,
	kept: IDataObject,
	mode: 'trigger' | 'manual',
	{ shared = {}, budget }: { shared?: IDataObject; budget?: number | undefined } = {},
): IPollFunctions {
	const nodeTypes = typesOf({});
	const complete = completed({ ...node, name: 'Trigger' }, 0, credentials, nodeTypes);
	const workflow = new Workflow({
		nodes: [complete],
		connections: {},
		active: false,
		nodeTypes,
		staticData: { 'node:Trigger': kept, global: shared },
	});
	const additionalData = additionalDataFor(workflow, [complete], credentials);
	const activation = mode === 'manual' ? 'manual' : 'activate';
	const context = new PollContext(workflow, complete, additionalData, mode, activation);
	return Object.assign(context, budget && { getPollBudgetMs: () => budget }) as IPollFunctions;
}
