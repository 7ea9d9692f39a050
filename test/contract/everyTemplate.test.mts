import { Script } from 'node:vm';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import { TargetUsers } from '../../nodes/TargetUsers/TargetUsers.node';
import { TargetUsersTrigger } from '../../nodes/TargetUsers/TargetUsersTrigger.node';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { WixCrmTrigger } from '../../nodes/WixCrm/WixCrmTrigger.node';
import { WixCrmWebhookTrigger } from '../../nodes/WixCrm/WixCrmWebhookTrigger.node';
import { templates } from '../../templates/source/templates.mts';
import { WorkflowFile, workflowFiles } from './workflowFile.mts';

const PACKAGE = 'n8n-nodes-wix-user-sync.';

/** Types that start a workflow. */
const isTrigger = (type: string) => /trigger$/i.test(type);

it('ships exactly the workflows that are generated, as they are generated', () => {
	expect(workflowFiles.sort()).toEqual(Object.keys(templates).sort());
	for (const [file, workflow] of Object.entries(templates)) {
		// `npm run templates` writes them anew
		expect(`${file}\n${new WorkflowFile(file).text}`).toBe(`${file}\n${workflow().toJson()}`);
	}
});

it('gives every workflow a name of its own that begins with a verb and fits its file', () => {
	const names = workflowFiles.map((file) => new WorkflowFile(file).template.name);
	expect(new Set(names).size).toBe(names.length);
	for (const [index, file] of workflowFiles.entries()) {
		const name = names[index] ?? '';
		expect(file).toBe(`${name.toLowerCase().replace(/,/g, '').replace(/ /g, '-')}.json`);
		expect(name).toMatch(/^(Sync|Preview|Review|Report|Forget) /);
	}
});

describe.each(workflowFiles)('%s', (file) => {
	const workflow = new WorkflowFile(file);
	const { template, text } = workflow;

	it('is inactive, runs in execution order v1 and has no time zone of its own', () => {
		expect(template.active).toBe(false);
		expect(template.settings).toMatchObject({ executionOrder: 'v1' });
		for (const ofInstance of ['timezone', 'errorWorkflow', 'callerIds']) {
			expect(template.settings).not.toHaveProperty(ofInstance);
		}
	});

	it('bears no ids of an instance, credentials, webhooks or addresses', () => {
		for (const node of template.nodes) {
			expect(node).not.toHaveProperty('credentials');
			expect(node).not.toHaveProperty('webhookId');
		}
		expect(template).not.toHaveProperty('id');
		expect(text).not.toMatch(/instanceId|versionId|[\w.]+@(?!example\.)[\w-]+\.\w+/);
	});

	it('makes a table that is missing with more than one try: another workflow may be at it', () => {
		const creating = template.nodes.filter(
			({ parameters }) => parameters.resource === 'table' && parameters.operation === 'create',
		);
		for (const { parameters, retryOnFail } of creating) {
			expect([parameters.tableName, retryOnFail]).toEqual([parameters.tableName, true]);
			expect(parameters.options).toEqual({ createIfNotExists: true });
		}
	});

	it('names each step once, and connects only steps that exist', () => {
		const names = template.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const [from, { main }] of Object.entries(template.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) expect(names).toContain(node);
		}
	});

	it('reaches every step from a trigger', () => {
		const triggers = workflow.steps.filter(({ type }) => isTrigger(type)).map(({ name }) => name);
		const reached = new Set(triggers);
		for (const trigger of triggers) workflow.reachedFrom(trigger, reached);
		expect([...reached].sort()).toEqual(workflow.steps.map(({ name }) => name).sort());
	});

	it('refers in its expressions only to steps that it has', () => {
		const referred = workflow.expressions.flatMap(({ code }) =>
			[...code.matchAll(/\$\((["'])(.+?)\1\)/g)].map(([, , name = '']) => name),
		);
		expect(referred.filter((name) => !workflow.has(name))).toEqual([]);
	});

	it('has expressions that end where they mean to, and that can be read', () => {
		for (const { step, code } of workflow.expressions) {
			const read = () => new Script(`(${code})`, { filename: step });
			expect(read).not.toThrow();
		}
	});

	it('leads what a step cannot do somewhere', () => {
		for (const { name, onError } of workflow.steps) {
			if (onError !== 'continueErrorOutput') continue;
			const outputs = template.connections[name]?.main ?? [];
			expect([name, outputs[outputs.length - 1]?.length]).toEqual([name, expect.any(Number)]);
			expect(outputs.length).toBeGreaterThan(1);
		}
	});

	it('uses only parameters and choices that the nodes of this package have', () => {
		for (const { name, type, parameters } of workflow.steps) {
			if (!type.startsWith(PACKAGE)) continue;
			const description = descriptionOf(type.slice(PACKAGE.length));
			// n8n adds Poll Times itself
			const { pollTimes: _, ...own } = parameters;
			for (const [key, value] of Object.entries(own)) {
				const fitting = description.properties.filter((property) => property.name === key);
				expect([name, key, fitting.length > 0]).toEqual([name, key, true]);
				if (key === 'options') {
					const known = fitting.flatMap(({ options }) =>
						(options ?? []).map((option) => option.name),
					);
					expect(known).toEqual(expect.arrayContaining(Object.keys(value as object)));
				}
				const choices = fitting.flatMap(({ type: kind, options }) =>
					kind === 'options'
						? (options ?? []).map((option) => 'value' in option && option.value)
						: [],
				);
				const isFixed = typeof value === 'string' && !value.startsWith('=');
				if (choices.length > 0 && isFixed) expect(choices).toContain(value);
			}
		}
	});
});

const nodes: Record<string, new () => INodeType> = {
	wixCrm: WixCrm,
	wixCrmTrigger: WixCrmTrigger,
	wixCrmWebhookTrigger: WixCrmWebhookTrigger,
	targetUsers: TargetUsers,
	targetUsersTrigger: TargetUsersTrigger,
	matchAndMap: MatchAndMap,
};

function descriptionOf(name: string): INodeTypeDescription {
	const Node = nodes[name];
	if (!Node) throw new Error(`There is no node ${name}`);
	return new Node().description;
}
