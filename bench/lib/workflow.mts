import type { INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import { execute as runWorkflow, triggerType } from './n8n.mts';

/** A node to be run by n8n's own engine, and what its inputs get. */
export interface NodeUnderTest {
	type: INodeType;
	typeVersion: number;
	parameters: INodeParameters;
	inputs: ReadonlyArray<readonly INodeExecutionData[]>;
}

export interface NodeTimes {
	/** The node's `execute` alone, in the context that n8n gives it; milliseconds. */
	execute: number;
	/** The workflow from start to end: n8n's hand-over of items included. */
	workflow: number;
	/** Items of each output. */
	outputs: number[];
}

function source(items: readonly INodeExecutionData[]): INodeType {
	return {
		description: {
			displayName: 'Source',
			name: 'source',
			group: ['input'],
			version: 1,
			description: 'Gives prepared items',
			defaults: { name: 'Source' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		execute: async () => [[...items]],
	};
}

/** The same node type, with a clock around its `execute`. */
function clocked(type: INodeType, note: (milliseconds: number) => void): INodeType {
	const clone = Object.create(type) as INodeType;
	clone.execute = async function (...args) {
		const start = performance.now();
		try {
			return (await type.execute?.apply(this, args)) ?? [[]];
		} finally {
			note(performance.now() - start);
		}
	};
	return clone;
}

/**
 * Runs trigger → one source per input → the node through n8n-core's `WorkflowExecute`, in this process.
 * @throws the error that ended the run
 */
export async function runThroughN8n(node: NodeUnderTest): Promise<NodeTimes> {
	let execute = 0;
	const sources = node.inputs.map((_, index) => `Source ${index}`);
	const nodeTypes: Record<string, INodeType> = {
		'bench.node': clocked(node.type, (milliseconds) => (execute = milliseconds)),
	};
	node.inputs.forEach((items, index) => (nodeTypes[`bench.source${index}`] = source(items)));
	const to = (name: string, index: number) => ({ node: name, type: 'main' as const, index });
	const start = performance.now();
	const run = await runWorkflow(
		[
			{ name: 'Start', type: triggerType },
			...sources.map((name, index) => ({ name, type: `bench.source${index}` })),
			{
				name: 'Node',
				type: 'bench.node',
				typeVersion: node.typeVersion,
				parameters: node.parameters,
			},
		],
		{
			Start: { main: [sources.map((name) => to(name, 0))] },
			...Object.fromEntries(sources.map((name, index) => [name, { main: [[to('Node', index)]] }])),
		},
		nodeTypes,
	);
	const workflow = performance.now() - start;
	const { error, runData } = run.data.resultData;
	if (error !== undefined) throw error;
	const outputs = runData.Node?.at(-1)?.data?.main ?? [];
	return { execute, workflow, outputs: outputs.map((items) => items?.length ?? 0) };
}
