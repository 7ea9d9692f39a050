import { WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeType,
} from 'n8n-workflow';
import { additionalDataFor, typesOf } from '../nodes/harness.mts';
import {
	dataTable,
	form,
	html,
	played,
	removeDuplicates,
	switchNode,
	type Answer,
	type Page,
} from './playedNodes.mts';
import { PlayedTables } from './playedTables.mts';
import { WorkflowFile } from './workflowFile.mts';

interface Scene {
	/** The step that starts the run, and what it gives. */
	start: string;
	gives?: IDataObject;
	tables?: Readonly<Record<string, readonly IDataObject[]>>;
	answer?: Answer;
	/** What stands in the place of nodes of this package, by their names. */
	ours?: Readonly<Record<string, INodeType>>;
	/** Called with the tables before the run, so that an answer can change them. */
	before?: (tables: PlayedTables) => void;
}

export interface Played {
	pages: Page[];
	tables: PlayedTables;
	error: string | undefined;
	/** How often each step ran. */
	runs: Record<string, number>;
	/** Items of the first output of a step, in its last run. */
	itemsOf: (step: string) => IDataObject[];
}

const MOST_OUTPUTS = 3;

/** Runs a shipped workflow by n8n's own engine, its expressions and settings included, with n8n's nodes played by ours. */
export async function playWorkflow(file: WorkflowFile, scene: Scene): Promise<Played> {
	const { start, gives = {}, answer = () => undefined, ours = {} } = scene;
	const tables = new PlayedTables(scene.tables);
	scene.before?.(tables);
	const pages: Page[] = [];
	const trigger = played([], 1, () => [[gives]]);
	const builtIn = {
		formTrigger: trigger,
		scheduleTrigger: trigger,
		errorTrigger: trigger,
		form: form(pages, answer),
		switch: switchNode(MOST_OUTPUTS),
		dataTable: dataTable(tables),
		removeDuplicates: removeDuplicates(),
		html: html(),
	};
	const nodeTypes = typesOf({
		...named('n8n-nodes-base.', builtIn),
		...named('n8n-nodes-wix-user-sync.', ours),
	});
	// The engine fills in defaults in place
	const nodes = structuredClone(file.steps) as unknown as INode[];
	const connections = file.template.connections as unknown as IConnections;
	const settings = { executionOrder: 'v1' as const };
	const workflow = new Workflow({
		id: 'w',
		nodes,
		connections,
		active: false,
		nodeTypes,
		settings,
	});
	const startNode = workflow.getNode(start);
	if (startNode === null) throw new Error(`No step ${start}`);
	const additionalData = additionalDataFor(workflow, nodes, {});
	const run = await new WorkflowExecute(additionalData, 'trigger').run({ workflow, startNode });
	const { runData, error } = run.data.resultData;
	return {
		pages,
		tables,
		error: error?.message,
		runs: Object.fromEntries(Object.entries(runData).map(([name, all]) => [name, all.length])),
		itemsOf: (step) => (runData[step]?.at(-1)?.data?.main?.[0] ?? []).map(({ json }) => json),
	};
}

const named = (prefix: string, types: Readonly<Record<string, INodeType>>) =>
	Object.fromEntries(Object.entries(types).map(([name, type]) => [`${prefix}${name}`, type]));
