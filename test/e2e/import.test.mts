import { dirname, join } from 'node:path';
import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import { runN8nCommand } from '../../runtime/command.mts';
import { ensureRuntime } from '../../runtime/install.mts';
import { createProgress } from '../../runtime/progress.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import type { Session } from '../../sandbox/demo/session.mts';
import { WorkflowFile, workflowFiles, type WorkflowNode } from '../contract/workflowFile.mts';
import { openN8n } from './n8n.mts';

/** What n8n keeps of a workflow. */
interface Imported {
	id: string;
	name: string;
	active: boolean;
	nodes: WorkflowNode[];
	connections: unknown;
	settings: Record<string, unknown>;
}

const files = workflowFiles.map((file) => new WorkflowFile(file));
const cleanup = new Cleanup();
let session: Session;
/** By file: what came of it. */
const byCommand = new Map<string, Imported>();

beforeAll(async () => {
	session = await openN8n(cleanup);
	const userFolder = dirname(session.server.logFile);
	const runtime = await ensureRuntime(createProgress());
	const input = `--input=${join(process.cwd(), 'templates')}`;
	await runN8nCommand(runtime, userFolder, ['import:workflow', '--separate', input]);
	const { data } = await session.calls.api<{ data: Imported[] }>('GET', '/workflows?limit=100');
	expect(data.map(({ name }) => name).sort()).toEqual(
		files.map(({ template }) => template.name).sort(),
	);
	for (const { file, template } of files) {
		const imported = data.find(({ name }) => name === template.name);
		if (imported) byCommand.set(file, imported);
	}
});
afterAll(async () => await cleanup.run());

describe.each(files.map((file) => [file.file, file] as const))('%s', (_, file) => {
	it('comes in by the command line as it is', () => {
		expectSame(byCommand.get(file.file), file);
	});

	it('comes in by the public API as it is', async () => {
		const { name, nodes, connections, settings } = file.template;
		const { id } = await session.calls.api<Imported>('POST', '/workflows', {
			name,
			nodes,
			connections,
			settings,
		});
		expectSame(await session.calls.api<Imported>('GET', `/workflows/${id}`), file);
	});

	it('needs nothing but credentials: this n8n knows each step and misses no value', async () => {
		for (const { step, type } of await withTypes(file)) {
			const issues = NodeHelpers.getNodeParametersIssues(type.properties, step, type);
			expect([step.name, issues]).toEqual([step.name, null]);
		}
	});

	it('sets no value that its step would not show', async () => {
		for (const { step, type } of await withTypes(file)) {
			const { name, parameters } = step;
			const kept = NodeHelpers.getNodeParameters(
				type.properties,
				parameters,
				true,
				false,
				step,
				type,
			);
			expect({ name, kept }).toMatchObject({ name, kept: parameters });
		}
	});
});

/** Inactive, and with the steps, notes, connections and settings of the file. */
function expectSame(imported: Imported | undefined, { template }: WorkflowFile): void {
	expect(imported).toMatchObject({
		name: template.name,
		active: false,
		connections: template.connections,
		settings: template.settings,
	});
	expect(imported?.nodes.map(withoutOwn)).toEqual(template.nodes);
}

/** n8n gives a form and a webhook an address of its own. */
function withoutOwn(node: WorkflowNode & { webhookId?: string }): WorkflowNode {
	const { webhookId: _, ...rest } = node;
	return rest;
}

/** The steps, each as this n8n describes its type. @throws when it knows no such type in this version */
async function withTypes(
	file: WorkflowFile,
): Promise<Array<{ step: INode; type: INodeTypeDescription }>> {
	const nodeInfos = file.steps.map(({ type, typeVersion }) => ({
		name: type,
		version: typeVersion,
	}));
	const types = await session.calls.rest<INodeTypeDescription[]>('POST', '/node-types', {
		nodeInfos,
	});
	return file.steps.map((each) => {
		const step = each as unknown as INode;
		const type = types.find(
			({ name, version }) =>
				step.type.endsWith(`.${name}`) && [version].flat().includes(step.typeVersion),
		);
		if (!type) throw new Error(`n8n knows no ${step.type} ${step.typeVersion}: ${step.name}`);
		return { step, type };
	});
}
