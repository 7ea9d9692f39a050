import { WebhookContext } from 'n8n-core';
import { Workflow, type IDataObject, type INodeType, type IWebhookFunctions } from 'n8n-workflow';
import {
	additionalDataFor,
	completed,
	typesOf,
	type TestCredentials,
	type TestNode,
} from './harness.mts';

/** What came back to the caller of a webhook node, and the items of the run that it starts. */
export interface WebhookAnswer {
	status: number;
	text: string;
	items: IDataObject[] | null;
}

/**
 * One call of a webhook node, as n8n makes it.
 * @param request the body as it came (text), and what stands in the path
 */
export async function callWebhook(
	node: Omit<TestNode, 'name'>,
	credentials: TestCredentials,
	kept: IDataObject,
	request: { body: string | IDataObject; params?: IDataObject | undefined },
): Promise<WebhookAnswer> {
	const nodeTypes = typesOf({});
	const complete = completed({ ...node, name: 'Trigger' }, 0, credentials, nodeTypes);
	const workflow = new Workflow({
		nodes: [complete],
		connections: {},
		active: false,
		nodeTypes,
		staticData: { 'node:Trigger': kept },
	});
	const sent = { status: 200, text: '' };
	const response = {
		status(code: number) {
			sent.status = code;
			return response;
		},
		send: (text: string) => {
			sent.text = text;
		},
	};
	const rawBody = Buffer.from(
		typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
	);
	const additionalData = Object.assign(additionalDataFor(workflow, [complete], credentials), {
		httpRequest: { ...request, rawBody, headers: {}, query: {}, readRawBody: async () => {} },
		httpResponse: response,
	});
	const webhookData = { webhookDescription: { name: 'default' } } as never;
	const context = new WebhookContext(
		workflow,
		complete,
		additionalData,
		'webhook',
		webhookData,
		[],
		null,
	);
	const type = nodeTypes.getByName(complete.type) as INodeType;
	const answer = await type.webhook?.call(context as IWebhookFunctions);
	const items = answer?.workflowData?.[0]?.map(({ json }) => json) ?? null;
	return { ...sent, items };
}
