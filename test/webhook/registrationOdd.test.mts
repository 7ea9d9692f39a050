import { HookContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type IHookFunctions,
	type INodeParameters,
} from 'n8n-workflow';

import { WixCrmWebhookTrigger } from '../../nodes/WixCrm/WixCrmWebhookTrigger.node';
import { additionalDataFor, completed, typesOf } from '../nodes/harness.mts';
import { freshWorld } from '../nodes/freshWorld.mts';
import type { Fate, Passing } from '../nodes/proxy.mts';
import { throughProxy } from '../nodes/world.mts';

/** Registration of a webhook trigger whose parameters have changed, or that Wix answers oddly. */
const { world } = freshWorld(async ({ wix }) => await wix.reset());

type Hook = keyof WixCrmWebhookTrigger['webhookMethods']['default'];

/** Calls what n8n calls when a workflow is switched on or off. `kept` is what n8n keeps for the node. */
async function hook(
	name: Hook,
	parameters: INodeParameters,
	kept: IDataObject = {},
	{ title = 'My workflow' }: { title?: string | null } = {},
) {
	const nodeTypes = typesOf({});
	const type = 'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger';
	const given = { name: 'Trigger', type, webhookId: 'hook', parameters };
	const node = completed(given, 0, world().credentials, nodeTypes);
	const workflow = new Workflow({
		id: 'w1',
		...(title === null ? {} : { name: title }),
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		staticData: { 'node:Trigger': kept },
	});
	const additionalData = additionalDataFor(workflow, [node], world().credentials);
	additionalData.webhookBaseUrl = 'http://n8n.test/webhook';
	const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
	return await new WixCrmWebhookTrigger().webhookMethods.default[name].call(
		context as IHookFunctions,
	);
}

const automation = (...automationEvents: string[]): INodeParameters => ({
	source: 'automation',
	automationEvents,
});
const app: INodeParameters = { source: 'app', publicKey: 'x' };
const names = async () => {
	const response = await fetch(`${world().sandbox.wixUrl}/sandbox/automations`);
	const { automations } = (await response.json()) as { automations: IDataObject[] };
	return automations.map(({ name }) => String(name)).sort();
};
const calls = async () => (await world().wix.requests()).total;
const registrationOf = (id: string, event = 'contactCreated') => ({
	registration: { secret: 's', automations: { [event]: id } },
});

test('a Wix app, which people set up by hand, is registered without a call to Wix', async () => {
	const kept = {};
	expect(await hook('checkExists', app, kept)).toBe(true);
	expect(await hook('create', app, kept)).toBe(true);
	expect(await hook('delete', app, kept)).toBe(true);
	expect([kept, await calls()]).toEqual([{}, 0]);
});

test('automations of a node that listens to a Wix app now are taken back once it can be done', async () => {
	const kept: IDataObject = {};
	await hook('create', automation('contactCreated', 'labelAdded'), kept);
	expect(await names()).toHaveLength(2);
	expect(await hook('delete', app, kept)).toBe(true);
	expect(await names()).toHaveLength(2);
	await hook('delete', automation('contactCreated'), kept);
	expect([kept, await names()]).toEqual([{}, []]);
});

test('events that were chosen anew are no longer those that are registered', async () => {
	const kept: IDataObject = {};
	await hook('create', automation('contactCreated'), kept);
	expect(await hook('checkExists', automation('contactCreated'), kept)).toBe(true);
	expect(await hook('checkExists', automation('contactCreated', 'labelAdded'), kept)).toBe(false);
	await hook('create', automation('labelAdded'), kept);
	expect(await names()).toEqual(['n8n: My workflow (labelAdded)']);
});

test('no event at all: said, and nothing is asked of Wix', async () => {
	await expect(hook('create', automation())).rejects.toMatchObject({
		message: "The parameter 'Trigger On' is empty",
		description: 'Choose at least one event.',
	});
	expect(await calls()).toBe(0);
});

test('a workflow without a name has a title all the same', async () => {
	await hook('create', automation('contactCreated'), {}, { title: null });
	expect(await names()).toEqual(['n8n: workflow (contactCreated)']);
});

describe('whether it is registered', () => {
	const check = async (fate: Fate) =>
		await throughProxy(
			world(),
			'wix',
			() => fate,
			async () => await hook('checkExists', automation('contactCreated'), registrationOf('a1')),
		);
	const found = (automationInWix: unknown): Fate => ({
		status: 200,
		body: JSON.stringify({ automation: automationInWix }),
	});
	const actions = (...all: unknown[]) => ({
		configuration: { status: 'ACTIVE', actions: Object.fromEntries(Object.entries(all)) },
	});

	test.each<[string, Fate]>([
		['no automation', { status: 200, body: '{}' }],
		['one without a configuration', found({ id: 'a1' })],
		['one that is switched on and does nothing', found({ configuration: { status: 'ACTIVE' } })],
		['actions that are none', found(actions('x', {}, { appDefinedInfo: {} }))],
		[
			'a call of another URL',
			found(actions({ appDefinedInfo: { inputMapping: { url: 'http://n8n.test/other' } } })),
		],
	])('an answer that shows %s: it is not', async (_, fate) => {
		expect(await check(fate)).toBe(false);
	});

	test('a refusal: it is told with the id and what to do', async () => {
		await expect(
			check({ status: 403, body: '{"message":"no","details":{}}' }),
		).rejects.toMatchObject({
			message: expect.stringContaining('Automation a1') as string,
			description: expect.stringContaining('permission to manage automations') as string,
		});
	});
});

describe('automations that may be left over', () => {
	const isQuery = ({ url }: Passing) => url.endsWith('/automations/query');

	test.each<[string, Fate]>([
		['are refused', { status: 403, body: '' }],
		['come as no list', { status: 200, body: '[]' }],
		['come as nothing', { status: 200, body: '{"automations":"none"}' }],
		['come without an id', { status: 200, body: '{"automations":[{"configuration":1},7]}' }],
	])('%s: it is switched on without them', async (_, fate) => {
		await throughProxy(
			world(),
			'wix',
			(call) => (isQuery(call) ? fate : undefined),
			async () => await hook('create', automation('contactCreated')),
		);
		expect(await names()).toEqual(['n8n: My workflow (contactCreated)']);
	});
});
