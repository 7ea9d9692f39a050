import {
	NodeConnectionTypes,
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { webhookProperties } from './webhook/parameters';
import { receiveFromApp } from './webhook/receiveApp';
import { forgetHere } from './webhook/receivedHere';
import { isRegistered, register, registrationIn, unregister } from './webhook/registration';

/** As long as Wix gets this, it does not send the message again. */
const ok: IWebhookResponseData = { webhookResponse: 'OK' };

function refuse(context: IWebhookFunctions, status: number, why: string): IWebhookResponseData {
	context.getResponseObject().status(status).send(why);
	return { noWebhookResponse: true };
}

export class WixCrmWebhookTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wix CRM Webhook Trigger',
		name: 'wixCrmWebhookTrigger',
		icon: { light: 'file:wixCrm.svg', dark: 'file:wixCrm.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["source"] === "app" ? "Wix app" : "Wix automations" }}',
		description: 'Starts the workflow when Wix calls it about a contact or member',
		defaults: { name: 'Wix CRM Webhook Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'wixCrmApi',
				required: true,
				displayOptions: { show: { source: ['automation'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				// Wix waits 1,250 ms: it is answered before the workflow runs
				responseMode: 'onReceived',
				path: '={{ $parameter["source"] === "automation" ? "wix/:secret" : "wix" }}',
				ndvHideUrl: '={{ $parameter["source"] === "automation" }}',
			},
		],
		properties: webhookProperties,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				forgetHere(this);
				await unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		if (this.getNodeParameter('source') === 'automation') {
			const registration = registrationIn(this.getWorkflowStaticData('node'));
			const { secret } = this.getParamsData() as { secret?: string };
			const isOurs = registration !== undefined && secret === registration.secret;
			if (!isOurs) return refuse(this, 403, 'This is not the address that was registered.');
			const item: IDataObject = { body: this.getBodyData() };
			return { ...ok, workflowData: [[{ json: item }]] };
		}
		const received = await receiveFromApp(this);
		switch (received.outcome) {
			case 'refused':
				return refuse(this, 401, `Refused: ${received.why}.`);
			case 'ignored':
				return ok;
			case 'taken':
				return { ...ok, workflowData: [[{ json: received.item }]] };
		}
	}
}
