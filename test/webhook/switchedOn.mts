import { HookContext } from 'n8n-core';
import { Workflow, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { additionalDataFor, completed, typesOf, type TestCredentials } from '../nodes/harness.mts';
import { callWebhook, type WebhookAnswer } from '../nodes/webhookCall.mts';
import type { Received } from '../sandbox/receiver.mts';

const type = 'n8n-nodes-wix-user-sync.wixCrmWebhookTrigger';
let nodes = 0;

/** A webhook trigger in a workflow, as n8n keeps and calls it. */
export interface SwitchedOn {
	/** Looks whether it is registered, and registers it where it is not; throws what the node throws. */
	activate: () => Promise<void>;
	deactivate: () => Promise<void>;
	/** What the node says about its registration. */
	isRegistered: () => Promise<boolean>;
	/** A call of its URL; the path is that of `base`. */
	call: (received: Pick<Received, 'path' | 'body'>) => Promise<WebhookAnswer>;
	/** The items of all runs that were started. */
	runs: IDataObject[];
	/** What n8n keeps for the node. */
	kept: () => IDataObject;
}

/**
 * As n8n 2 does it (`active-workflow-manager.js`, `live-webhooks.js`): each call of the node reads what is kept when it begins,
 * and what the node has changed is written when it answers. An activation that fails writes nothing.
 * @param base under which n8n is reached from outside
 */
export function switchedOn(
	parameters: INodeParameters,
	credentials: TestCredentials,
	base: string,
): SwitchedOn {
	const id = `trigger-${++nodes}`;
	const given = { id, type, webhookId: `hook-${id}`, parameters };
	let saved = '{}';
	const runs: IDataObject[] = [];

	const hook = async (name: 'checkExists' | 'create' | 'delete', kept: IDataObject) => {
		const nodeTypes = typesOf({});
		const node = completed({ ...given, name: 'Trigger' }, 0, credentials, nodeTypes);
		const workflow = new Workflow({
			id: 'workflow-1',
			name: 'My workflow',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: { 'node:Trigger': kept },
		});
		const additionalData = additionalDataFor(workflow, [node], credentials);
		additionalData.webhookBaseUrl = base;
		const context = new HookContext(workflow, node, additionalData, 'trigger', 'activate');
		const { webhookMethods } = nodeTypes.getByNameAndVersion(type) as {
			webhookMethods?: Record<string, Record<string, (this: HookContext) => Promise<boolean>>>;
		};
		return await webhookMethods?.default?.[name]?.call(context);
	};
	const read = () => JSON.parse(saved) as IDataObject;
	const save = (kept: IDataObject) => {
		saved = JSON.stringify(kept);
	};

	return {
		runs,
		kept: read,
		isRegistered: async () => (await hook('checkExists', read())) === true,
		activate: async () => {
			const kept = read();
			if (!(await hook('checkExists', kept))) await hook('create', kept);
			save(kept);
		},
		deactivate: async () => {
			const kept = read();
			await hook('delete', kept);
			save(kept);
		},
		call: async ({ path, body }) => {
			const kept = read();
			const isAutomation = parameters.source === 'automation';
			const answer = await callWebhook(given, credentials, kept, {
				body: isAutomation ? (JSON.parse(body) as IDataObject) : body,
				params: isAutomation ? { secret: path.split('/').at(-1) } : {},
			});
			save(kept);
			runs.push(...(answer.items ?? []));
			return answer;
		},
	};
}
