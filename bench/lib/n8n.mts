import 'reflect-metadata';

import { ErrorReporter, ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type IConnections,
	type INode,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** An error ends the bench and is told there. */
ErrorReporter.prototype.error = () => {};

/** A manual run has to start at a node of this very type. */
export const triggerType = 'n8n-nodes-base.manualTrigger';

const trigger: INodeType = {
	description: {
		displayName: 'Start',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts the run',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
	execute: async () => [[{ json: {} }]],
};

function typesOf(types: Record<string, INodeType>): INodeTypes {
	const getByName = (name: string) => {
		const found = name === triggerType ? trigger : types[name];
		if (found === undefined) throw new Error(`No node type ${name} in this bench`);
		return found;
	};
	return { getByName, getByNameAndVersion: getByName, getKnownTypes: () => ({}) };
}

export type BenchNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

/**
 * Runs a workflow without credentials through n8n-core's own engine in this process (the test harness of the nodes does
 * the same, but only jest can load it: to tsx `X.node` is a file of machine code).
 */
export async function execute(
	parts: readonly BenchNode[],
	connections: IConnections,
	types: Record<string, INodeType>,
): Promise<IRun> {
	const nodes = parts.map((part, index): INode => ({
		id: `node-${index}`,
		typeVersion: 1,
		position: [index * 200, 0],
		parameters: {},
		...part,
	}));
	const settings = { executionOrder: 'v1' as const };
	const nodeTypes = typesOf(types);
	const workflow = new Workflow({
		id: 'bench',
		nodes,
		connections,
		active: false,
		nodeTypes,
		settings,
	});
	const workflowData = {
		id: 'bench',
		name: 'Bench',
		active: false,
		nodes,
		connections,
		createdAt: new Date(0),
		updatedAt: new Date(0),
	} as unknown as IWorkflowBase;
	const additionalData = {
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		executionId: '1',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: 'http://n8n.test/',
		instanceBaseUrl: 'http://n8n.test/',
		webhookWaitingBaseUrl: 'http://n8n.test/',
		formWaitingBaseUrl: 'http://n8n.test/',
	} as unknown as IWorkflowExecuteAdditionalData;
	return await new WorkflowExecute(additionalData, 'manual').run({ workflow });
}
